"""Every redirect that leads somewhere, for hosts that follow them by themselves."""

from typing import Final

import msgspec

from web.api.client import CmsClient
from web.api.resolution import read_part

_ENDPOINT: Final = "redirects/"
# The CMS gives at most this many at once.
_AT_ONCE: Final = 1000
# Also a stop for a CMS that never ends.
_MOST: Final = 100_000


class ListedRedirect(msgspec.Struct, frozen=True):
    """`path` has no slash at the end, and maybe a query; both are percent-encoded."""

    path: str
    location: str
    permanent: bool


class _Count(msgspec.Struct, frozen=True):
    total_count: int


class _Listing(msgspec.Struct, frozen=True):
    meta: _Count
    items: list[ListedRedirect]


async def fetch_redirects(client: CmsClient, *, seen: str = "") -> list[ListedRedirect]:
    """All redirects in the order of their paths. Raises `CmsError`."""
    found: list[ListedRedirect] = []
    for offset in range(0, _MOST, _AT_ONCE):
        window = {"limit": str(_AT_ONCE), "offset": str(offset)}
        listing = read_part(await client.get(_ENDPOINT, window, seen=seen), _Listing, _ENDPOINT)
        found += listing.items
        if offset + _AT_ONCE >= listing.meta.total_count:
            break
    return found
