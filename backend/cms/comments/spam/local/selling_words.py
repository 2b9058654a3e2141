"""Words of trade, in comments that lead elsewhere; `selling_words.toml` lists them."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Final

from cms.comments.spam.local.ways_out import has_way_out, take_out_links
from cms.comments.spam.local.words import fold
from cms.comments.spam.message import Message, Reason

CODE = "selling_words"
_STEPS: Final = ((6, 10), (4, 8), (3, 7), (2, 5), (1, 2))
_SHOWN: Final = 4
# Writing without blanks between words, so that parts of it are looked for: gambling, buying,
# registering and rebates.
_UNSPACED: Final = (
    "赌场", "博彩", "百家乐", "彩金", "优惠", "注册", "购买", "代写", "カジノ", "激安",
    "카지노", "바카라",
)  # fmt: skip


def check(message: Message) -> Reason | None:
    """Several of them. Readers mention prices, jobs and casinos too, but then lead nowhere."""
    if not has_way_out(message):
        return None
    found = find_selling_words(take_out_links(message))
    points = sum(found.values())
    for least, weight in _STEPS:
        if points >= least:
            shown = ", ".join(f"“{word}”" for word in list(found)[:_SHOWN])
            return Reason(CODE, f"Leads elsewhere, with words that sell: {shown}", weight)
    return None


def find_selling_words(text: str) -> dict[str, int]:
    """The words that sell, each once, with how many it counts for."""
    found = {}
    for word in fold(text):
        if weight := _weigh(word):
            found[word] = weight
    for word in _UNSPACED:
        if word in text:
            found[word] = 3
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _weigh(word: str) -> int:
    for weight, (whole, beginnings) in _read_words().items():
        if word in whole or word.startswith(beginnings):
            return weight
    return 0


@cache
def _read_words() -> dict[int, tuple[frozenset[str], tuple[str, ...]]]:
    """By weight, the heavier first: the whole words, and the beginnings."""
    file = resources.files(__package__).joinpath("selling_words.toml")
    sections = tomllib.loads(file.read_text("utf-8"))
    return {3: _split(sections["trades"].split()), 1: _split(sections["ordinary"].split())}


def _split(entries: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    whole = [entry for entry in entries if not entry.endswith("*")]
    beginnings = [entry for entry in entries if entry.endswith("*")]
    return (
        frozenset(word if word == "$" else "".join(fold(word)) for word in whole),
        tuple("".join(fold(entry)) for entry in beginnings),
    )
