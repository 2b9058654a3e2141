"""How long the form was open. People read, think and type; programs send at once, or much later."""

from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "form_time"
SHORTEST_SECONDS: Final = 3
LONGEST_SECONDS: Final = 24 * 60 * 60
# The quickest typists write ten characters a second, for a short while.
_FASTEST_PER_SECOND: Final = 12


def check(message: Message) -> Reason | None:
    """A form that was open for too short or too long a time, or that has no time stamp of ours."""
    if message.form_opened_at is None:
        return Reason(CODE, "Did not come from the form on the page", 4)
    seconds = (message.sent_at - message.form_opened_at).total_seconds()
    if seconds < -1:
        return Reason(CODE, "The time stamp of the form lies in the future", 4)
    if seconds < SHORTEST_SECONDS:
        return Reason(CODE, f"Sent {_count(seconds, 'second')} after the form was opened", 6)
    if seconds > LONGEST_SECONDS:
        # Who leaves the page open in a tab overnight is no program.
        return Reason(CODE, f"Sent {_count(seconds / 86_400, 'day')} after the form was opened", 2)
    if len(message.text) > seconds * _FASTEST_PER_SECOND:
        # People paste what they wrote elsewhere, too.
        text = f"{len(message.text):,} characters within {_count(seconds, 'second')}: pasted in"
        return Reason(CODE, text, 3)
    return None


def _count(number: float, unit: str) -> str:
    whole = max(int(number), 0)
    return f"{whole} {unit}" if whole == 1 else f"{whole} {unit}s"
