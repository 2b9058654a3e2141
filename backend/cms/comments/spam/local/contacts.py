"""Ways to reach somebody elsewhere: messengers and e-mail addresses within the text."""

import re
from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "contact"
_MESSENGER: Final = re.compile(
    r"\b(?:whats\s?app|telegram|viber|wechat|we chat|kik|skype|instagram|insta|snap|snapchat|"
    r"signal app|t\.me|wa\.me)\b",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"\+\s?\d[\d\s().-]{6,18}\d")
_HANDLE: Final = re.compile(r"(?:^|[\s:(])@[a-z]\w{3,40}", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_HIDDEN_EMAIL: Final = re.compile(
    r"\b\w{3,40}\s{0,2}(?:\bat\b|[\[(]\s?at\s?[\])])\s{0,2}(?:gmail|outlook|yahoo|hotmail|proton|"
    r"protonmail|consultant|mail)\b\s{0,2}(?:\.|\bdot\b|\()",
    re.IGNORECASE,
)


def check(message: Message) -> Reason | None:
    """A messenger with a number or name to write to, or an e-mail address."""
    has_messenger = _MESSENGER.search(message.text) is not None
    has_email = "@" in message.text and _EMAIL.search(message.text) is not None
    has_number = _PHONE.search(message.text) is not None
    if _HIDDEN_EMAIL.search(message.text):
        return Reason(CODE, "Gives an e-mail address written so that checks overlook it", 7)
    if has_messenger and (has_number or has_email or _HANDLE.search(message.text)):
        return Reason(CODE, "Asks to be written to, by a messenger", 6)
    if has_email and has_number:
        return Reason(CODE, "Gives an e-mail address and a telephone number", 3)
    if has_number:
        return Reason(CODE, "Gives a telephone number", 3)
    if has_email:
        return Reason(CODE, "Gives an e-mail address", 2)
    return None
