"""What caches have still to forget, kept in a file so that a restart loses none of it."""

import logging
from collections.abc import Collection
from pathlib import Path
from typing import Final

import msgspec

from web.store.disk import write_file
from web.store.index import ALL_TAG

logger = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 500
# With more than this, all is sooner forgotten than each.
_MOST_WAITING: Final = 10_000


class Purge(msgspec.Struct, frozen=True):
    """What one message tells: the tags and paths to forget, and the cursor of the last change."""

    tags: list[str]
    paths: list[str]
    cursor: str


class _Written(msgspec.Struct, frozen=True):
    tags: list[str]
    paths: list[str]
    cursor: str


class Outbox:
    """Tags and paths in the order in which they were noted, each once."""

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else folder / "purges.json"
        # With the number of the note, so that what is noted again while it is sent stays.
        self._tags: dict[str, int] = {}
        self._paths: dict[str, int] = {}
        self._cursor = ""
        self._count = 0
        self._load()

    def __bool__(self) -> bool:
        return bool(self._tags or self._paths)

    def note(self, tags: Collection[str], paths: Collection[str], cursor: str) -> None:
        """Take in what changed; it is in the file when this returns."""
        self._count += 1
        self._cursor = cursor
        if ALL_TAG in tags or len(self._tags) + len(self._paths) > _MOST_WAITING:
            self._tags, self._paths = {ALL_TAG: self._count}, {}
        else:
            self._tags |= dict.fromkeys(sorted(tags), self._count)
            self._paths |= dict.fromkeys(sorted(paths), self._count)
        self._save()

    def get_next(self) -> tuple[Purge, int]:
        """The next message, and the number to confirm it with."""
        tags, paths = list(self._tags)[:MOST_AT_ONCE], list(self._paths)[:MOST_AT_ONCE]
        return Purge(tags, paths, self._cursor), self._count

    def confirm(self, sent: Purge, number: int) -> None:
        """Forget what was told, but for what was noted again since."""
        for names, waiting in ((sent.tags, self._tags), (sent.paths, self._paths)):
            for name in names:
                if waiting.get(name, number + 1) <= number:
                    del waiting[name]
        self._save()

    def _load(self) -> None:
        if self._file is None:
            return
        try:
            written = msgspec.json.decode(self._file.read_bytes(), type=_Written)
        except FileNotFoundError:
            return
        except (OSError, msgspec.DecodeError) as error:
            logger.error("What caches had to forget cannot be read; they forget all: %s", error)
            self._tags = {ALL_TAG: 0}
            return
        self._tags = dict.fromkeys(written.tags, 0)
        self._paths = dict.fromkeys(written.paths, 0)
        self._cursor = written.cursor

    def _save(self) -> None:
        if self._file is None:
            return
        written = _Written(list(self._tags), list(self._paths), self._cursor)
        try:
            write_file(self._file, msgspec.json.encode(written))
        except OSError as error:
            logger.error("What caches have to forget is in memory only: %s", error)
