"""What was found as readers see it: why it was found, which parts answer, and what narrows it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from web.api.models import (
    SearchFacet,
    SearchFragment,
    SearchMatch,
    SearchResult,
    SearchResults,
    SuggestedPage,
)
from web.api.search import LAST_PAGE, RESULTS_PER_PAGE, Search
from web.rendering.body import build_block_anchor
from web.rendering.highlights import highlight
from web.rendering.text import safe_href
from web.rendering.vocabulary import get_label

_NAME: Final = "name"
# Readers need not know which kind of other name it is.
_REASON_LABELS: Final = {"abbreviation": "Also called", "symptom": "Symptom"}
_PLURALS: Final = {"Symptom": "Symptoms"}


@dataclass(frozen=True)
class Reason:
    """One line of why a page was found: "Symptoms", and those that were looked for, marked."""

    label: str
    texts: list[Markup]


@dataclass(frozen=True)
class Excerpt:
    """Pieces of a page's text from one part. `href` leads to that part, or is empty.

    There are no texts where they are said already, as the symptoms that answer.
    """

    texts: list[Markup]
    heading: str
    href: str


@dataclass(frozen=True)
class ShownPage:
    """A page that was found; `recommendation` is an editor's words about it, or empty."""

    name: Markup
    plain_name: str
    href: str
    summary: Markup
    reasons: list[Reason]
    excerpts: list[Excerpt]
    is_recommended: bool = False
    recommendation: str = ""


@dataclass(frozen=True)
class Choice:
    """A value by which results are narrowed; `href` chooses it, or takes it back when chosen."""

    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceList:
    """A facet: its name for readers, and its values."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class ShownSearch:
    """A page of results. `typed` is what was typed, where something else was looked for.

    `missing_words` are those that no guide has. `previous_href` and `next_href` are empty where
    there is no such page.
    """

    query: str
    typed: str
    missing_words: list[str]
    count_words: str
    page: int
    page_count: int
    is_past_the_end: bool
    pages: list[ShownPage]
    nearest: list[ShownPage]
    choice_lists: list[ChoiceList]
    chosen: list[Choice]
    wide_href: str
    first_href: str
    previous_href: str
    next_href: str


def show_results(search: Search, results: SearchResults) -> ShownSearch:
    """The results that answer `search`, with the links that lead on from them."""
    choice_lists = [
        _show_facet(search, facet)
        # A site of another version may not know how to ask for it.
        for facet in results.facets
        if facet.name in search.facets
    ]
    page_count = min(-(-results.total // RESULTS_PER_PAGE), LAST_PAGE)
    has_previous, has_next = 1 < search.page <= page_count, search.page < page_count
    chosen = _list_chosen(search, results.facets)
    return ShownSearch(
        query=results.corrected_query or search.query,
        typed=search.query if results.corrected_query else "",
        missing_words=results.missing_words,
        count_words=count_in_words(results),
        page=search.page,
        page_count=page_count,
        is_past_the_end=search.page > page_count > 0,
        pages=[show_page(result) for result in results.results],
        nearest=[_show_suggested(page) for page in results.nearest],
        # Of one page, nothing needs to be left out.
        choice_lists=choice_lists if results.total > 1 or chosen else [],
        chosen=chosen,
        wide_href=search.widen().path,
        first_href=search.turn_to(1).path,
        previous_href=search.turn_to(search.page - 1).path if has_previous else "",
        next_href=search.turn_to(search.page + 1).path if has_next else "",
    )


def count_in_words(results: SearchResults) -> str:
    """How many pages there are, such as "1 result" or "More than 400 results"."""
    words = "1 result" if results.total == 1 else f"{results.total:,} results"
    return words if results.is_total_exact else f"More than {words}"


def show_page(result: SearchResult) -> ShownPage:
    """One result. Its summary is not said twice, and its own name is no reason."""
    plain_name, href = result.name or result.title, safe_href(result.path)
    own = [match for match in result.matches if match.kind == _NAME and match.text == plain_name]
    opening = [
        fragment
        for fragment in result.fragments
        if not fragment.block_id and fragment.text == result.summary
    ]
    return ShownPage(
        name=highlight(plain_name, [each for match in own for each in match.ranges]),
        plain_name=plain_name,
        href=href,
        summary=highlight(result.summary, [each for part in opening for each in part.ranges]),
        reasons=list_reasons(match for match in result.matches if match not in own),
        excerpts=_list_excerpts(
            [fragment for fragment in result.fragments if fragment not in opening],
            page_href=href,
            said={match.text for match in result.matches},
        ),
        is_recommended=result.is_promoted,
        recommendation=result.promotion,
    )


def list_reasons(matches: Iterable[SearchMatch]) -> list[Reason]:
    """Why a page was found, the matches of one kind on one line."""
    texts: dict[str, list[Markup]] = {}
    for match in matches:
        label = _REASON_LABELS.get(match.kind) or get_label(match.kind, "MatchKind")
        texts.setdefault(label, []).append(highlight(match.text, match.ranges))
    return [
        Reason(label if len(found) == 1 else _PLURALS.get(label, label), found)
        for label, found in texts.items()
    ]


def _list_excerpts(
    fragments: Iterable[SearchFragment], *, page_href: str, said: Collection[str]
) -> list[Excerpt]:
    """The fragments, those of one block together, without the texts that are `said` elsewhere."""
    excerpts: dict[str, Excerpt] = {}
    for fragment in fragments:
        anchor = build_block_anchor(fragment.block_id or "")
        href = f"{page_href}#{anchor}" if anchor else ""
        excerpt = excerpts.setdefault(href, Excerpt([], fragment.heading, href))
        if fragment.text not in said:
            excerpt.texts.append(highlight(fragment.text, fragment.ranges))
    return [excerpt for excerpt in excerpts.values() if excerpt.texts or excerpt.href]


def _show_suggested(page: SuggestedPage) -> ShownPage:
    return ShownPage(
        name=highlight(page.name, page.ranges),
        plain_name=page.name,
        href=safe_href(page.path),
        summary=Markup(),
        reasons=list_reasons([page.match] if page.match else []),
        excerpts=[],
    )


def _show_facet(search: Search, facet: SearchFacet) -> ChoiceList:
    return ChoiceList(
        facet.label or get_label(facet.name, "FacetName"),
        [
            Choice(
                label=each.label,
                count=each.count,
                href=search.narrow(facet.name, "" if each.is_selected else each.value).path,
                is_chosen=each.is_selected,
            )
            for each in facet.values
        ],
    )


def _list_chosen(search: Search, facets: Iterable[SearchFacet]) -> list[Choice]:
    """What was chosen, also where nothing has it; each leads to the results without it."""
    known = {
        (facet.name, each.value): (each.label, each.count)
        for facet in facets
        for each in facet.values
    }
    chosen = []
    for name, value in search.facets.items():
        if value:
            label, count = known.get((name, value), (value, 0))
            chosen.append(Choice(label, count, search.narrow(name, "").path, is_chosen=True))
    return chosen
