"""The search page: a plain form over the CMS's own search."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from web.api.listing import NO_RESULTS, SearchResults, fetch_search_results
from web.responses import get_path, redirect, respond_with_page
from web.services import Services, get_services

_LONGEST_QUERY: Final = 100
_PER_PAGE: Final = 20
# Nobody reads further, and a database should not be asked to count that far.
_LAST_PAGE: Final = 50


async def show_search(request: Request) -> Response:
    """Show the form and, when something was asked for, what matches."""
    services = get_services(request)
    query = clean_query(request.query_params.get("q", ""))
    number = read_page_number(request.query_params.get("page", ""))
    site, results = await asyncio.gather(
        services.site_source.get(), _search(services, query, number)
    )
    return respond_with_page(
        request,
        "pages/search.html",
        site,
        query=query,
        results=results,
        number=number,
        has_next=number * _PER_PAGE < results.condition_count and number < _LAST_PAGE,
    )


async def add_slash(request: Request) -> Response:
    """Send `/search?q=…` to `/search/?q=…`."""
    asked = request.scope["query_string"].decode("latin-1")
    query = f"?{asked}" if asked else ""
    return redirect(f"{get_path(request)}/{query}", permanent=True)


def clean_query(query: str) -> str:
    """The query on one line, without control characters, and not longer than makes sense."""
    printable = "".join(sign if sign.isprintable() else " " for sign in query)
    return " ".join(printable.split())[:_LONGEST_QUERY].strip()


def read_page_number(text: str) -> int:
    """The number of the page of results; 1 for anything that is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 4
    return min(max(int(text), 1), _LAST_PAGE) if is_number else 1


async def _search(services: Services, query: str, number: int) -> SearchResults:
    # Without a letter or a digit there is nothing to look for.
    if not any(sign.isalnum() for sign in query):
        return NO_RESULTS
    return await fetch_search_results(
        services.client, query, offset=(number - 1) * _PER_PAGE, limit=_PER_PAGE
    )
