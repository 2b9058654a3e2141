"""Texts with hardly any Latin letter, on a site in English."""

import unicodedata
from typing import Final

from cms.comments.spam.local.addresses import find_foreign_links
from cms.comments.spam.local.ways_out import take_out_links
from cms.comments.spam.message import Message, Reason

CODE = "foreign_script"
_LEAST_LETTERS: Final = 20
_HARDLY_ANY: Final = 0.2


def check(message: Message) -> Reason | None:
    """Such a text. Readers write in their own language too, so it counts only with a link."""
    if message.text.isascii():
        return None
    links = find_foreign_links(message.text, message.page_url)
    letters = [sign for sign in take_out_links(message) if sign.isalpha()]
    latin = sum(sign.isascii() or "LATIN" in unicodedata.name(sign, "") for sign in letters)
    if len(letters) < _LEAST_LETTERS or latin > len(letters) * _HARDLY_ANY:
        return None
    if links:
        return Reason(CODE, "Is in another alphabet, and has a link", 3)
    return Reason(CODE, "Is in another alphabet", 0)
