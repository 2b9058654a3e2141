"""What the CMS says about a path: a page, a redirect, gone, or not found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

import msgspec

from web.api.blocks import ReadableBlock, read_body
from web.api.client import CmsClient
from web.api.comments import read_comment_list
from web.api.errors import CmsAwayError, CmsRefusedError
from web.api.exploring import read_explore_cards
from web.api.models import PAGE_TYPES, Breadcrumb, CommentList, ExploreCard, Seo

T = TypeVar("T")


@dataclass(frozen=True)
class PageFound:
    """A live page: one of the structs of `PAGE_TYPES`, its readable blocks and its place.

    `more_to_explore` are pages that share something with it, `comments` what its readers said.
    `tags` name what the answer was made from, `version` says which content it is, and `pictures`
    are the addresses of all that it may show.
    """

    type: str
    page: Any
    blocks: list[ReadableBlock]
    breadcrumbs: list[Breadcrumb]
    seo: Seo
    more_to_explore: list[ExploreCard]
    comments: CommentList
    tags: frozenset[str]
    version: str
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class RedirectFound:
    """The path leads elsewhere; `location` is a path of this site or a full address."""

    location: str
    permanent: bool
    tags: frozenset[str]


@dataclass(frozen=True)
class NothingFound:
    """No page: `gone` when there was one, `not_found` otherwise."""

    reason: Literal["gone", "not_found"]
    tags: frozenset[str]


Resolution = PageFound | RedirectFound | NothingFound

# Which path leads where.
PATHS_TAG: Final = "paths"
NOT_FOUND = NothingFound("not_found", frozenset({PATHS_TAG}))


async def fetch_resolution(client: CmsClient, path: str, *, seen: str = "") -> Resolution:
    """What is at `path`, which is as the browser sent it, percent-encoded and with its query.

    It is no older than `seen`, the cursor of a change.
    Raises `CmsAwayError` when there is no answer, or none that makes sense.
    """
    try:
        answer = await client.get("resolve/", {"path": path}, seen=seen)
    except CmsRefusedError:
        # Only a path that no page could have is refused.
        return NOT_FOUND
    kind = answer.get("type") if isinstance(answer, dict) else None
    if kind == "page":
        return _read_page(answer, path)
    tags = _read_tags(answer, path) if isinstance(answer, dict) else frozenset()
    if kind == "redirect":
        location = read_part(answer.get("location"), str, path)
        if location == path:
            raise CmsAwayError(f"{path}: the CMS redirects it to itself")
        return RedirectFound(location, read_part(answer.get("permanent"), bool, path), tags)
    if kind == "gone" or kind == "not_found":
        return NothingFound(kind, tags)
    raise CmsAwayError(f"{path}: the answer {kind!r} of resolve/ is unknown")


def read_part(raw: object, wanted: type[T], source: str) -> T:
    """`raw` as `wanted`. Raises `CmsAwayError`: an answer without its frame makes no sense."""
    try:
        return msgspec.convert(raw, wanted)
    except msgspec.ValidationError as error:
        raise CmsAwayError(f"{source}: {error}") from error


def _read_page(answer: dict[str, Any], path: str) -> Resolution:
    raw = answer.get("page")
    meta = raw.get("meta") if isinstance(raw, dict) else None
    page_type = meta.get("type") if isinstance(meta, dict) else None
    if not isinstance(raw, dict) or not isinstance(page_type, str) or page_type not in PAGE_TYPES:
        raise CmsAwayError(f"{path}: this site does not know pages of the type {page_type!r}")
    return PageFound(
        type=page_type,
        page=read_part({**raw, "body": []}, PAGE_TYPES[page_type], path),
        blocks=read_body(raw.get("body", []), path),
        breadcrumbs=read_part(answer.get("breadcrumbs"), list[Breadcrumb], path),
        seo=read_part(answer.get("seo"), Seo, path),
        # A CMS of an earlier version has none.
        more_to_explore=read_explore_cards(answer.get("more_to_explore", []), path),
        comments=read_comment_list(answer.get("comments"), path),
        tags=_read_tags(answer, path),
        version=read_part(answer.get("version", ""), str, path),
        pictures=tuple(sorted({*iterate_picture_addresses(answer)})),
    )


def _read_tags(answer: dict[str, Any], path: str) -> frozenset[str]:
    # A CMS of an earlier version names none but for pages.
    return frozenset(read_part(answer.get("tags", [PATHS_TAG]), list[str], path))


def iterate_picture_addresses(raw: object) -> Iterator[str]:
    """The address of every file of every picture in an answer of the CMS."""
    if isinstance(raw, dict):
        if "mime_type" in raw and isinstance(raw.get("url"), str):
            yield raw["url"]
        yield from _iterate_parts(raw.values())
    elif isinstance(raw, list):
        yield from _iterate_parts(raw)


def _iterate_parts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        # Most are texts and numbers, of which a page has hundreds.
        if isinstance(value, (dict, list)):
            yield from iterate_picture_addresses(value)
