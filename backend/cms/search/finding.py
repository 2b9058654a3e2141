"""Finds the pages that answer a query, and puts the best first.

A page is ranked by the best reason for which it was found (`Tier`), and by how well that agrees.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from cms.search.names import NameHit, StartHit, find_names, find_query_starts
from cms.search.query import Query, parse_query
from cms.search.spelling import correct
from cms.search.symptoms import SymptomHit, find_pages_with, find_segments
from cms.search.texts import TextHit, count_words, find_texts
from cms.search.words import stem

# A page with all words of a name, and no other words, in another order.
_ALL_OF_NAME: Final = 0.99


class Tier(IntEnum):
    """The reasons for which a page is found, the best first.

    A name that is the query, or begins with it; all symptoms that the query names; a later word of
    a name that begins with the query; words of the query.
    """

    NAME = 0
    START = 1
    SYMPTOMS = 2
    LATER_START = 3
    WORDS = 4


@dataclass
class Found:
    """A page that answers a query, and all the reasons."""

    page_id: int
    tier: Tier = Tier.NAME
    score: float = 0.0
    names: list[NameHit] = field(default_factory=list)
    start: StartHit | None = None
    symptoms: SymptomHit | None = None
    text: TextHit | None = None


@dataclass(frozen=True)
class Finding:
    """The pages that answer a query, the best first.

    `corrected` is the query that was answered where it is not the one that was asked, and
    `missing_words` are those of the asked one that no page has: the pages answer the others, or
    what they may be misspellings of.
    """

    query: Query
    pages: Sequence[Found]
    is_complete: bool = True
    corrected: Query | None = None
    missing_words: Sequence[str] = ()

    @property
    def answered(self) -> Query:
        """The query that was answered."""
        return self.corrected or self.query


@dataclass(frozen=True)
class _Answer:
    """What the index has for one query, apart from each other."""

    names: Sequence[NameHit]
    starts: Sequence[StartHit]
    frequencies: Mapping[str, int]
    has_name: bool

    @property
    def is_name(self) -> bool:
        """Whether the whole query is a name, or the beginning of one."""
        return self.has_name or bool(self.starts)


def find(text: str) -> Finding:
    """Answer what a reader has typed."""
    query = parse_query(text)
    if not query.words:
        return Finding(query, [])
    asked = answer = _look_up(query)
    corrected = None
    if not answer.is_name:
        corrected = correct(query, answer.frequencies)
        if corrected is not None:
            answer = _look_up(corrected)
    answered = corrected or query
    segments = find_segments(answered, with_kinds=not answer.has_name)
    texts, is_complete = find_texts(
        answered.stems, answer.frequencies, with_names=not answer.has_name
    )
    ranking = _Ranking()
    ranking.add_texts(texts)
    ranking.add_symptoms(find_pages_with(segments), len(segments))
    ranking.add_starts(answer.starts)
    ranking.add_names(answered, answer.names)
    # Whoever misspells a name means that page: there is nothing to say of the word.
    missing = [] if answer.is_name else _list_missing(query, asked)
    return Finding(query, ranking.get_pages(), is_complete, corrected, missing)


def _look_up(query: Query) -> _Answer:
    names = find_names(query)
    return _Answer(
        names,
        find_query_starts(query),
        count_words(query.stems),
        any(query.is_whole(hit.span) for hit in names),
    )


def _list_missing(query: Query, answer: _Answer) -> list[str]:
    """The words of the query that no page has, neither in its text nor in a name."""
    named = {place for hit in answer.names for place in range(hit.span.start, hit.span.end)}
    return list(
        dict.fromkeys(
            word
            for place, word in enumerate(query.words)
            if place not in query.noise | named
            and stem(word) not in answer.frequencies
            # A letter or a number alone is not what a guide could be about.
            and len(word) > 1
            and not word.isdecimal()
        )
    )


class _Ranking:
    """Puts the pages together: each has the best of its tiers, and the score in that."""

    def __init__(self) -> None:
        self._found: dict[int, Found] = {}

    def get_pages(self) -> list[Found]:
        """The pages, the best first; always in the same order."""
        return sorted(self._found.values(), key=lambda page: (page.tier, -page.score, page.page_id))

    def add_texts(self, hits: Iterable[TextHit]) -> None:
        """Pages with words of the query."""
        for hit in hits:
            # A name of the same words in another order is the name all the same.
            tier = Tier.START if hit.name_share >= _ALL_OF_NAME else Tier.WORDS
            self._note(hit.page_id, tier, hit.share + hit.score + hit.name_share).text = hit

    def add_symptoms(self, hits: Sequence[SymptomHit], wanted: int) -> None:
        """Pages with symptoms of the query, which names so many."""
        for place, hit in enumerate(hits):
            if hit.count == wanted:
                page = self._note(hit.page_id, Tier.SYMPTOMS, -place)
            else:
                page = self._note(hit.page_id, Tier.WORDS, hit.count / wanted)
            page.symptoms = hit

    def add_starts(self, hits: Sequence[StartHit]) -> None:
        """Pages one of whose names begins with the query, the best first."""
        for place, hit in enumerate(hits):
            page = self._note(
                hit.page_id, Tier.LATER_START if hit.rank == 2 else Tier.START, -place
            )
            page.start = page.start or hit

    def add_names(self, query: Query, hits: Iterable[NameHit]) -> None:
        """Pages one of whose names is the query; those with a name in it rank by their words."""
        for hit in hits:
            if query.is_whole(hit.span):
                self._note(hit.page_id, Tier.NAME, hit.closeness).names.append(hit)
            elif hit.page_id in self._found:
                self._found[hit.page_id].names.append(hit)

    def _note(self, page_id: int, tier: Tier, score: float) -> Found:
        page = self._found.setdefault(page_id, Found(page_id, tier, score))
        if (tier, -score) < (page.tier, -page.score):
            page.tier, page.score = tier, score
        return page
