"""Every public page as lists show it, kept between builds.

The feed names each page that came, went, moved or is listed otherwise. After a few such changes
those pages alone are asked for; a library of thousands takes hundreds of requests.
"""

import asyncio
from collections.abc import Collection
from typing import Final, Self
from urllib.parse import urlsplit

import msgspec

from web.api.client import CmsClient
from web.api.listing import ListedCondition, ListedPage, fetch_page_or_none, fetch_pages
from web.page_answers import INDEX_PAGE
from web.rendering.letters import OTHER_SIGN, find_letter, letter_path

_LETTERS: Final = f"ABCDEFGHIJKLMNOPQRSTUVWXYZ{OTHER_SIGN}"
_ASKED_AT_ONCE: Final = 4


class Catalogue:
    """The public pages, by their ids."""

    def __init__(self, pages: Collection[ListedPage] = ()) -> None:
        # The oldest first: of two pages for one file it stays the same one that has it.
        self._pages = {page.id: page for page in sorted(pages, key=lambda page: page.id)}

    @property
    def addresses(self) -> set[str]:
        """The full address of every page."""
        return {page.address for page in self._pages.values()}

    def find_paths(self) -> list[str]:
        """The path of every page, once; those that list all conditions take longest, and lead."""
        indexes = [page for page in self._pages.values() if page.type == INDEX_PAGE]
        paths = [find_path(page) for page in indexes]
        paths += [letter_path(path, sign) for path in paths for sign in _LETTERS]
        paths += map(find_path, self._pages.values())
        return [*dict.fromkeys(paths)]

    def get_conditions(self, letter: str = "") -> list[ListedCondition]:
        """The conditions, or those of one letter, as the API takes it."""
        found = [page.condition for page in self._pages.values() if page.condition]
        if not letter:
            return found
        return [condition for condition in found if find_letter(condition) == letter.upper()]

    async def update(self, client: CmsClient, page_ids: Collection[int], *, seen: str) -> Self:
        """The catalogue once each of `page_ids` has been asked for again. Raises `CmsError`."""
        gate = asyncio.Semaphore(_ASKED_AT_ONCE)

        async def fetch(page_id: int) -> ListedPage | None:
            async with gate:
                return await fetch_page_or_none(client, page_id, seen=seen)

        found = await asyncio.gather(*map(fetch, page_ids))
        rest = {number: page for number, page in self._pages.items() if number not in page_ids}
        return type(self)([*rest.values(), *(page for page in found if page)])

    def encode(self) -> bytes:
        """The catalogue as it is kept in a file."""
        return msgspec.msgpack.encode([*self._pages.values()])


def find_path(page: ListedPage) -> str:
    """Where the page is on this site, percent-encoded."""
    return urlsplit(page.address).path or "/"


async def fetch_catalogue(client: CmsClient, *, seen: str) -> Catalogue:
    """The catalogue of all pages. Raises `CmsError`."""
    return Catalogue(await fetch_pages(client, seen=seen))


def decode_catalogue_or_none(encoded: bytes) -> Catalogue | None:
    """The catalogue that `encode` has written; None where it cannot be read."""
    try:
        return Catalogue(msgspec.msgpack.decode(encoded, type=list[ListedPage]))
    except msgspec.DecodeError:
        return None
