"""What answers a reader's words: `search/`."""

from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import quote, urlencode

from web.api.client import CmsClient
from web.api.models import SearchResults
from web.api.resolution import read_part

SEARCH_PATH: Final = "/search/"
LONGEST_QUERY: Final = 200
RESULTS_PER_PAGE: Final = 10
# Nobody reads further, and the CMS passes over 1,000 results at most.
LAST_PAGE: Final = 100

_ENDPOINT: Final = "search/"

NO_RESULTS: Final = SearchResults(is_total_exact=True)


@dataclass(frozen=True)
class Search:
    """What a reader asks for: words, a value of each facet ("" for any), and which page."""

    query: str
    body_system: str = ""
    advice: str = ""
    page: int = 1

    @property
    def facets(self) -> dict[str, str]:
        """The chosen value of every facet that this site knows, by the facet's name."""
        return {"body_system": self.body_system, "advice": self.advice}

    @property
    def is_narrowed(self) -> bool:
        """Whether a value of some facet is chosen."""
        return any(self.facets.values())

    @property
    def path(self) -> str:
        """Where this site answers it, with everything that was asked."""
        page = str(self.page) if self.page > 1 else ""
        asked = {"q": self.query, **self.facets, "page": page}
        given = {name: value for name, value in asked.items() if value}
        return f"{SEARCH_PATH}?{urlencode(given, quote_via=quote)}"

    def narrow(self, facet: str, value: str) -> Self:
        """The same with another value of `facet`, or with any where `value` is ""."""
        chosen = {**self.facets, facet: value}
        return replace(self, body_system=chosen["body_system"], advice=chosen["advice"], page=1)

    def widen(self) -> Self:
        """The same words with nothing chosen."""
        return replace(self, body_system="", advice="", page=1)

    def turn_to(self, page: int) -> Self:
        """Another page of the same results."""
        return replace(self, page=page)


async def fetch_search_results(client: CmsClient, search: Search) -> SearchResults:
    """The part of the pages that `search` asks for.

    Raises `CmsRefusedError` for what the CMS does not look for, and `CmsAwayError`.
    """
    parameters = {
        "q": search.query,
        **{name: value for name, value in search.facets.items() if value},
        "offset": str((search.page - 1) * RESULTS_PER_PAGE),
        "limit": str(RESULTS_PER_PAGE),
    }
    return read_part(await client.get(_ENDPOINT, parameters), SearchResults, _ENDPOINT)
