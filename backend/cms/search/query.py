"""What a reader has typed, as words: which of them carry meaning, and which runs of them may be
names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final

from cms.search.words import build_start, iterate_words, join_stems, stem

# More than anybody types; the rest of a longer query is passed over.
_MOST_WORDS: Final = 24
_LONGEST_NAME: Final = 14
_SEPARATOR: Final = re.compile(r"[,;/+&]")
_JOINING: Final = frozenset({"and", "with", "plus", "or"})

# Words that carry no meaning here: those of every English sentence, and those of the question that
# everybody asks of this site. A name that has them is found by them all the same.
_NOISE: Final = frozenset(
    word
    for line in (Path(__file__).parent / "noise_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


@dataclass(frozen=True)
class Span:
    """A run of words of the query, from `start` up to `end`, and their stems in one."""

    start: int
    end: int
    stems: str

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Query:
    """A query as words, folded. `parts` are the words between commas, "and" and the like."""

    text: str
    words: tuple[str, ...]
    parts: tuple[tuple[int, int], ...] = ()

    @cached_property
    def noise(self) -> frozenset[int]:
        """The places of the words that carry no meaning; none where nothing else is there."""
        places = self._meaningless
        return frozenset() if len(places) == len(self.words) else places

    @cached_property
    def _meaningless(self) -> frozenset[int]:
        return frozenset(place for place, word in enumerate(self.words) if word in _NOISE)

    @cached_property
    def core(self) -> Span:
        """From the first to the last word that carries meaning."""
        places = [place for place in range(len(self.words)) if place not in self.noise]
        return self.get_span(places[0], places[-1] + 1) if places else self.get_span(0, 0)

    @property
    def meaningful(self) -> list[str]:
        """The words that carry meaning, in order."""
        return [word for place, word in enumerate(self.words) if place not in self.noise]

    @property
    def stems(self) -> list[str]:
        """The stems of the words that carry meaning, each once."""
        return list(dict.fromkeys(map(stem, self.meaningful)))

    @property
    def start(self) -> bytes:
        """What a name has to begin with to begin with the query."""
        return build_start(self.words[self.core.start : self.core.end])

    def get_span(self, start: int, end: int) -> Span:
        """The words from `start` up to `end`."""
        return Span(start, end, join_stems(self.words[start:end]))

    def iterate_spans(self) -> Iterator[Span]:
        """Every run of words that may be a name: it begins and ends with meaning, or is all."""
        count = len(self.words)
        yield self.get_span(0, count)
        for start in range(count):
            if start in self.noise:
                continue
            for end in range(start + 1, min(start + _LONGEST_NAME, count) + 1):
                if end - 1 not in self.noise and end - start < count:
                    yield self.get_span(start, end)

    def iterate_name_spans(self) -> Iterator[Span]:
        """As `iterate_spans()`, and those that begin or end without: "the bends", "hepatitis A"."""
        count = len(self.words)
        yield self.get_span(0, count)
        for start in range(count):
            for end in range(start + 1, min(start + _LONGEST_NAME, count) + 1):
                if end - start < count and not self.noise.issuperset(range(start, end)):
                    yield self.get_span(start, end)

    def is_whole(self, span: Span) -> bool:
        """Whether nothing but words without meaning stands outside of `span`.

        "ME" is a name, so that it is the whole of "massage for me".
        """
        return all(
            span.start <= place < span.end
            for place in range(len(self.words))
            if place not in self._meaningless
        )

    def replace_words(self, replaced: dict[int, str]) -> "Query":
        """The query with other words in some places."""
        words = tuple(replaced.get(place, word) for place, word in enumerate(self.words))
        return replace(self, words=words, text=" ".join(words))


def is_noise(word: str) -> bool:
    """Whether a folded word carries no meaning here."""
    return word in _NOISE


def parse_query(text: str) -> Query:
    """The query that a reader has typed; it has no words where there is no letter or digit."""
    words: list[str] = []
    parts: list[tuple[int, int]] = []
    start = 0
    previous_end = 0
    for word in islice(iterate_words(text), _MOST_WORDS):
        if not word.text:
            continue
        place = len(words)
        is_joining = word.text in _JOINING
        if start < place and (is_joining or _SEPARATOR.search(text, previous_end, word.start)):
            parts.append((start, place))
            start = place
        # It may belong to a name as well, so it stays a word.
        words.append(word.text)
        if is_joining:
            start = place + 1
        previous_end = word.end
    if start < len(words):
        parts.append((start, len(words)))
    return Query(text, tuple(words), tuple(parts))
