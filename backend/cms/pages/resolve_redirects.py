"""Looks a path up among the redirects that editors write and Wagtail makes on moves."""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import F, Q
from django.utils.encoding import iri_to_uri
from wagtail.contrib.redirects.models import Redirect

from cms.core.links import is_safe_href
from cms.core.public_pages import build_public_path, encode_path, get_public_pages
from cms.pages.resolve_path import RequestedPath, parse_requested_path_or_none

_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST_OLD_PATH: Final[int] = Redirect._meta.get_field("old_path").max_length
_OF_THIS_SITE: Final = Q(site__isnull=True) | Q(site__is_default_site=True)
# Browsers give up after 20, search engines after 5 or 10.
MOST_REDIRECTS: Final = 10


@dataclass(frozen=True)
class ListedRedirect:
    """A redirect that leads somewhere; `path` is percent-encoded, and may have a query."""

    path: str
    location: str
    permanent: bool


@dataclass(frozen=True)
class RedirectTo:
    """Where to go instead: a path of the site, or an absolute address; percent-encoded."""

    location: str
    permanent: bool


def find_redirect_or_none(requested: RequestedPath) -> RedirectTo | None:
    """The redirect at a path; None where there is none whose target readers may see.

    One with the same query goes before one without, the same case before another, and one for
    this site before one for all.
    """
    spellings = [
        spelling for spelling in _build_spellings(requested) if len(spelling) <= _LONGEST_OLD_PATH
    ]
    if not spellings:
        return None
    same_path = Q(old_path__in=spellings)
    for spelling in spellings:
        same_path |= Q(old_path__iexact=spelling)

    def rank(redirect: Redirect) -> tuple[int, bool]:
        is_exact = redirect.old_path in spellings
        place = spellings.index(redirect.old_path) if is_exact else len(spellings)
        return place, redirect.site_id is None

    for redirect in sorted(Redirect.objects.filter(_OF_THIS_SITE).filter(same_path), key=rank):
        location = _find_location_or_none(redirect)
        if location is not None and not _leads_back(location, requested):
            return RedirectTo(location, redirect.is_permanent)
    return None


def fetch_redirects() -> list[ListedRedirect]:
    """Every redirect that a reader can follow to its end, in the order of its path.

    Two queries, however many there are. Where a page is, its own redirects are left out.
    """
    public_paths = {
        page_id: build_public_path(url_path)
        for page_id, url_path in get_public_pages().values_list("pk", "url_path")
    }
    pages = {path.casefold() for path in public_paths.values()}
    found: dict[tuple[str, str], ListedRedirect] = {}
    # The one for this site goes before the one for all.
    order = ("old_path", F("site").asc(nulls_last=True), "pk")
    for redirect in Redirect.objects.filter(_OF_THIS_SITE).order_by(*order):
        requested = parse_requested_path_or_none(redirect.old_path)
        if requested is None or requested.path.casefold() in pages:
            continue
        if redirect.redirect_page_id is None:
            location = _read_link_or_none(str(redirect.redirect_link))
        else:
            target = public_paths.get(redirect.redirect_page_id)
            location = encode_path(target) if target else None
        if location is not None and not _leads_back(location, requested):
            listed = ListedRedirect(_encode(redirect.old_path), location, redirect.is_permanent)
            found.setdefault((requested.path, requested.query), listed)
    return [redirect for redirect in found.values() if _comes_to_an_end(redirect, found, pages)]


def _comes_to_an_end(
    redirect: ListedRedirect,
    redirects: dict[tuple[str, str], ListedRedirect],
    pages: set[str],
) -> bool:
    for _ in range(MOST_REDIRECTS):
        target = parse_own_location_or_none(redirect.location)
        if target is None or target.path.casefold() in pages:
            return True
        following = redirects.get((target.path, target.query)) or redirects.get((target.path, ""))
        if following is None:
            return True
        redirect = following
    return False


def _build_spellings(requested: RequestedPath) -> list[str]:
    encoded = encode_path(requested.path)
    spellings = [
        Redirect.normalise_path(encoded + requested.query_suffix),
        Redirect.normalise_path(encoded),
        # What an editor typed with a space or another character that Wagtail keeps encoded.
        requested.path.rstrip("/") or "/",
    ]
    return list(dict.fromkeys(spellings))


def _find_location_or_none(redirect: Redirect) -> str | None:
    if redirect.redirect_page_id is not None:
        target = get_public_pages().filter(pk=redirect.redirect_page_id).first()
        return encode_path(build_public_path(target.url_path)) if target else None
    return _read_link_or_none(str(redirect.redirect_link))


def _read_link_or_none(link: str) -> str | None:
    # A browser reads "//host" and "/\host" as another site.
    is_own_path = link.startswith("/") and link[1:2] not in ("/", "\\") and link.isprintable()
    is_address = link.lower().startswith(("http://", "https://")) and is_safe_href(link)
    return _encode(link) if is_own_path or is_address else None


def parse_own_location_or_none(location: str) -> RequestedPath | None:
    """The path of this site that a redirect leads to; None for an address elsewhere."""
    path = location.removeprefix(settings.SITE_URL) or "/"
    return parse_requested_path_or_none(path) if path.startswith("/") else None


def _encode(link: str) -> str:
    """`link` in ASCII; what an editor has percent-encoded already stays as it is."""
    return iri_to_uri(_LONE_PERCENT.sub("%25", link))


def _leads_back(location: str, requested: RequestedPath) -> bool:
    target = parse_own_location_or_none(location)
    return target is not None and (target.path, target.query) == (requested.path, requested.query)
