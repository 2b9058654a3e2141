"""The same text again, on this page or another."""

from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "duplicate"
# Below this many characters, two readers say the same by chance: "Thank you so much!"
_SHORT: Final = 60
_STEPS: Final = ((4, 8), (2, 4), (1, 2))
_SHORT_STEPS: Final = ((10, 3),)


def check(message: Message) -> Reason | None:
    """A text that came before. Whoever fears that it got lost sends it once or twice more."""
    others = message.recent.same_text
    for least, weight in _SHORT_STEPS if len(message.text) < _SHORT else _STEPS:
        if others >= least:
            times = "once" if others == 1 else f"{others} times"
            return Reason(CODE, f"The same text was sent {times} before, within 30 days", weight)
    return None
