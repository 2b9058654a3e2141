"""The page store: each page is made once, kept in memory and on disk, and made anew on a change.

What the feed has named is never served again, unless the CMS is away: then the page that there is
is better than none.
"""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from web.api.errors import CmsError
from web.page_answers import Answer
from web.store.disk import DiskStore
from web.store.encodings import IDENTITY
from web.store.entries import Bodies, Entry, build_entry
from web.store.index import ALL_TAG, BodyMemory, EntryIndex

logger = logging.getLogger(__name__)

# Changes that are remembered for pages which were being made meanwhile.
_REMEMBERED: Final = 1000
_SHOWN_LATELY: Final = 500
# A page that changes faster than it can be made is served as it is.
_MOST_TRIES: Final = 5
# So long a reader waits for the new page where there is an old one.
PATIENCE_SECONDS: Final = 2.0
# So long the better encodings wait at most for pages that somebody may be waiting for.
_SECONDS_OF_HASTE: Final = 2.0

Build = Callable[[str, str], Awaitable[Answer]]
"""Makes the answer at a path, no older than a cursor. Raises `CmsError`."""


@dataclass(frozen=True)
class Stored:
    """An entry with its bytes, ready to be sent."""

    entry: Entry
    bodies: Bodies


class PageStore:
    """Everything that the site has made. One for the process, on one event loop.

    `on_ready` hears of each entry that may be sent as it is, `on_stale` of each path that may not.
    """

    def __init__(self, build: Build, disk: DiskStore, most_bytes: int) -> None:
        self._build = build
        self._disk = disk
        self._index = EntryIndex()
        self._memory = BodyMemory(most_bytes, self._index)
        self._in_work: dict[str, asyncio.Task[Stored]] = {}
        self._compressing: set[asyncio.Task[None]] = set()
        self._writing = asyncio.Lock()
        self._has_time = asyncio.Event()
        self._has_time.set()
        self._changes: deque[frozenset[str]] = deque(maxlen=_REMEMBERED)
        self._change_count = 0
        self._shown_lately: deque[str] = deque(maxlen=_SHOWN_LATELY)
        self.cursor = ""
        """What the store has applied; "" as long as it follows no feed, and keeps nothing."""
        self.site_digest = ""
        """Which branding pages show."""
        self.is_cms_away = False
        self._is_cms_slow = False
        self.on_ready: Callable[[Stored], None] = lambda _stored: None
        self.on_stale: Callable[[str], None] = lambda _path: None

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._index)

    @property
    def stale_count(self) -> int:
        """How many pages wait to be made anew."""
        return sum(not entry.is_fresh for entry in self._index)

    @property
    def shown_pictures(self) -> Collection[str]:
        """The addresses at the CMS of all pictures that some page shows."""
        return self._index.shown_pictures

    def shows_picture(self, address: str) -> bool:
        """Whether some page shows the picture at this address of the CMS, or did lately.

        A page that is not kept, for want of a feed, has shown its pictures lately.
        """
        return address in self._index.shown_pictures or address in self._shown_lately

    @property
    def is_writing(self) -> bool:
        """Whether something that was made is not on disk yet, or something older still is."""
        return bool(self._compressing) or self._disk.is_outdated()

    @property
    def disk_problem(self) -> str:
        """Why nothing can be written to disk; "" where it can."""
        return self._disk.problem

    def load(self) -> None:
        """Take in what an earlier process has left on disk."""
        self._disk.remove_halves()
        for entry in self._disk.iterate_entries():
            # Some may have been made after the branding changed, others before.
            entry.is_fresh = entry.site_digest == self.site_digest
            self._index.put(entry)

    def has(self, path: str) -> bool:
        """Whether there is something at `path`, fresh or not."""
        return self._index.get_or_none(path) is not None

    async def get(self, path: str) -> Stored:
        """What is at `path`: nothing older than the feed has said, unless the CMS is away or slow.

        Raises `CmsError` where there is nothing to show.
        """
        plain = strip_query(path)
        entry = self._index.get_or_none(plain)
        if entry is not None and entry.is_page:
            path = plain
        elif path != plain:
            entry = self._index.get_or_none(path)
        if entry is None:
            return await self.refresh(path)
        entry.visit()
        stored = self._find_or_none(entry)
        if stored is None:
            return await self.refresh(path)
        if entry.is_fresh or self.is_cms_away:
            return stored
        if self._is_cms_slow:
            self._start_making(path)
            return stored
        return await self._refresh_or_serve(stored)

    async def _refresh_or_serve(self, stored: Stored) -> Stored:
        """The new page, or the old one where that takes too long; it is made all the same."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self.refresh(stored.entry.path)
        except TimeoutError:
            # The next readers need not wait, until something is made in time again.
            self._is_cms_slow = True
            return stored
        except CmsError:
            return stored

    async def refresh(self, path: str) -> Stored:
        """Make what is at `path` anew; whoever asks meanwhile waits for the same.

        Raises `CmsError`.
        """
        # A reader who goes away does not stop it for the others.
        return await asyncio.shield(self._start_making(path))

    def _start_making(self, path: str) -> asyncio.Task[Stored]:
        task = self._in_work.get(path)
        if task is None:
            task = asyncio.create_task(self._make(path))
            self._in_work[path] = task
            task.add_done_callback(lambda done: self._end_making(path, done))
        return task

    def _end_making(self, path: str, task: asyncio.Task[Stored]) -> None:
        self._in_work.pop(path, None)
        # Whoever waits hears of an error; perhaps nobody does any more.
        error = None if task.cancelled() else task.exception()
        if error is not None:
            logger.debug("%s could not be made: %s", path, error)

    def apply(self, tags: Collection[str], cursor: str) -> list[Entry]:
        """Note a change, with the cursor after it; the pages to be made anew, the visited first."""
        self.cursor = cursor
        return self._touch(frozenset(tags)) if tags else []

    def start_over(self, cursor: str) -> list[Entry]:
        """Rely on nothing that was made before `cursor`."""
        return self.apply([ALL_TAG], cursor)

    def get_stale(self) -> list[Entry]:
        """The pages that wait to be made anew, those that were visited last first."""
        stale = [entry for entry in self._index if not entry.is_fresh]
        return sorted(stale, key=lambda entry: -entry.visited_at)

    @contextlib.contextmanager
    def in_haste(self) -> Iterator[None]:
        """Make pages before their better encodings until the end of the block, for a while."""
        self._has_time.clear()
        try:
            yield
        finally:
            self._has_time.set()

    async def finish(self) -> None:
        """Wait for what is being compressed and written."""
        while self._compressing:
            await asyncio.gather(*self._compressing, return_exceptions=True)

    def _touch(self, tags: frozenset[str]) -> list[Entry]:
        self._changes.append(tags)
        self._change_count += 1
        for entry in self._index.find_touched(tags):
            if entry.is_page:
                entry.is_fresh = False
            else:
                # Asked for again, it is looked up again.
                self._index.remove(entry.path)
                self._memory.remove(entry.path)
            self.on_stale(entry.path)
        return self.get_stale()

    async def _make(self, path: str) -> Stored:
        for _ in range(_MOST_TRIES):
            count, site_digest = self._change_count, self.site_digest
            began_at = time.monotonic()
            answer = await self._build(path, self.cursor)
            self._is_cms_slow = time.monotonic() - began_at > PATIENCE_SECONDS
            is_fresh = site_digest == self.site_digest and not self._is_touched_since(
                answer.tags, count
            )
            if is_fresh:
                break
        # A page is the same with any query: it is kept once. A redirect may depend on it.
        kept_path = strip_query(path) if answer.status == 200 else path
        entry = build_entry(kept_path, answer, site_digest)
        entry.is_fresh = is_fresh
        stored = Stored(entry, Bodies({IDENTITY: answer.body}))
        if self.cursor:
            self._keep(stored)
        else:
            self._shown_lately.extend(answer.pictures)
        return stored

    def _is_touched_since(self, tags: frozenset[str], count: int) -> bool:
        since = self._change_count - count
        if since > len(self._changes):
            return True
        recent = list(self._changes)[len(self._changes) - since :]
        return any(ALL_TAG in changed or not tags.isdisjoint(changed) for changed in recent)

    def _keep(self, stored: Stored) -> None:
        entry = stored.entry
        before = self._index.get_or_none(entry.path)
        if before is not None and before.is_page and before.etag == entry.etag:
            # Nothing has changed but what it was made from.
            known = self._find_or_none(before)
            stored = Stored(entry, known.bodies) if known else stored
        for gone in self._index.put(entry):
            if gone.path != entry.path:
                self._forget(gone.path)
            elif gone.is_page and not entry.is_page:
                self._disk.remove(gone.path)
        self._hold(stored)
        task = asyncio.create_task(self._compress(stored))
        self._compressing.add(task)
        task.add_done_callback(self._compressing.discard)

    def _hold(self, stored: Stored) -> None:
        for path in self._memory.put(stored.entry.path, stored.bodies):
            self.on_stale(path)
            entry = self._index.get_or_none(path)
            if entry is not None and not entry.is_page:
                self._index.remove(path)
        if stored.entry.is_fresh:
            self.on_ready(stored)
        else:
            self.on_stale(stored.entry.path)

    async def _compress(self, stored: Stored) -> None:
        """Put the better encodings in the place of the plain one, and write all to disk."""
        entry, bodies = stored.entry, stored.bodies
        if IDENTITY in bodies.by_encoding:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._has_time.wait(), _SECONDS_OF_HASTE)
            bodies = await asyncio.to_thread(bodies.compressed)
            if self._index.get_or_none(entry.path) is entry:
                self._hold(Stored(entry, bodies))
        if not entry.is_page:
            return
        # One after the other: a page that was made twice is not overwritten by its older self.
        async with self._writing:
            if self._index.get_or_none(entry.path) is entry:
                await asyncio.to_thread(self._disk.save, entry, bodies)
                now = self._index.get_or_none(entry.path)
                if now is None or not now.is_page:
                    # Removed while it was written: it would come back with the next start.
                    self._disk.remove(entry.path)

    def _find_or_none(self, entry: Entry) -> Stored | None:
        bodies = self._memory.get_or_none(entry.path)
        if bodies is not None:
            return Stored(entry, bodies)
        bodies = self._disk.load_or_none(entry) if entry.is_page else None
        if bodies is None:
            return None
        stored = Stored(entry, bodies)
        self._hold(stored)
        return stored

    def _forget(self, path: str) -> None:
        self._memory.remove(path)
        self.on_stale(path)


def strip_query(path: str) -> str:
    """The path alone, still percent-encoded."""
    return path.partition("?")[0]
