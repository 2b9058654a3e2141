"""Every path that the CMS decides about: pages, redirects, and what is gone or was never there."""

import asyncio
import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from web.api.client import CmsClient
from web.api.comments import fetch_further_threads
from web.api.listing import fetch_conditions
from web.api.models import Site
from web.api.previews import DraftFound
from web.api.resolution import (
    NOT_FOUND,
    NothingFound,
    PageFound,
    RedirectFound,
    Resolution,
    fetch_resolution,
)
from web.rendering.body import build_contents, find_guidance_or_none, place_blocks
from web.rendering.comments import show_comments
from web.rendering.letters import OTHER_LETTER, LetterPage, group_by_letter
from web.rendering.text import safe_href
from web.responses import get_path, get_raw_path, redirect, respond_with_message, respond_with_page
from web.services import get_services

INDEX_PAGE: Final = "conditions.ConditionIndexPage"

TEMPLATES: Final = {
    "conditions.ConditionPage": "pages/condition.html",
    INDEX_PAGE: "pages/condition_index.html",
    "pages.HomePage": "pages/home.html",
    "pages.StandardPage": "pages/standard.html",
}
# Longer than any address an editor could make; the CMS is not asked about such a path.
_LONGEST_PATH: Final = 1000
_LETTER_PATH: Final = re.compile(
    rf"(?P<index>/[^?]*)letter/(?P<letter>[a-z]|{OTHER_LETTER})/?(?:\?.*)?\Z", re.IGNORECASE
)


async def show_path(request: Request) -> Response:
    """Show whatever is at the request's path."""
    path = get_raw_path(request)
    letter_match = _LETTER_PATH.match(path)
    if letter_match:
        site, index = await _fetch(request, letter_match["index"])
        if isinstance(index, PageFound) and index.type == INDEX_PAGE:
            return await _show_letter(request, site, index, letter_match["letter"].lower())
    site, found = await _fetch(request, path)
    if isinstance(found, RedirectFound):
        return redirect(safe_href(found.location), permanent=found.permanent)
    if isinstance(found, NothingFound):
        return respond_with_message(request, 410 if found.reason == "gone" else 404, site)
    return await _show_page(request, site, found)


async def _fetch(request: Request, path: str) -> tuple[Site, Resolution]:
    services = get_services(request)
    if len(path.partition("?")[0]) > _LONGEST_PATH:
        return await services.site_source.get(), NOT_FOUND
    return await asyncio.gather(
        services.site_source.get(), fetch_resolution(services.client, path[:_LONGEST_PATH])
    )


async def build_page_context(client: CmsClient, found: PageFound | DraftFound) -> dict[str, Any]:
    """What the template of a page needs, live or draft. Raises `CmsAwayError`."""
    blocks = place_blocks(found.blocks)
    context = {
        "page": found.page,
        "seo": found.seo,
        "breadcrumbs": found.breadcrumbs,
        "blocks": blocks,
        "contents": build_contents(blocks),
        "guidance": find_guidance_or_none(blocks),
        "more_to_explore": found.more_to_explore,
        "comments": show_comments(
            await fetch_further_threads(client, found.page.id, found.comments)
        ),
    }
    if found.type == INDEX_PAGE:
        context["groups"] = group_by_letter(await fetch_conditions(client))
    return context


async def _show_page(request: Request, site: Site, found: PageFound) -> Response:
    context = await build_page_context(get_services(request).client, found)
    return respond_with_page(request, TEMPLATES[found.type], site, **context)


async def _show_letter(request: Request, site: Site, index: PageFound, letter: str) -> Response:
    shown = LetterPage(index.page.path, letter)
    if get_path(request) != shown.path:
        return redirect(shown.path, permanent=True)
    conditions = await fetch_conditions(get_services(request).client, shown.api_letter)
    return respond_with_page(
        request,
        "pages/letter.html",
        site,
        page=index.page,
        breadcrumbs=index.breadcrumbs,
        letter=shown,
        conditions=conditions,
    )
