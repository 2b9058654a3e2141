"""Texts that lead elsewhere and say nothing about health, massage or the page."""

import unicodedata
from importlib import resources
from typing import Final

from cms.comments.spam.local.addresses import find_foreign_links, find_links
from cms.comments.spam.local.contacts import check as find_contact
from cms.comments.spam.local.stock_phrases import check as find_phrase
from cms.comments.spam.local.ways_out import has_link, take_out_links
from cms.comments.spam.local.words import MONEY, NUMBER, fold
from cms.comments.spam.message import Message, Reason

CODE = "off_topic"
_LEAST_WORDS: Final = 8
_KIND_WORDS: Final = 4
_WITH_LINK: Final = 7
# Readers point to societies and self-help groups with a word or two.
_WITH_CHARITY: Final = 4
_WITH_CONTACT: Final = 6
_WITH_PHRASE: Final = 3
# Short words of a title ("for", "and") say nothing.
_SHORTEST: Final = 4
_TOPIC: Final = fold(resources.files(__package__).joinpath("topic_words.txt").read_text("utf-8"))
# Of short words, only they themselves: "back" is not in "backlink", nor "rest" in "restaurant".
_WORDS: Final = frozenset(word + end for word in _TOPIC if len(word) < 5 for end in ("", "s"))
_IN_HOSTS: Final = (*(word for word in _TOPIC if len(word) >= 6), "pain", "body")
_BEGINNINGS: Final = tuple(word for word in _TOPIC if len(word) >= 5)


def check(message: Message) -> Reason | None:
    """A link, a way to be reached or a stock phrase, without one word of what the site is about."""
    is_linking = has_link(message)
    leads_out = is_linking or find_contact(message) is not None
    if not leads_out and not _has_phrase(message):
        return None
    words = [word for word in fold(take_out_links(message)) if word not in (NUMBER, MONEY)]
    if len(words) < (1 if leads_out else _LEAST_WORDS) or not any(map(_is_readable, words)):
        return None
    if _is_on_topic(message):
        return None
    weight = _WITH_CONTACT if leads_out else _WITH_PHRASE
    if is_linking:
        weight = _WITH_CHARITY if _leads_to_charities(message) else _WITH_LINK
    return Reason(CODE, "Says nothing about health or massage", weight)


def _is_on_topic(message: Message) -> bool:
    """Whether there is a word of the topic, be it in an address such as "painclinic.example"."""
    title = tuple(word for word in fold(message.page_title) if len(word) >= _SHORTEST)
    beginnings = (*_BEGINNINGS, *title)
    if any(word in _WORDS or word.startswith(beginnings) for word in fold(message.text)):
        return True
    hosts = " ".join(link.host for link in find_links(message.text))
    return any(word in hosts for word in (*_IN_HOSTS, *title))


def _is_readable(word: str) -> bool:
    """Whether it is in an alphabet that there are words of the topic in."""
    return unicodedata.name(word[0], "").startswith(("LATIN", "CYRILLIC"))


def _leads_to_charities(message: Message) -> bool:
    """Whether every address ends in "org", as those of societies do."""
    hosts = [link.host for link in find_foreign_links(message.text, message.page_url)]
    return bool(hosts) and all("org" in host.split(".")[-2:] for host in hosts)


def _has_phrase(message: Message) -> bool:
    """Whether it has a stock phrase that is more than kind words."""
    phrase = find_phrase(message)
    return phrase is not None and phrase.weight > _KIND_WORDS
