"""The pages that were found as the API answers them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from cms.core.public_pages import build_public_path, build_public_url, get_public_pages
from cms.search.choices import MatchKind, NameKind
from cms.search.contract import MOST_RESULTS
from cms.search.finding import Found
from cms.search.highlights import find_ranges
from cms.search.query import Query
from cms.search.rows import fetch_rows

Wire = dict[str, Any]

MOST_MATCHES: Final = 4
MOST_FRAGMENTS: Final = 2
# How much of another name has to be in the query to be shown as the reason.
_LEAST_NAME_SHARE: Final = 0.6
_COLUMNS: Final = (
    "pk",
    "url_path",
    "search_entry__type",
    "search_entry__title",
    "search_entry__name",
    "search_entry__summary",
)


@dataclass(frozen=True)
class Fragment:
    """A passage that is shown; `block_id` and `heading` are empty where it is in no block."""

    text: str
    heading: str
    block_id: str


def fetch_pages(page_ids: Collection[int]) -> dict[int, Wire]:
    """Those of the pages that everybody may read now, by id. One query.

    The index holds no others; this holds even where a page was changed past Wagtail.
    """
    if not page_ids:
        return {}
    rows = _read_public(list(page_ids))
    pages = {}
    for page_id, url_path, page_type, title, name, summary in rows:
        path = build_public_path(url_path)
        pages[page_id] = {
            "id": page_id,
            "type": page_type,
            "title": title,
            "name": name,
            "path": path,
            "html_url": build_public_url(path),
            "summary": summary,
        }
    return pages


def _read_public(page_ids: list[int]) -> list[tuple[Any, ...]]:
    sql, parameters = _compile_public(len(page_ids))
    # The ids stand where the numbers below 0 were.
    values = [page_ids[-value - 1] if _is_place(value) else value for value in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@lru_cache(maxsize=2 * MOST_RESULTS)
def _compile_public(count: int) -> tuple[str, tuple[Any, ...]]:
    # Building this query takes Django longer than everything else in a suggestion.
    places = [-number - 1 for number in range(count)]
    # A page that an editor promotes may be none that the search knows.
    pages = get_public_pages().filter(pk__in=places, search_entry__isnull=False)
    query = pages.order_by().values_list(*_COLUMNS).query
    sql, parameters = query.sql_with_params()
    return sql, parameters


def _is_place(value: object) -> bool:
    return isinstance(value, int) and value < 0


def build_results(
    query: Query, found: Sequence[Found], promotions: Mapping[int, str]
) -> list[Wire]:
    """The results for `found`, in order, without pages that are no longer public.

    `promotions` are an editor's words for pages that come first. Three queries.
    """
    pages = fetch_pages([page.page_id for page in found])
    shown = [page for page in found if page.page_id in pages]
    symptoms = _fetch_symptoms(shown)
    passages = _fetch_passages(shown)
    stems = frozenset(query.stems)
    last_word = query.words[query.core.end - 1] if query.core else ""
    return [
        {
            **pages[page.page_id],
            "is_promoted": page.page_id in promotions,
            "promotion": promotions.get(page.page_id, ""),
            "matches": [
                {
                    "kind": kind,
                    "text": text,
                    "ranges": find_ranges(text, stems, last_word if page.start else ""),
                }
                for kind, text in _find_matches(page, symptoms, pages[page.page_id]["name"])
            ],
            "fragments": [
                {
                    "text": passage.text,
                    "ranges": find_ranges(passage.text, stems),
                    "heading": passage.heading,
                    "block_id": passage.block_id or None,
                }
                for passage in passages[page.page_id]
            ],
        }
        for page in shown
    ]


def _find_matches(
    page: Found, symptoms: dict[int, str], own_name: str
) -> list[tuple[MatchKind, str]]:
    names: dict[str, NameKind] = {}
    for hit in sorted(page.names, key=lambda hit: -hit.closeness):
        names[hit.text] = hit.kind
    if not names and page.start:
        names[page.start.text] = page.start.kind
    if not names and page.text and page.text.name_share >= _LEAST_NAME_SHARE:
        names[page.text.name] = page.text.name_kind
    if NameKind.NAME in names.values():
        # Nobody needs to be told that the page has another name as well.
        names = {text: kind for text, kind in names.items() if kind == NameKind.NAME}
    matches = [
        (MatchKind(kind.value), text)
        for text, kind in names.items()
        # A misspelling is searched for, never shown.
        if kind != NameKind.MISSPELLING
    ]
    if page.symptoms:
        matches.extend(
            (MatchKind.SYMPTOM, symptoms[pk])
            for pk in dict.fromkeys(page.symptoms.symptom_ids)
            if pk in symptoms
        )
    return matches[:MOST_MATCHES]


def _fetch_symptoms(found: Iterable[Found]) -> dict[int, str]:
    ids = {pk for page in found if page.symptoms for pk in page.symptoms.symptom_ids}
    if not ids:
        return {}
    return dict(fetch_rows("SELECT id, text FROM search_symptom WHERE id IN %s", ids))


def _fetch_passages(found: Iterable[Found]) -> dict[int, list[Fragment]]:
    """For each page the passages that say most of the query, the best first."""
    wanted: dict[tuple[int, int], float] = {}
    for page in found:
        scores: defaultdict[int, float] = defaultdict(float)
        for passage in page.text.passages.values() if page.text else ():
            if passage >= 0:
                scores[passage] += 1
        best = sorted(scores, key=lambda position: (-scores[position], position))
        for position in best[:MOST_FRAGMENTS]:
            wanted[page.page_id, position] = scores[position]
    shown: defaultdict[int, list[Fragment]] = defaultdict(list)
    if not wanted:
        return shown
    rows = fetch_rows(
        "SELECT page_id, position, text, heading, block_id FROM search_indexedpassage"
        " WHERE page_id IN %s AND position IN %s",
        {page_id for page_id, _position in wanted},
        {position for _page_id, position in wanted},
    )
    by_place = {(page_id, position): Fragment(*rest) for page_id, position, *rest in rows}
    for place in wanted:
        if place in by_place:
            shown[place[0]].append(by_place[place])
    return shown
