"""Finds pages by their names: as a whole, and by how they begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cms.search.choices import NameKind
from cms.search.query import Query, Span
from cms.search.rows import fetch_rows
from cms.search.words import build_keys, build_start, fold, level_spelling

# For each place in which a name may begin with the query; more than a reader looks at.
MOST_STARTS: Final = 60
# Fewer letters of a first word begin too many names.
_SHORTEST_START: Final = 3
_RANKS: Final = (0, 1, 2)
# Django cannot limit each part of a union on SQLite.
_STARTS: Final = " UNION ALL ".join(
    f"""
    SELECT * FROM (
        SELECT n.page_id, n.kind, n.text, s.rank, n.word_count, s.start
        FROM search_namestart s JOIN search_indexedname n ON n.id = s.name_id
        WHERE s.rank = {rank} AND s.start >= %s AND s.start < %s
        ORDER BY s.start LIMIT {MOST_STARTS}
    ) AS rank_{rank}
    """
    for rank in _RANKS
)
_BY_KIND: Final = {
    NameKind.NAME: 4,
    NameKind.ABBREVIATION: 3,
    NameKind.SYNONYM: 3,
    NameKind.LAY_TERM: 3,
    NameKind.MISSPELLING: 1,
}


@dataclass(frozen=True)
class NameHit:
    """A page one of whose names is in the query. `closeness` is more the better they agree."""

    page_id: int
    kind: NameKind
    text: str
    span: Span
    closeness: float


@dataclass(frozen=True)
class StartHit:
    """A page one of whose names begins with the query. `rank` is `NameStart.rank`.

    `is_all` tells whether nothing comes after it.
    """

    page_id: int
    kind: NameKind
    text: str
    rank: int
    length: int
    is_all: bool


def find_names(query: Query) -> list[NameHit]:
    """The pages that have a name in the query, or the whole of it. One query."""
    # Of runs of words that are the same, the longest stands for all: "A.L.S.", not its "A.L.".
    spans: dict[str, Span] = {}
    for span in sorted(query.iterate_name_spans(), key=len, reverse=True):
        for key in build_keys(query.words[span.start : span.end]):
            spans.setdefault(key, span)
    found = fetch_rows(
        "SELECT page_id, kind, text, stems FROM search_indexedname WHERE stems IN %s", spans
    )
    hits = []
    for page_id, kind, text, stems in found:
        span = spans[stems]
        is_same = tuple(fold(text)) == query.words[span.start : span.end]
        # "Hepatitis A" is closer to "hepatitis a" than "Hepatitis" is, though "a" says little.
        closeness = 100 * len(span) + 10 * is_same + _BY_KIND[NameKind(kind)]
        hits.append(NameHit(page_id, NameKind(kind), text, span, closeness))
    return hits


def find_query_starts(query: Query) -> list[StartHit]:
    """The pages one of whose names begins with the query, or else with what means something in it.

    One query of the database, or two.
    """
    whole = build_start(query.words)
    return find_starts(whole) or (find_starts(query.start) if query.start != whole else [])


def find_starts(start: bytes) -> list[StartHit]:
    """The pages that have a name, or a word in one, that begins with `start`: the best first.

    At most `MOST_STARTS` of each rank. One query.
    """
    if not start:
        return []
    found = fetch_rows(_STARTS, *[start, start + b"\xff"] * len(_RANKS))
    hits = [
        StartHit(
            page_id,
            NameKind(kind),
            text,
            rank,
            word_count * 100 + len(text),
            bytes(begins) == start,
        )
        for page_id, kind, text, rank, word_count, begins in found
    ]
    return sorted(hits, key=_order)


def find_starts_of_words(words: Sequence[str]) -> list[StartHit]:
    """The pages that have a name in which these words begin others, in order: the best first.

    "Parkinson dis" has the first letters of both words of "Parkinson's disease". One query, and
    none for fewer than two words.
    """
    if len(words) < 2 or len(words[0]) < _SHORTEST_START:
        return []
    return [hit for hit in find_starts(build_start(words[:1])) if _begin_words(words, hit.text)]


def _begin_words(starts: Sequence[str], name: str) -> bool:
    left = iter(map(level_spelling, fold(name)))
    return all(any(word.startswith(level_spelling(start)) for word in left) for start in starts)


def find_begun(starts: Sequence[bytes], ranks: tuple[int, ...] = (0, 1)) -> set[bytes]:
    """Those of `starts`, as whole words, with which some name of `ranks` begins. One query.

    "Car" begins no "carpal tunnel".
    """
    sql = " UNION ALL ".join(
        f"""
        SELECT {place} WHERE EXISTS (
            SELECT 1 FROM search_namestart WHERE rank IN {ranks!r} AND start >= %s AND start < %s
        )
        """
        for place in range(len(starts))
    )
    # After a whole word comes nothing or a space, and "!" is the next sign after that.
    bounds = [bound for start in starts for bound in (start, start + b"!")]
    return {starts[place] for (place,) in fetch_rows(sql, *bounds)} if starts else set()


def _order(hit: StartHit) -> tuple[bool, int, int, str, int]:
    # A later word of a name is no whole name, though nothing may come after it.
    return not (hit.is_all and hit.rank < 2), hit.rank, hit.length, hit.text, hit.page_id
