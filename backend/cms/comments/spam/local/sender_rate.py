"""How many comments came from one address within the hour."""

from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "sender_rate"
# A family, a class or a hospital may share one address, so a few say little.
_STEPS: Final = ((15, 8), (6, 4), (3, 2))


def check(message: Message) -> Reason | None:
    """More than a reader in conversation would send."""
    others = message.recent.from_address
    for least, weight in _STEPS:
        if others >= least:
            text = f"{others} other responses came from the same address within the hour"
            return Reason(CODE, text, weight)
    return None
