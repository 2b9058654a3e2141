"""Finds pages by the words of their names and their text, each by how much it tells."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cms.search.choices import NameKind
from cms.search.rows import fetch_rows
from cms.search.words import fold, stem

# Pages looked at for the rarest of the words, and for the next ones.
_MOST_PAGES: Final = (300, 100)
# Pages whose names are compared with the query.
_MOST_NAMED: Final = 30
# Weights grow towards 1 (as BM25 does): a word in a name is near it, one in the text is not.
_HALF_WEIGHT: Final = 2.0
# A page with less of the query than this, of what the best page has, does not answer it.
_LEAST_SHARE: Final = 0.6


@dataclass
class TextHit:
    """A page with words of the query: how much of it (0 to 1), how well, and in which passages.

    `name_share` (0 to 1) is how well the best of its names agrees with the words.
    """

    page_id: int
    share: float = 0.0
    score: float = 0.0
    name_share: float = 0.0
    name: str = ""
    name_kind: NameKind = NameKind.NAME
    passages: dict[str, int] = field(default_factory=dict)


def count_words(stems: Iterable[str]) -> dict[str, int]:
    """In how many pages each of the words is; those that no page has are absent. One query."""
    sql = "SELECT stem, COUNT(*) FROM search_indexedword WHERE stem IN %s GROUP BY stem"
    return dict(fetch_rows(sql, set(stems)))


def get_rarity(page_count: int) -> float:
    """How much a word tells that so many pages have: the fewer, the more.

    It does not depend on how many pages there are, which would have to be counted each time.
    """
    return 1 / math.log2(2 + page_count)


def find_texts(
    stems: Sequence[str], frequencies: Mapping[str, int], *, with_names: bool
) -> tuple[list[TextHit], bool]:
    """The pages with the words, the best first, and whether those are all.

    One query, and another to compare the names of the pages with the words.
    """
    known = sorted((word for word in stems if word in frequencies), key=frequencies.__getitem__)
    if not known:
        return [], True
    rows = _fetch_words(known)
    hits: dict[int, TextHit] = {}
    rarities = {word: get_rarity(frequencies.get(word, 0)) for word in stems}
    total = sum(rarities.values())
    for page_id, word, weight, passage in rows:
        hit = hits.setdefault(page_id, TextHit(page_id))
        share = rarities[word] / total
        hit.share += share
        hit.score += share * weight / (weight + _HALF_WEIGHT)
        hit.passages[word] = passage
    best = max(hit.share for hit in hits.values())
    answering = [hit for hit in hits.values() if hit.share >= _LEAST_SHARE * best]
    ranked = sorted(answering, key=_order)
    if with_names:
        _compare_names(ranked[:_MOST_NAMED], rarities)
        ranked.sort(key=_order)
    return ranked, frequencies[known[0]] <= _MOST_PAGES[0]


def _fetch_words(words: Sequence[str]) -> list[tuple[Any, ...]]:
    """What the pages in which the first of `words` weigh most have of all of them.

    In this form both databases take the few pages first, and look up their words after that.
    """
    drivers = " UNION ".join(
        f"""
        SELECT * FROM (
            SELECT page_id FROM search_indexedword
            WHERE stem = %s ORDER BY weight DESC LIMIT {most}
        ) AS driver_{number}
        """
        for number, (_word, most) in enumerate(zip(words, _MOST_PAGES, strict=False))
    )
    sql = f"""
        SELECT w.page_id, w.stem, w.weight, w.passage
        FROM ({drivers}) AS d JOIN search_indexedword w ON w.page_id = d.page_id
        WHERE w.stem IN %s
    """
    return fetch_rows(sql, *words[: len(_MOST_PAGES)], words)


def _order(hit: TextHit) -> tuple[float, int]:
    return -(hit.share + hit.score + hit.name_share), hit.page_id


def _compare_names(hits: Sequence[TextHit], rarities: Mapping[str, float]) -> None:
    by_page = {hit.page_id: hit for hit in hits}
    names = fetch_rows(
        "SELECT page_id, kind, text FROM search_indexedname WHERE page_id IN %s", by_page
    )
    wanted = sum(rarities.values())
    least = min(rarities.values())
    for page_id, kind, text in names:
        words = set(map(stem, fold(text)))
        shared = sum(rarities[word] for word in words if word in rarities)
        # Words of the name that the query lacks count as if they were common.
        missing = least * len(words - rarities.keys())
        share = 2 * shared / (wanted + shared + missing)
        hit = by_page[page_id]
        if share > hit.name_share:
            hit.name_share, hit.name, hit.name_kind = share, text, NameKind(kind)
