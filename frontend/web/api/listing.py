"""Listings of pages: the conditions from A to Z, and every public address."""

from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec

from web.api.client import CmsClient
from web.api.resolution import read_part

# The CMS gives at most this many at once.
PAGE_SIZE: Final = 100
# A site map may name 50,000 addresses; also a stop for a CMS that never ends.
_MOST_ITEMS: Final = 50_000


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


class _Address(msgspec.Struct, frozen=True):
    html_url: str | None


class _AddressedPage(msgspec.Struct, frozen=True):
    meta: _Address


class _PlacedPage(msgspec.Struct, frozen=True):
    path: str


class _Count(msgspec.Struct, frozen=True):
    total_count: int


class _Listing(msgspec.Struct, frozen=True):
    meta: _Count
    items: list[Any]


_CONDITIONS: Final = {
    "type": "conditions.ConditionPage",
    "fields": "path,summary,condition_name,also_known_as",
}


async def fetch_conditions(
    client: CmsClient, letter: str = "", *, seen: str = ""
) -> list[ListedCondition]:
    """Every public condition in the order of its name, or those of one letter."""
    parameters = {**_CONDITIONS, "order": "condition_name"}
    if letter:
        parameters["letter"] = letter
    items = [item async for item in _iterate_listing(client, parameters, seen)]
    return read_part(items, list[ListedCondition], "pages/")


async def fetch_addresses(client: CmsClient, *, seen: str = "") -> list[str]:
    """The full address of every public page."""
    # The few fields of a whole listing cost the CMS a fifth.
    fields = {"fields": "_,html_url"}
    items = [item async for item in _iterate_listing(client, fields, seen)]
    pages = read_part(items, list[_AddressedPage], "pages/")
    return [page.meta.html_url for page in pages if page.meta.html_url]


async def _iterate_listing(
    client: CmsClient, parameters: dict[str, str], seen: str
) -> AsyncIterator[Any]:
    for offset in range(0, _MOST_ITEMS, PAGE_SIZE):
        window = {"limit": str(PAGE_SIZE), "offset": str(offset)}
        answer = await client.get("pages/", {**parameters, **window}, seen=seen)
        listing = read_part(answer, _Listing, "pages/")
        for item in listing.items:
            yield item
        if offset + PAGE_SIZE >= listing.meta.total_count:
            return


async def fetch_index_paths(client: CmsClient, *, seen: str = "") -> list[str]:
    """The paths of the pages that list the conditions from A to Z, each with a page a letter."""
    parameters = {"type": "conditions.ConditionIndexPage", "fields": "_,path"}
    items = [item async for item in _iterate_listing(client, parameters, seen)]
    return [page.path for page in read_part(items, list[_PlacedPage], "pages/")]
