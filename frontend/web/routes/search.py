"""The search page: what answers a reader's words, and what helps where nothing does."""

import asyncio
import logging
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from web.api.client import CmsClient
from web.api.errors import CmsError, CmsRefusedError
from web.api.models import SearchResults, Site
from web.api.search import (
    LAST_PAGE,
    LONGEST_QUERY,
    NO_RESULTS,
    Search,
    fetch_search_results,
)
from web.rendering.search_results import show_results
from web.responses import get_path, redirect, respond_with_page
from web.services import get_services

logger = logging.getLogger(__name__)

# What somebody asks about their health is not for a browser's disk, nor for a proxy's.
NEVER_STORED: Final = "private, no-store"

_RETRY_SECONDS: Final = "30"
# No value of a facet is as long.
_LONGEST_CHOICE: Final = 100


async def show_search(request: Request) -> Response:
    """Show the form and, when something was asked for, what answers it.

    What the CMS refuses to look for is answered with 400 and the form; while it is away, the form
    keeps the words, with 503.
    """
    services = get_services(request)
    search = read_search(request.query_params)
    try:
        site, results = await asyncio.gather(
            services.site_source.get(), _find_or_none(services.client, search)
        )
    except CmsError as error:
        logger.error("Answered 503 for a search: %s", error)
        response = _respond(request, search, services.site_source.known, None, status=503)
        response.headers["Retry-After"] = _RETRY_SECONDS
        return response
    return _respond(request, search, site, results, status=400 if results is None else 200)


def _respond(
    request: Request, search: Search, site: Site, results: SearchResults | None, *, status: int
) -> Response:
    response = respond_with_page(
        request,
        "pages/search.html",
        site,
        status=status,
        query=search.query,
        search=search,
        is_away=status == 503,
        shown=None if results is None else show_results(search, results),
        links=results.links if results and search.page == 1 else [],
    )
    response.headers["Cache-Control"] = NEVER_STORED
    del response.headers["ETag"]
    return response


async def add_slash(request: Request) -> Response:
    """Send `/search?q=…` to `/search/?q=…`."""
    asked = request.scope["query_string"].decode("latin-1")
    query = f"?{asked}" if asked else ""
    response = redirect(f"{get_path(request)}/{query}", permanent=True)
    if asked:
        response.headers["Cache-Control"] = NEVER_STORED
    return response


def read_search(parameters: QueryParams) -> Search:
    """What the query of an address asks for; what makes no sense in it counts as not given."""
    query = clean_query(parameters.get("q", ""))
    return Search(
        query=query,
        body_system=_clean_line(parameters.get("body_system", ""), _LONGEST_CHOICE),
        advice=_clean_line(parameters.get("advice", ""), _LONGEST_CHOICE),
        page=read_page_number(parameters.get("page", "")) if query else 1,
    )


def clean_query(query: str) -> str:
    """The query on one line, without control characters, and not longer than makes sense."""
    return _clean_line(query, LONGEST_QUERY)


def read_page_number(text: str) -> int:
    """The number of the page of results; 1 for anything that is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 4
    return min(max(int(text), 1), LAST_PAGE) if is_number else 1


def _clean_line(text: str, longest: int) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:longest].strip()


async def _find_or_none(client: CmsClient, search: Search) -> SearchResults | None:
    """The results; None where the CMS refuses to look for that."""
    # Without a letter or a digit there is nothing to look for.
    if not any(sign.isalnum() for sign in search.query):
        return NO_RESULTS
    try:
        return await fetch_search_results(client, search)
    except CmsRefusedError:
        return None
