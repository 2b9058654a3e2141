"""Tells caches in front of the site what to forget, again and again until they have understood."""

import asyncio
import logging
import random
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final

import aiohttp
import msgspec

from web.config import Settings
from web.purging.outbox import Outbox, Purge
from web.purging.signature import build_signature_headers

logger = logging.getLogger(__name__)

_SECONDS_TO_ANSWER: Final = 10.0
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 300.0


class Purger:
    """Sends what is noted to PURGE_URL. Run `run()` as long as the site serves."""

    def __init__(
        self,
        settings: Settings,
        folder: Path | None,
        *,
        seconds_to_answer: float = _SECONDS_TO_ANSWER,
        first_pause: float = _FIRST_PAUSE,
    ) -> None:
        self._settings = settings
        self._outbox = Outbox(folder if settings.purge_url else None)
        self._first_pause = first_pause
        self._timeout = aiohttp.ClientTimeout(total=seconds_to_answer)
        self._has_work = asyncio.Event()

    def note(self, tags: Collection[str], paths: Collection[str], cursor: str) -> None:
        """Caches have to forget what was made from `tags`, which is at `paths` among others."""
        if self._settings.purge_url and (tags or paths):
            self._outbox.note(tags, paths, cursor)
            self._has_work.set()

    async def run(self) -> None:
        """Send until cancelled."""
        if not self._settings.purge_url:
            return
        failures = 0
        async with aiohttp.ClientSession(
            timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            while True:
                if not self._outbox:
                    self._has_work.clear()
                    await self._has_work.wait()
                purge, number = self._outbox.get_next()
                problem = await self._send(session, purge)
                if not problem:
                    self._outbox.confirm(purge, number)
                    failures = 0
                    continue
                if not failures:
                    logger.error("PURGE_URL was not told what to forget, and is again: %s", problem)
                failures += 1
                pause = min(_LONGEST_PAUSE, self._first_pause * 2 ** min(failures - 1, 20))
                # Many sites do not come back in the same moment.
                await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311

    async def _send(self, session: aiohttp.ClientSession, purge: Purge) -> str:
        """Why the receiver has not taken `purge`; "" where it has."""
        body = msgspec.json.encode(
            {
                "tags": purge.tags,
                "urls": [f"{self._settings.site_url}{path}" for path in purge.paths],
                "cursor": purge.cursor,
            }
        )
        secret, now = self._settings.purge_secret, int(time.time())
        headers = build_signature_headers(secret, body, now)
        headers["Content-Type"] = "application/json"
        try:
            async with session.post(
                self._settings.purge_url, data=body, headers=headers, allow_redirects=False
            ) as response:
                is_taken = 200 <= response.status < 300
                return "" if is_taken else f"it answered {response.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return type(error).__name__
