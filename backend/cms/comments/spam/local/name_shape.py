"""Names that nobody has: addresses, advertisements, and letters at random."""

import re
from typing import Final

from cms.comments.spam.local.addresses import find_links
from cms.comments.spam.local.words import NUMBER, fold
from cms.comments.spam.message import Message, Reason

CODE = "name"
# What is sold under such names. None of them is a name or a usual part of a nickname.
_TRADES: Final = frozenset({
    "seo", "casino", "slots", "poker", "betting", "viagra", "cialis", "levitra", "pharmacy",
    "escort", "escorts", "porn", "forex", "crypto", "bitcoin", "loan", "loans", "payday",
    "insurance", "backlinks", "essay", "replica", "cheap", "buy", "online", "discount",
    "coupon", "hosting", "vpn", "iptv", "followers", "marketing", "agency", "plumber",
    "plumbers", "roofing", "towing", "locksmith", "movers", "removals", "contractor",
    "contractors", "rental", "rentals", "wholesale", "supplier", "manufacturer", "services",
    "solutions", "company", "software", "download", "casino777", "lawyer", "lawyers",
    "attorney",
})  # fmt: skip
_SHORTEST_RANDOM: Final = 7
# McDonald, DeVries, VanDyke.
_NAMES_WITHIN: Final = ("Mc", "Mac", "De", "La", "Le", "Van", "Di", "Fitz", "Mary", "Anna", "Jo")
_MIXED_CASE: Final = re.compile(r"[a-z][A-Z]")


def check(message: Message) -> Reason | None:
    """The worst of what a name shows."""
    if find_links(message.name):
        return Reason(CODE, "The name is a web address", 10)
    words = fold(message.name)
    trades = [word for word in words if word in _TRADES]
    if len(trades) >= 2 or (trades and len(words) >= 3):
        return Reason(CODE, "The name is an advertisement", 7)
    if trades:
        return Reason(CODE, f"The name has the word “{trades[0]}”", 3)
    if len(words) == 1 and _is_random(message.name.strip()):
        return Reason(CODE, "The name is made of letters at random", 3)
    if len(words) >= 7 and NUMBER not in words:
        return Reason(CODE, "The name is a sentence", 2)
    return None


def _is_random(name: str) -> bool:
    """Whether capitals stand within the word, as in "RobertTot" or "xKjPqLmT"."""
    if len(name) < _SHORTEST_RANDOM or not (name.isascii() and name.isalpha()):
        return False
    capitals = len(_MIXED_CASE.findall(name))
    return capitals >= 3 or (capitals > 0 and not name.startswith(_NAMES_WITHIN))
