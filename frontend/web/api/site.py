"""The branding of the site, asked for now and then and remembered when the CMS is away."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Collection
from typing import Any, Final

import msgspec

from web.api.client import CmsClient
from web.api.errors import CmsError
from web.api.models import Site
from web.api.resolution import iterate_picture_addresses

logger = logging.getLogger(__name__)

FRESH_SECONDS: Final = 2.0

# What is shown until the CMS has been reached for the first time.
NEUTRAL_SITE: Final = msgspec.convert(
    {
        "name": "Massage guides",
        "tagline": "",
        "url": "",
        "practitioner": {"name": "", "credentials": "", "line": ""},
        "service_area": "",
        "contact": {"phone": "", "email": "", "booking_url": ""},
        "logo": None,
        "colors": {
            "primary": "#1f5a58",
            "accent": "#a8502f",
            "background": "#fbf7f1",
            "text": "#2a2522",
            "dark": {
                "primary": "#8fcac4",
                "accent": "#eba583",
                "background": "#1b1918",
                "text": "#f1ebe4",
            },
        },
        "badge": None,
        "menus": {"header": [], "footer": []},
        "footer_text": "",
        "conditions_path": "/conditions/",
        "tags": [],
    },
    Site,
)


class SiteSource:
    """The latest branding that is known. It is asked for again once it is two seconds old.

    Once the feed of changes is followed (`is_followed`), it is asked for again when it changes.
    """

    def __init__(self, client: CmsClient, fresh_seconds: float = FRESH_SECONDS) -> None:
        self._client = client
        self._fresh_seconds = fresh_seconds
        self._known: Site = NEUTRAL_SITE
        self.is_followed = False
        self.raw: Any = None
        """The branding as the CMS has said it; None where it never did."""
        self._fresh_until = float("-inf")
        self._asking = asyncio.Lock()

    @property
    def known(self) -> Site:
        """The latest branding that was read, without asking."""
        return self._known

    @property
    def digest(self) -> str:
        """A word for the branding: pages with another one show another branding."""
        return hashlib.sha256(msgspec.json.encode(self._known)).hexdigest()[:16]

    @property
    def pictures(self) -> Collection[str]:
        """The addresses at the CMS of the pictures that every page shows."""
        return {*iterate_picture_addresses(self.raw)}

    @property
    def tags(self) -> frozenset[str]:
        """What the branding was made from."""
        return frozenset(self._known.tags) | {"site"}

    def restore(self, raw: Any) -> None:
        """Begin with the branding `raw`, which an earlier process has read."""
        try:
            self._known = msgspec.convert(raw, Site)
        except msgspec.ValidationError:
            return
        self.raw = raw

    async def refresh(self, seen: str) -> bool:
        """Ask for a branding no older than the change `seen`; whether it is another one.

        Raises `CmsAwayError`.
        """
        before = self.digest
        raw = await self._client.get("site/", seen=seen)
        try:
            self._known = msgspec.convert(raw, Site)
        except msgspec.ValidationError as error:
            logger.warning("The branding could not be read; the last one stays: %s", error)
        else:
            self.raw = raw
        self.is_followed = True
        return self.digest != before

    async def get(self) -> Site:
        """The branding, at most two seconds old; older when the CMS cannot give it."""
        if self.is_followed or time.monotonic() < self._fresh_until:
            return self._known
        async with self._asking:
            # Somebody else may have asked while this waited.
            if time.monotonic() >= self._fresh_until:
                await self._ask()
        return self._known

    async def _ask(self) -> None:
        try:
            self._known = msgspec.convert(await self._client.get("site/"), Site)
        except (CmsError, msgspec.ValidationError) as error:
            logger.warning("The branding could not be read; the last one stays: %s", error)
        self._fresh_until = time.monotonic() + self._fresh_seconds
