"""The answer of `search/`: a part of the results, with facets, promotions and the nearest names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cms.search.choices import FacetName
from cms.search.contract import RESULTS
from cms.search.facets import build_facets, narrow
from cms.search.finding import Finding, Found, find
from cms.search.promotions import PromotedPage, Promotions, fetch_promotions
from cms.search.results import build_results
from cms.search.searches import record_search
from cms.search.suggesting import find_nearest

Wire = dict[str, Any]


@dataclass(frozen=True)
class SearchRequest:
    """What a reader asks for: words, values of facets ("" for none), and which part."""

    query: str
    body_system: str = ""
    advice: str = ""
    offset: int = 0
    limit: int = RESULTS

    @property
    def selected(self) -> dict[FacetName, str]:
        """The values of facets that results must have."""
        values = {FacetName.BODY_SYSTEM: self.body_system, FacetName.ADVICE: self.advice}
        return {name: value for name, value in values.items() if value}


def answer_search(search: SearchRequest) -> Wire:
    """The pages that answer the request, as the contract has them; a new search is counted."""
    answer = build_answer(search)
    if not search.offset and not search.selected:
        record_search(
            search.query,
            answer["total"],
            answer["corrected_query"],
            lacks_words=bool(answer["missing_words"]),
        )
    return answer


def build_answer(search: SearchRequest) -> Wire:
    """The pages that answer the request, as the contract has them."""
    finding = find(search.query)
    corrected = finding.corrected.text if finding.corrected else None
    selected = search.selected
    # An editor wants a page first for the words alone, not for every way to narrow the results.
    promotions = Promotions() if selected else fetch_promotions(search.query, corrected or "")
    pages = _put_first(promotions.pages, finding.pages)
    page_ids = [page.page_id for page in pages]
    left = narrow(page_ids, selected) if selected else set(page_ids)
    pages = [page for page in pages if page.page_id in left]
    part = pages[search.offset : search.offset + search.limit]
    return {
        "query": search.query,
        "corrected_query": corrected,
        "missing_words": list(finding.missing_words),
        "total": len(pages),
        "is_total_exact": finding.is_complete,
        "links": [
            {"title": link.title, "url": link.url, "description": link.description}
            for link in promotions.links
        ],
        "results": build_results(
            finding.answered, part, {page.page_id: page.description for page in promotions.pages}
        ),
        "facets": build_facets(page_ids, selected),
        "nearest": _find_nearest(finding) if not pages or finding.missing_words else [],
    }


def _find_nearest(finding: Finding) -> list[Wire]:
    """The pages with the nearest names that are none of those found."""
    found = {page.page_id for page in finding.pages}
    words = finding.missing_words or finding.query.meaningful
    return [page for page in find_nearest(finding.query, words) if page["id"] not in found]


def _put_first(promoted: Sequence[PromotedPage], found: Sequence[Found]) -> list[Found]:
    """The pages that were found, after those that an editor wants first."""
    by_id = {page.page_id: page for page in found}
    first = [by_id.pop(page.page_id, Found(page.page_id)) for page in promoted]
    return [*first, *by_id.values()]
