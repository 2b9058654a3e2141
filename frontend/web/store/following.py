"""Following the feed of changes: what is old is made anew, and the CMS hears how far this site is.

While the CMS is away the site serves what it has, asks again with growing pauses, and catches up.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from web.api.changes import Changes, NoFeedError, fetch_changes
from web.api.client import CmsClient
from web.api.errors import CmsAwayError, CmsError
from web.api.listing import fetch_addresses
from web.api.resolution import PATHS_TAG
from web.api.site import SiteSource
from web.page_answers import SITEMAP_PATH
from web.store.entries import Entry
from web.store.index import ALL_TAG
from web.store.page_store import PageStore
from web.store.pictures import PictureStore
from web.store.state import State, StateFile

logger = logging.getLogger(__name__)

OnChange = Callable[[Collection[str], Collection[str], str], None]
"""Hears of the tags that changed, the paths that they touched, and the cursor after them."""

SECONDS_BETWEEN_POLLS: Final = 0.125
_LONGEST_PAUSE: Final = 10.0
# A CMS without a feed may be replaced by one that has one.
_SECONDS_WITHOUT_FEED: Final = 30.0
# Readers' own requests go beside these.
_MADE_AT_ONCE: Final = 3
_MADE_IN_ORDER: Final = 30
# With so many that cannot be made, it is not the pages' fault.
_FAILURES_IN_A_ROW: Final = 9
_FIRST_RETRY: Final = 2.0
_LONGEST_RETRY: Final = 120.0
_SECONDS_BETWEEN_LINES: Final = 5.0


@dataclass(frozen=True)
class FeedState:
    """How the site stands to the CMS: since when it is away, in seconds, None where it is not."""

    is_following: bool
    away_seconds: float | None


class Follower:
    """Keeps `store` as the CMS is. Run `run()` as long as the site serves."""

    def __init__(
        self,
        client: CmsClient,
        store: PageStore,
        pictures: PictureStore,
        site_source: SiteSource,
        state_file: StateFile,
        name: str,
    ) -> None:
        self._client = client
        self._store = store
        self._pictures = pictures
        self._site_source = site_source
        self._state_file = state_file
        self._name = name
        self.on_change: OnChange = lambda _tags, _paths, _cursor: None
        self.is_own_path: Callable[[str], bool] = lambda _path: False
        self._known_cursor = ""
        self._saved_cursor = ""
        self._failures = 0
        self._away_since: float | None = None
        self._refreshed = 0
        self._has_news = asyncio.Event()
        self._has_work = asyncio.Event()
        self._is_to_warm = True
        # What could not be made is tried again, but not with every poll.
        self._retries = 0
        self._retry_at = 0.0
        self._failures_in_a_row = 0

    @property
    def state(self) -> FeedState:
        """How the site stands to the CMS now."""
        since = self._away_since
        return FeedState(
            is_following=bool(self._store.cursor),
            away_seconds=None if since is None else time.monotonic() - since,
        )

    def load(self) -> None:
        """Take up what an earlier process has left: its pages, its branding, its cursor."""
        state = self._state_file.load_or_none()
        if state is not None:
            self._known_cursor = self._saved_cursor = state.cursor
            self._site_source.restore(state.site)
            self._store.site_digest = self._site_source.digest
            # What is there is served while the CMS is asked what has changed since.
            self._store.cursor = state.cursor
        self._store.load()

    async def run(self) -> None:
        """Follow until cancelled."""
        making = asyncio.create_task(self._make_stale())
        try:
            while True:
                await self._pause(await self.poll())
        finally:
            making.cancel()
            self.save()

    async def poll(self) -> float:
        """Ask once what has changed, and note it; how many seconds to wait before the next time."""
        try:
            found = await fetch_changes(self._client, self._known_cursor, self._write_report())
            await self._apply(found)
        except NoFeedError as error:
            self._give_up(error)
            return _SECONDS_WITHOUT_FEED
        except CmsError as error:
            return self._note_away(error)
        except Exception as error:
            # Nobody would follow any more, and pages would stay old without a word.
            logger.exception("The feed of changes could not be applied")
            return self._note_away(error)
        self._note_back()
        return 0.0 if found.has_more else SECONDS_BETWEEN_POLLS

    def save(self) -> None:
        """Write down how far the store is, unless something still waits to be made or written."""
        store, cursor = self._store, self._store.cursor
        is_due = cursor not in ("", self._saved_cursor) and not store.is_writing
        if is_due and not store.stale_count:
            is_saved = self._state_file.save(State(cursor, self._site_source.raw))
            self._saved_cursor = cursor if is_saved else self._saved_cursor

    async def _pause(self, seconds: float) -> None:
        """Wait until the next poll is due; what was made anew is reported at once."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._has_news.wait()
        self._has_news.clear()

    async def _apply(self, found: Changes) -> None:
        begins = not self._known_cursor
        tags = found.tags | {ALL_TAG} if begins or found.start_over else found.tags
        if begins or not self._site_source.tags.isdisjoint(tags) or ALL_TAG in tags:
            # Pages first, so that nobody is served one meanwhile.
            self._touch(tags, found.cursor)
            if await self._site_source.refresh(found.cursor):
                self._store.site_digest = self._site_source.digest
                self._touch({ALL_TAG}, found.cursor)
        elif tags:
            self._touch(tags, found.cursor)
        self._known_cursor = found.cursor
        if PATHS_TAG in tags or ALL_TAG in tags:
            self._is_to_warm = True
        is_left = self._is_to_warm or self._store.stale_count > 0
        if tags or (is_left and time.monotonic() >= self._retry_at):
            self._has_work.set()
        else:
            self.save()

    def _touch(self, tags: set[str] | frozenset[str], cursor: str) -> None:
        self._refreshed = 0
        touched = self._store.apply(tags, cursor)
        self._pictures.note_changes(tags)
        self.on_change(tags, [entry.path for entry in touched], cursor)

    async def _make_stale(self) -> None:
        """Make anew what waits for it, then what is not there yet, whenever there is something."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            self._failures_in_a_row = 0
            try:
                failed = await self._refresh_stale()
                self._has_news.set()
                if self._is_to_warm:
                    self._is_to_warm = False
                    # Another change may ask for it meanwhile.
                    self._is_to_warm = False
                    if not await self._warm(failed):
                        self._is_to_warm = True
                    await self._fetch_pictures()
                await self._store.finish()
                self.save()
                self._note_tried(has_failed=bool(failed))
            except CmsError as error:
                self._is_to_warm = True
                self._note_tried(has_failed=True)
                logger.info("Pages wait to be made anew: %s", error)
            except Exception:
                self._note_tried(has_failed=True)
                logger.exception("Pages could not be made anew; that is tried again")

    def _note_tried(self, *, has_failed: bool) -> None:
        self._retries = self._retries + 1 if has_failed else 0
        pause = min(_LONGEST_RETRY, _FIRST_RETRY * 2.0 ** min(self._retries - 1, 10))
        self._retry_at = time.monotonic() + pause if has_failed else 0.0

    async def _refresh_stale(self) -> set[str]:
        """Make what is old anew; what could not be made. Raises `CmsAwayError`."""
        failed: set[str] = set()
        with self._store.in_haste():
            # Without a feed nothing that is made is kept, and all would stay old.
            while self._store.cursor and (stale := self._find_stale(failed)):
                # In an order that follows the readers: it is looked up again now and then.
                paths = [entry.path for entry in stale[:_MADE_IN_ORDER]]
                problems = await self._make(paths)
                failed |= problems
                self._refreshed += len(paths) - len(problems)
        return failed

    def _find_stale(self, failed: Collection[str]) -> list[Entry]:
        return [entry for entry in self._store.get_stale() if entry.path not in failed]

    async def _make(self, paths: Sequence[str]) -> set[str]:
        """Make what is at each path, a few at a time; what could not be made.

        Raises `CmsAwayError` where nothing can be made.
        """
        failed: set[str] = set()
        for start in range(0, len(paths), _MADE_AT_ONCE):
            some = paths[start : start + _MADE_AT_ONCE]
            results = await asyncio.gather(
                *(self._store.refresh(path) for path in some), return_exceptions=True
            )
            for path, result in zip(some, results, strict=True):
                if isinstance(result, BaseException):
                    failed.add(path)
                    self._failures_in_a_row += 1
                    logger.warning("%s could not be made: %s", path, result)
                else:
                    self._failures_in_a_row = 0
            if self._failures_in_a_row >= _FAILURES_IN_A_ROW:
                raise CmsAwayError(f"{self._failures_in_a_row} pages in a row could not be made")
        return failed

    async def _warm(self, failed: set[str]) -> bool:
        """Make every page that is not there yet; whether all are there.

        What cannot be made is added to `failed`. Raises `CmsAwayError`.
        """
        addresses = await fetch_addresses(self._client, seen=self._store.cursor)
        paths = [SITEMAP_PATH, *(urlsplit(address).path for address in addresses)]
        lacking = [
            path for path in paths if not self._store.has(path) and not self.is_own_path(path)
        ]
        told_at = time.monotonic()
        for start in range(0, len(lacking), _MADE_AT_ONCE):
            if self._find_stale(failed):
                self._has_work.set()
                return False
            failed |= await self._make(lacking[start : start + _MADE_AT_ONCE])
            if time.monotonic() - told_at > _SECONDS_BETWEEN_LINES:
                told_at = time.monotonic()
                logger.info("Warming: %d of %d pages", start + _MADE_AT_ONCE, len(lacking))
        if lacking:
            logger.info("Warm: %d pages are ready", self._store.page_count)
        return failed.isdisjoint(lacking)

    async def _fetch_pictures(self) -> None:
        """Have every picture that some page shows, and no other."""
        shown = [*self._store.shown_pictures, *self._site_source.pictures]
        await self._pictures.remove_others(shown)
        await self._pictures.fetch_missing(shown)

    def _write_report(self) -> str:
        pages = self._store.page_count
        return f"name={self._name};pages={pages};refreshed={self._refreshed}"

    def _give_up(self, error: NoFeedError) -> None:
        if self._store.cursor or not self._failures:
            logger.warning("The CMS has no feed of changes; nothing is kept: %s", error)
        self._failures += 1
        self._known_cursor = ""
        self._store.start_over("")
        self._site_source.is_followed = False
        self._note_back()

    def _note_away(self, error: Exception) -> float:
        if self._away_since is None:
            logger.warning("The CMS is away; what is there is served: %s", error)
            self._away_since = time.monotonic()
        self._store.is_cms_away = True
        self._failures += 1
        pause = min(_LONGEST_PAUSE, SECONDS_BETWEEN_POLLS * 2.0 ** min(self._failures, 10))
        # Many sites do not come back in the same moment.
        return pause * random.uniform(0.5, 1)  # noqa: S311

    def _note_back(self) -> None:
        if self._away_since is not None:
            logger.info("The CMS is back after %.0f s", time.monotonic() - self._away_since)
            self._is_to_warm = True
            self._retry_at = 0.0
            self._has_work.set()
        self._away_since = None
        self._store.is_cms_away = False
        self._failures = 0
