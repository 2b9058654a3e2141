"""Whether a comment leads its readers elsewhere: without that, spam has no use."""

import re
from typing import Final

from cms.comments.spam.local import contacts
from cms.comments.spam.local.addresses import find_foreign_links, find_links
from cms.comments.spam.message import Message

_LEAST_DIGITS: Final = re.compile(r"\+?\(?\d[\d\s().-]{7,18}\d")


def has_link(message: Message) -> bool:
    """Whether it links to somebody's site, in the text or by its name."""
    said = f"{message.name}\n{message.text}"
    return bool(find_foreign_links(said, message.page_url))


def has_way_out(message: Message) -> bool:
    """Whether it has a link, a messenger, an e-mail address or a telephone number."""
    return (
        has_link(message)
        or contacts.check(message) is not None
        or _LEAST_DIGITS.search(message.text) is not None
    )


def take_out_links(message: Message) -> str:
    """The text without the addresses in it."""
    text = message.text
    for link in find_links(text):
        text = text.replace(link.text, " ", 1)
    return text
