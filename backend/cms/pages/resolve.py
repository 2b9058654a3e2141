"""Answers what a reader should find at any path of the public site."""

import logging
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Site

from cms.core.prepared_queries import PreparedQuery
from cms.core.public_pages import build_public_path, encode_path, get_public_pages
from cms.pages.public_paths import was_once_public
from cms.pages.resolve_path import RequestedPath, parse_requested_path_or_none
from cms.pages.resolve_redirects import (
    MOST_REDIRECTS,
    RedirectTo,
    find_redirect_or_none,
    parse_own_location_or_none,
)

logger = logging.getLogger(__name__)

_HOME: Final = PreparedQuery(
    lambda: Site.objects.filter(is_default_site=True).values_list("root_page__url_path")
)
# The slug is what the database has an index of.
_FOUND: Final = PreparedQuery(
    lambda slugs, url_paths: (
        get_public_pages()
        .filter(slug__in=slugs, url_path__in=url_paths)
        .values_list("pk", "content_type", "url_path")
    ),
    "a slug",
    "a path",
)


@dataclass(frozen=True)
class PageFound:
    """A page, in its specific class, that everybody may read at the path asked for."""

    page: Page


@dataclass(frozen=True)
class Gone:
    """Everybody could once read a page here; it was deleted, unpublished or has expired."""


@dataclass(frozen=True)
class NotFound:
    """Nothing was ever public here, or it was made private since."""


Resolution = PageFound | RedirectTo | Gone | NotFound


def resolve_path(raw: str) -> Resolution:
    """What is at `raw`, a path as a browser sends it; it may be anything at all.

    A page goes before a redirect, and a redirect before what was once there. A page that is
    asked for in another spelling is answered by a redirect to its own.
    """
    requested = parse_requested_path_or_none(raw)
    if requested is None:
        return NotFound()
    place = _find_place_or_none(requested)
    if place is not None:
        path = build_public_path(place.url_path)
        if requested.given in (path, encode_path(path)):
            page = place.fetch_page_or_none()
            return NotFound() if page is None else PageFound(page)
        return RedirectTo(encode_path(path) + requested.query_suffix, permanent=True)
    redirect = find_redirect_or_none(requested)
    if redirect is not None:
        if _arrives(redirect, requested):
            return redirect
        logger.warning("The redirects from %s lead in a circle", requested.path)
        return NotFound()
    return Gone() if was_once_public(requested.path) else NotFound()


def _arrives(redirect: RedirectTo, requested: RequestedPath) -> bool:
    """Whether whoever follows `redirect`, and each one after it, comes to an end."""
    passed = {(requested.path, requested.query)}
    while len(passed) <= MOST_REDIRECTS:
        target = parse_own_location_or_none(redirect.location)
        if target is None or _find_place_or_none(target) is not None:
            return True
        following = find_redirect_or_none(target)
        if following is None:
            return True
        if (target.path, target.query) in passed:
            return False
        passed.add((target.path, target.query))
        redirect = following
    return False


@dataclass(frozen=True)
class _Place:
    """Where a page that everybody may read is, and which type it has."""

    page_id: int
    content_type_id: int
    url_path: str

    def fetch_page_or_none(self) -> Page | None:
        """The page in its specific class; None where it was deleted a moment ago."""
        model = ContentType.objects.get_for_id(self.content_type_id).model_class() or Page
        page: Page | None = model._default_manager.filter(pk=self.page_id).first()
        return page


def _find_place_or_none(requested: RequestedPath) -> _Place | None:
    homes = _HOME.fetch()
    if not homes:
        return None
    url_path = homes[0][0] + requested.path.removeprefix("/")
    spellings = list(
        dict.fromkeys([url_path, unicodedata.normalize("NFC", url_path), url_path.lower()])
    )
    slugs = [spelling.rstrip("/").rpartition("/")[2] for spelling in spellings]
    found = {row[2]: _Place(*row) for row in _FOUND.fetch(slugs, spellings)}
    for spelling in spellings:
        if spelling in found:
            return found[spelling]
    alike = get_public_pages().filter(url_path__iexact=url_path).order_by("pk")
    row = alike.values_list("pk", "content_type", "url_path").first()
    return None if row is None else _Place(*row)
