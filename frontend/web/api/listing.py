"""Listings of pages: the conditions from A to Z, and every public address."""

import asyncio
from typing import Any, Final

import msgspec

from web.api.client import CmsClient
from web.api.errors import CmsMissingError
from web.api.models import PAGE_TYPES
from web.api.resolution import read_part

CONDITION_PAGE: Final = "conditions.ConditionPage"

# The CMS gives at most this many at once.
PAGE_SIZE: Final = 100
# A site map may name 50,000 addresses; also a stop for a CMS that never ends.
_MOST_ITEMS: Final = 50_000
# Whoever lists everything shares the CMS with its readers.
_ASKED_AT_ONCE: Final = 4


class ListedTerm(msgspec.Struct, frozen=True):
    """Another name of a condition."""

    term: str
    kind: str


class ListedCondition(msgspec.Struct, frozen=True):
    """A condition as lists show it."""

    id: int
    title: str
    path: str
    summary: str
    condition_name: str
    also_known_as: list[ListedTerm]


class ListedPage(msgspec.Struct, frozen=True):
    """Where a public page is; `condition` is what lists show of one that stands in the A to Z."""

    id: int
    type: str
    address: str
    condition: ListedCondition | None = None


class _Address(msgspec.Struct, frozen=True):
    html_url: str | None


class _AddressedPage(msgspec.Struct, frozen=True):
    meta: _Address


class _TypedAddress(msgspec.Struct, frozen=True):
    type: str
    html_url: str | None


class _PlacedPage(msgspec.Struct, frozen=True):
    id: int
    meta: _TypedAddress


class _Count(msgspec.Struct, frozen=True):
    total_count: int


class _Listing(msgspec.Struct, frozen=True):
    meta: _Count
    items: list[Any]


_CONDITION_FIELDS: Final = "path,summary,condition_name,also_known_as"
# The few fields of a whole listing cost the CMS a fifth.
_PLACE_FIELDS: Final = "_,id,type,html_url"


async def fetch_conditions(
    client: CmsClient, letter: str = "", *, seen: str = ""
) -> list[ListedCondition]:
    """Every public condition in the order of its name, or those of one letter."""
    parameters = {"type": CONDITION_PAGE, "fields": _CONDITION_FIELDS, "order": "condition_name"}
    if letter:
        parameters["letter"] = letter
    items = await _fetch_items(client, parameters, seen)
    return read_part(items, list[ListedCondition], "pages/")


async def fetch_addresses(client: CmsClient, *, seen: str = "") -> list[str]:
    """The full address of every public page."""
    items = await _fetch_items(client, {"fields": "_,html_url"}, seen)
    pages = read_part(items, list[_AddressedPage], "pages/")
    return [page.meta.html_url for page in pages if page.meta.html_url]


async def fetch_pages(client: CmsClient, *, seen: str = "") -> list[ListedPage]:
    """Every public page. Raises `CmsError`."""
    others = sorted({*PAGE_TYPES} - {CONDITION_PAGE})
    found, rest, total = await asyncio.gather(
        # What lists show of a condition comes with its address, and not in a listing of its own.
        _fetch_items(
            client,
            {"type": CONDITION_PAGE, "fields": f"{_PLACE_FIELDS},title,{_CONDITION_FIELDS}"},
            seen,
            _ASKED_AT_ONCE,
        ),
        _fetch_items(client, {"type": ",".join(others), "fields": _PLACE_FIELDS}, seen),
        _fetch_window(client, {"fields": "_,id"}, seen, 0, 1),
    )
    pages = [_read_page_or_none(item) for item in [*found, *rest]]
    if total.meta.total_count != len(pages):
        # A type of page that this version does not know.
        unknown = await _fetch_items(client, {"fields": _PLACE_FIELDS}, seen, _ASKED_AT_ONCE)
        known = {page.id for page in pages if page}
        listed = (_read_page_or_none(item) for item in unknown)
        pages += [page for page in listed if page and page.id not in known]
    return [page for page in pages if page]


async def fetch_page_or_none(
    client: CmsClient, page_id: int, *, seen: str = ""
) -> ListedPage | None:
    """The public page with this id. Raises `CmsError`."""
    try:
        return _read_page_or_none(await client.get(f"pages/{page_id}/", seen=seen))
    except CmsMissingError:
        return None


def _read_page_or_none(raw: object) -> ListedPage | None:
    page = read_part(raw, _PlacedPage, "pages/")
    if not page.meta.html_url:
        return None
    is_condition = page.meta.type == CONDITION_PAGE
    condition = read_part(raw, ListedCondition, "pages/") if is_condition else None
    return ListedPage(page.id, page.meta.type, page.meta.html_url, condition)


async def _fetch_items(
    client: CmsClient, parameters: dict[str, str], seen: str, at_once: int = 1
) -> list[Any]:
    """Everything that is listed, in as many parts as it takes."""
    first = await _fetch_window(client, parameters, seen, 0)
    gate = asyncio.Semaphore(at_once)

    async def fetch(offset: int) -> _Listing:
        async with gate:
            return await _fetch_window(client, parameters, seen, offset)

    last = min(first.meta.total_count, _MOST_ITEMS)
    others = await asyncio.gather(*map(fetch, range(PAGE_SIZE, last, PAGE_SIZE)))
    return [item for listing in (first, *others) for item in listing.items]


async def _fetch_window(
    client: CmsClient, parameters: dict[str, str], seen: str, offset: int, size: int = PAGE_SIZE
) -> _Listing:
    window = {"limit": str(size), "offset": str(offset)}
    answer = await client.get("pages/", {**parameters, **window}, seen=seen)
    return read_part(answer, _Listing, "pages/")
