"""Every entry of the store by its path, and which of them were made from what."""

import sys
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from web.store.entries import Bodies, Entry

# Whatever an answer was made from.
ALL_TAG: Final = "all"
# Redirects, and paths at which nothing is: anybody may ask for a million of them.
_MOST_ELSE: Final = 1000


class EntryIndex:
    """The entries: all pages, and the redirects and missing paths that were asked for last."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._else: OrderedDict[str, None] = OrderedDict()
        self._paths_by_tag: defaultdict[str, set[str]] = defaultdict(set)
        self._shown: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._entries) - len(self._else)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def get_or_none(self, path: str) -> Entry | None:
        """The entry at `path`, fresh or not."""
        return self._entries.get(path)

    def put(self, entry: Entry) -> list[Entry]:
        """Take in an entry, in the place of another; the entries that give way to it."""
        before = self.remove(entry.path)
        if before is not None:
            entry.visited_at = before.visited_at
        # The same few words stand in very many pages.
        entry.tags = frozenset(map(sys.intern, entry.tags))
        entry.pictures = tuple(map(sys.intern, entry.pictures))
        self._entries[entry.path] = entry
        for tag in entry.tags:
            self._paths_by_tag[tag].add(entry.path)
        self._shown.update(entry.pictures)
        gone = [] if before is None else [before]
        if not entry.is_page:
            self._else[entry.path] = None
            while len(self._else) > _MOST_ELSE:
                oldest = self.remove(next(iter(self._else)))
                gone += [oldest] if oldest else []
        return gone

    def remove(self, path: str) -> Entry | None:
        """Forget the entry at `path`, and answer it."""
        entry = self._entries.pop(path, None)
        self._else.pop(path, None)
        if entry is not None:
            for address in entry.pictures:
                self._shown[address] -= 1
                if not self._shown[address]:
                    del self._shown[address]
            for tag in entry.tags:
                paths = self._paths_by_tag[tag]
                paths.discard(path)
                if not paths:
                    del self._paths_by_tag[tag]
        return entry

    @property
    def shown_pictures(self) -> Collection[str]:
        """The addresses at the CMS of all pictures that some page shows."""
        return self._shown.keys()

    def find_touched(self, tags: Collection[str]) -> list[Entry]:
        """The entries that were made from one of `tags`."""
        if ALL_TAG in tags:
            return list(self)
        paths = {path for tag in tags for path in self._paths_by_tag.get(tag, ())}
        return [self._entries[path] for path in sorted(paths)]


class BodyMemory:
    """The bytes of as many entries of `index` as fit.

    The oldest give way, but for those that somebody has asked for since they were looked at.
    """

    def __init__(self, most_bytes: int, index: EntryIndex) -> None:
        self._most_bytes = most_bytes
        self._index = index
        self._looked_at: dict[str, float] = {}
        self._bodies: OrderedDict[str, Bodies] = OrderedDict()
        self.size = 0

    def get_or_none(self, path: str) -> Bodies | None:
        """The bytes of the entry at `path`, if they are in memory."""
        return self._bodies.get(path)

    def put(self, path: str, bodies: Bodies) -> list[str]:
        """Take in the bytes of an entry; the paths whose bytes have given way."""
        self.remove(path)
        self._bodies[path] = bodies
        self._looked_at[path] = time.monotonic()
        self.size += bodies.size
        gone = []
        while self.size > self._most_bytes and len(self._bodies) > 1:
            oldest = next(iter(self._bodies))
            # The new one stays, however large it is: somebody waits for it.
            if oldest == path or self._was_visited(oldest):
                self._bodies.move_to_end(oldest)
                self._looked_at[oldest] = time.monotonic()
            else:
                self.remove(oldest)
                gone.append(oldest)
        return gone

    def _was_visited(self, path: str) -> bool:
        entry = self._index.get_or_none(path)
        return entry is not None and entry.visited_at > self._looked_at[path]

    def remove(self, path: str) -> None:
        """Forget the bytes of the entry at `path`."""
        bodies = self._bodies.pop(path, None)
        self._looked_at.pop(path, None)
        if bodies is not None:
            self.size -= bodies.size
