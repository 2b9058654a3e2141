"""What the site answers at a path that the CMS decides about, made without any request.

The page store keeps these answers, and the static build writes them to files.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from urllib.parse import unquote

from web.api.client import CmsClient
from web.api.comments import fetch_further_threads
from web.api.listing import ListedCondition, fetch_addresses, fetch_conditions
from web.api.models import Site
from web.api.previews import DraftFound
from web.api.resolution import (
    NOT_FOUND,
    PATHS_TAG,
    NothingFound,
    PageFound,
    RedirectFound,
    Resolution,
    fetch_resolution,
)
from web.api.site import SiteSource
from web.rendering.body import build_contents, find_guidance_or_none, place_blocks
from web.rendering.comments import show_comments
from web.rendering.letters import OTHER_LETTER, LetterPage, group_by_letter, sort_by_name
from web.rendering.renderer import Renderer
from web.rendering.text import safe_href

INDEX_PAGE: Final = "conditions.ConditionIndexPage"
TEMPLATES: Final = {
    "conditions.ConditionPage": "pages/condition.html",
    INDEX_PAGE: "pages/condition_index.html",
    "pages.HomePage": "pages/home.html",
    "pages.StandardPage": "pages/standard.html",
}
SITEMAP_PATH: Final = "/sitemap.xml"
HTML: Final = "text/html; charset=utf-8"
LISTING_TAG: Final = "listing:conditions"

# Longer than any address an editor could make; the CMS is not asked about such a path.
_LONGEST_PATH: Final = 1000
_LETTER_PATH: Final = re.compile(
    rf"(?P<index>/[^?]*)letter/(?P<letter>[a-z]|{OTHER_LETTER})/?(?:\?.*)?\Z", re.IGNORECASE
)
_MESSAGE_PAGES: Final = {404: "pages/not_found.html", 410: "pages/gone.html"}


FetchConditions = Callable[..., Awaitable[list[ListedCondition]]]
"""Gives the conditions as `fetch_conditions` does, which has its arguments."""


@dataclass(frozen=True)
class AnswerParts:
    """What answers are made with."""

    client: CmsClient
    site_source: SiteSource
    renderer: Renderer
    fetch_conditions: FetchConditions = fetch_conditions


@dataclass(frozen=True)
class Answer:
    """A whole answer, the same for every reader.

    `headers` are those that depend on what was found, such as `Location`. `tags` name what it was
    made from, `version` which content of a page it shows ("" for what is no page), `pictures` the
    addresses at the CMS of the pictures that it shows.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tags: frozenset[str]
    version: str = ""
    pictures: tuple[str, ...] = ()


async def build_answer(parts: AnswerParts, path: str, *, seen: str = "") -> Answer:
    """What is at `path`, which is percent-encoded and may have a query.

    No part of it is older than `seen`, the cursor of a change. Raises `CmsError`.
    """
    if path == SITEMAP_PATH:
        return await _build_sitemap(parts, seen)
    letter_match = _LETTER_PATH.match(path)
    if letter_match:
        site, index = await _fetch(parts, letter_match["index"], seen)
        if isinstance(index, PageFound) and index.type == INDEX_PAGE:
            letter = letter_match["letter"].lower()
            return await _build_letter(parts, site, index, path, letter, seen)
    site, found = await _fetch(parts, path, seen)
    if isinstance(found, RedirectFound):
        return _build_redirect(
            safe_href(found.location), permanent=found.permanent, tags=found.tags
        )
    if isinstance(found, NothingFound):
        status = 410 if found.reason == "gone" else 404
        template = _MESSAGE_PAGES[status]
        # No page with a draft's token comes here.
        html = _render(parts, template, site, path, retry_query="")
        return Answer(status, _type(HTML), html, found.tags)
    context = await build_page_context(
        parts.client, found, seen=seen, fetch_conditions=parts.fetch_conditions
    )
    html = _render(parts, TEMPLATES[found.type], site, path, **context)
    return Answer(200, _type(HTML), html, found.tags, found.version, found.pictures)


async def build_page_context(
    client: CmsClient,
    found: PageFound | DraftFound,
    *,
    seen: str = "",
    fetch_conditions: FetchConditions = fetch_conditions,
) -> dict[str, Any]:
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
            await fetch_further_threads(client, found.page.id, found.comments, seen=seen)
        ),
    }
    if found.type == INDEX_PAGE:
        context["groups"] = group_by_letter(await fetch_conditions(client, seen=seen))
    return context


async def _fetch(parts: AnswerParts, path: str, seen: str) -> tuple[Site, Resolution]:
    if len(path.partition("?")[0]) > _LONGEST_PATH:
        return await parts.site_source.get(), NOT_FOUND
    return await asyncio.gather(
        parts.site_source.get(),
        fetch_resolution(parts.client, path[:_LONGEST_PATH], seen=seen),
    )


async def _build_letter(
    parts: AnswerParts, site: Site, index: PageFound, path: str, letter: str, seen: str
) -> Answer:
    shown = LetterPage(index.page.path, letter)
    tags = index.tags | {LISTING_TAG}
    if unquote(path.partition("?")[0]) != shown.path:
        return _build_redirect(shown.path, permanent=True, tags=tags)
    conditions = await parts.fetch_conditions(parts.client, shown.api_letter, seen=seen)
    html = _render(
        parts,
        "pages/letter.html",
        site,
        path,
        page=index.page,
        breadcrumbs=index.breadcrumbs,
        letter=shown,
        conditions=sort_by_name(conditions),
    )
    return Answer(200, _type(HTML), html, tags)


async def _build_sitemap(parts: AnswerParts, seen: str) -> Answer:
    body = build_sitemap(await fetch_addresses(parts.client, seen=seen))
    return Answer(200, _type("application/xml"), body, frozenset({PATHS_TAG}))


def build_sitemap(addresses: Iterable[str]) -> bytes:
    """The site map of the pages at `addresses`, as XML; the same for any order of them."""
    urls = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in sorted(addresses))
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
    return body.encode()


def _build_redirect(location: str, *, permanent: bool, tags: Iterable[str]) -> Answer:
    """A redirect (301 or 302) that browsers ask about again, since editors may change it."""
    return Answer(301 if permanent else 302, (("Location", location),), b"", frozenset(tags))


def _render(parts: AnswerParts, template: str, site: Site, path: str, **context: Any) -> bytes:
    shown_path = unquote(path.partition("?")[0])
    html = parts.renderer.render(template, site, shown_path, **context)
    return parts.renderer.point_at_own_pictures(html).encode()


def _type(media_type: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", media_type),)
