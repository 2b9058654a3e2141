"""The phrases that comment spam is made of; `stock_phrases.toml` lists them, and says how."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from cms.comments.spam.local.words import MONEY, NUMBER, fold
from cms.comments.spam.message import Message, Reason

CODE = "stock_phrase"
GAP: Final = "~"
_LONGEST_GAP: Final = 3
# Phrases of a kind that begin nearer to each other are forms of one: "buy", "buy cheap".
_LEAST_APART: Final = 2
# What a text alone may come to by its phrases.
_MOST: Final = 16
_SHOWN: Final = 3


@dataclass(frozen=True)
class Kind:
    """A kind of phrases, with its points for each and for all."""

    name: str
    weight: int
    most: int


@dataclass(frozen=True)
class Phrase:
    """Parts in order: the words that may stand there, or None for a gap."""

    kind: Kind
    parts: tuple[frozenset[str] | None, ...]


def check(message: Message) -> Reason | None:
    """The phrases in the text, the first three of them quoted."""
    words = fold(message.text)
    points: dict[Kind, int] = {}
    quoted: dict[str, None] = {}
    for phrase, end, start in _find_phrases(words):
        points[phrase.kind] = points.get(phrase.kind, 0) + phrase.kind.weight
        quoted[" ".join(words[start:end])] = None
    weight = min(_MOST, sum(min(kind.most, number) for kind, number in points.items()))
    if not weight:
        return None
    shown = ", ".join(f"“{quote}”" for quote in list(quoted)[:_SHOWN])
    return Reason(CODE, f"Has phrases that spam often has: {shown}", weight)


def _find_phrases(words: Sequence[str]) -> list[tuple[Phrase, int, int]]:
    """Each phrase once, where it is first found; of those that begin together, the first."""
    starting = _read_phrases()
    found: dict[Phrase, tuple[int, int]] = {}
    reached: dict[Kind, int] = {}
    for start, word in enumerate(words):
        for phrase in starting.get(word, ()):
            if phrase in found or reached.get(phrase.kind, 0) > start:
                continue
            end = _match(phrase.parts, words, start)
            if end is not None:
                found[phrase] = (start, end)
                reached[phrase.kind] = start + _LEAST_APART
    return [(phrase, end, start) for phrase, (start, end) in found.items()]


def _match(parts: Sequence[frozenset[str] | None], words: Sequence[str], at: int) -> int | None:
    """Where the parts end if they stand at `at`. Gaps are short and few, so this stays quick."""
    if not parts:
        return at
    wanted, rest = parts[0], parts[1:]
    if wanted is not None:
        return _match(rest, words, at + 1) if at < len(words) and words[at] in wanted else None
    for skipped in range(_LONGEST_GAP + 1):
        end = _match(rest, words, at + skipped)
        if end is not None:
            return end
    return None


@cache
def _read_phrases() -> dict[str, tuple[Phrase, ...]]:
    """The phrases by each word that they may begin with."""
    file = resources.files(__package__).joinpath("stock_phrases.toml")
    starting: dict[str, list[Phrase]] = {}
    for name, section in tomllib.loads(file.read_text("utf-8")).items():
        kind = Kind(name, section["weight"], section["most"])
        for line in section["phrases"].strip().splitlines():
            phrase = Phrase(kind, tuple(map(_read_part, line.split())))
            if not phrase.parts or phrase.parts[0] is None:
                raise ValueError(f"A phrase of [{name}] begins with a gap: {line}")
            for word in phrase.parts[0]:
                starting.setdefault(word, []).append(phrase)
    return {word: tuple(phrases) for word, phrases in starting.items()}


def _read_part(part: str) -> frozenset[str] | None:
    if part == GAP:
        return None
    words = part.split("|")
    return frozenset(word if word in (NUMBER, MONEY) else "".join(fold(word)) for word in words)
