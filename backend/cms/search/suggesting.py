"""The names that a reader who is still typing may mean."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from cms.search.choices import MatchKind, NameKind
from cms.search.contract import MOST_SUGGESTIONS
from cms.search.highlights import find_ranges
from cms.search.names import (
    StartHit,
    find_names,
    find_query_starts,
    find_starts,
    find_starts_of_words,
)
from cms.search.query import Query, parse_query
from cms.search.results import fetch_pages
from cms.search.spelling import find_candidates
from cms.search.words import build_start

Wire = dict[str, Any]

# Fewer letters may still become anything.
_SHORTEST_MISSPELLING: Final = 5
_LEAST_BEGINNING: Final = 3


def suggest_pages(text: str) -> Wire:
    """At most `MOST_SUGGESTIONS` pages for what was typed so far.

    Two queries, or a few more where no name begins so.
    """
    query = parse_query(text)
    hits = find_query_starts(query) or _find_other_forms(query)
    if not hits:
        query = _correct_last_word(query)
        hits = find_query_starts(query)
    return {"query": text, "suggestions": build_suggestions(query, hits)}


def _find_other_forms(query: Query) -> list[StartHit]:
    """Names in another form than theirs: "m.s.", "parkinson dis". Two queries."""
    whole = [
        StartHit(hit.page_id, hit.kind, hit.text, 0, 0, is_all=True)
        for hit in find_names(query)
        # A misspelling is searched for, never shown.
        if query.is_whole(hit.span) and hit.kind != NameKind.MISSPELLING
    ]
    return whole or find_starts_of_words(query.meaningful)


def find_nearest(query: Query, words: Sequence[str]) -> list[Wire]:
    """The pages whose names are nearest to those words of a query that were not found."""
    hits: list[StartHit] = []
    found = find_candidates(set(words))
    for word in words:
        for candidate in found.get(word, ())[:3]:
            hits.extend(find_starts(build_start([candidate.text])))
        if len(word) > _LEAST_BEGINNING and word.isalpha() and not hits:
            hits.extend(find_starts(build_start([word[:_LEAST_BEGINNING]])))
        if len(hits) >= MOST_SUGGESTIONS:
            break
    return build_suggestions(query, hits)


def build_suggestions(query: Query, hits: Iterable[StartHit]) -> list[Wire]:
    """The pages of the hits, each once, as the API suggests them. One query."""
    first: dict[int, StartHit] = {}
    for hit in hits:
        first.setdefault(hit.page_id, hit)
    chosen = dict(list(first.items())[: 2 * MOST_SUGGESTIONS])
    pages = fetch_pages(chosen) if chosen else {}
    stems = frozenset(query.stems[:-1])
    last_word = query.words[query.core.end - 1] if query.core else ""
    suggestions = []
    for page_id, hit in chosen.items():
        if page_id not in pages:
            continue
        page = pages[page_id]
        is_name = hit.kind == NameKind.NAME
        suggestions.append(
            {
                **{key: page[key] for key in ("id", "type", "name", "path", "html_url")},
                "match": None
                if is_name
                else {
                    "kind": MatchKind(hit.kind.value),
                    "text": hit.text,
                    "ranges": find_ranges(hit.text, stems, last_word),
                },
                "ranges": find_ranges(page["name"], stems, last_word) if is_name else [],
            }
        )
    return suggestions[:MOST_SUGGESTIONS]


def _correct_last_word(query: Query) -> Query:
    place = query.core.end - 1
    if place < 0 or len(query.words[place]) < _SHORTEST_MISSPELLING:
        return query
    word = query.words[place]
    candidates = find_candidates({word})[word]
    return query.replace_words({place: candidates[0].text}) if candidates else query
