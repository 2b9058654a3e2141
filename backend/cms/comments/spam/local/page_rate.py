"""How many comments came to one page within the hour."""

from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "page_rate"
# A page that somebody well known has linked to gets many real ones, so this never says much.
_STEPS: Final = ((30, 3), (10, 1))


def check(message: Message) -> Reason | None:
    """A flood."""
    others = message.recent.on_page
    for least, weight in _STEPS:
        if others >= least:
            return Reason(
                CODE, f"{others} other responses came to this page within the hour", weight
            )
    return None
