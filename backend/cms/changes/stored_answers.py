"""Answers of the API, kept in memory until the feed names something that they were made from.

Each process has its own. It reads the feed when it has not for a second, and at once for a caller
that has seen a change which this process has not.
"""

import hashlib
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from cms.changes.cursors import Cursor
from cms.changes.feed import ChangeSet, fetch_changes, get_position
from cms.changes.recording import ALL

# For how long an answer may be old for a caller that has seen no change.
LONGEST_LAG_SECONDS: Final = 1.0
# Steps in the feed that are remembered for answers which were being built meanwhile.
_REMEMBERED: Final = 200
# What Python itself needs for an answer, and for each of its tags.
_BYTES_PER_ANSWER: Final = 900
_BYTES_PER_TAG: Final = 130


@dataclass(frozen=True)
class StoredAnswer:
    """The bytes of an answer, and the tags of what they were made from."""

    body: bytes
    etag: str
    tags: frozenset[str]
    cache_tag: str

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, roughly."""
        of_tags = _BYTES_PER_TAG * len(self.tags) + len(self.cache_tag)
        return len(self.body) + _BYTES_PER_ANSWER + of_tags


def build_stored_answer(body: bytes, tags: Iterable[str]) -> StoredAnswer:
    """An answer as it is kept and sent."""
    known = frozenset(tags)
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return StoredAnswer(body, etag, known, ",".join(sorted(known)))


class StoredAnswers:
    """The answers of one process, the least recently used of which give way."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._answers: OrderedDict[str, StoredAnswer] = OrderedDict()
        self._bytes = 0
        self._position: Cursor | None = None
        self._read_at = 0.0
        # Each place where this was, with what has changed since the one before.
        self._lately: deque[tuple[Cursor, frozenset[str]]] = deque(maxlen=_REMEMBERED)
        # Of two threads that are behind, one reads the feed and the other waits. Those that are
        # not behind wait for neither: looking an answer up takes the second lock only.
        self._reading = threading.Lock()
        self._changing = threading.Lock()

    @property
    def is_on(self) -> bool:
        """Whether any answer may be kept."""
        return self._most_bytes > 0

    @property
    def size(self) -> int:
        """How many bytes of memory the answers take, roughly."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._answers)

    def catch_up(self, seen: Cursor | None = None) -> Cursor:
        """Forget what has changed; where the feed is, which is no less than `seen`.

        Whoever has `seen` no change may be told what was so a second ago. Raises `DatabaseError`.
        """
        asked_at = time.monotonic()
        position = self._position
        if position is not None and not self._is_behind(position, seen):
            return position
        with self._reading:
            # Somebody else may have read the feed while this waited. What a caller has seen is in
            # it then, or is no change of this feed: however many ask for such, one reads at a time.
            position = self._position
            is_read = self._read_at > asked_at
            if position is None or (not is_read and self._is_behind(position, seen)):
                position = self._read_feed(position)
        return position

    def get_or_none(self, key: str) -> StoredAnswer | None:
        """The answer kept under `key`, which is used from now on."""
        with self._changing:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
        return answer

    def keep(self, key: str, answer: StoredAnswer, built_after: Cursor) -> None:
        """Keep an answer, unless something that it was made from has changed since."""
        size = _measure(key, answer)
        if size > self._most_bytes:
            return
        with self._changing:
            if not self._is_still_right(answer, built_after):
                return
            self._forget(key)
            self._answers[key] = answer
            self._bytes += size
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._answers)))

    def clear(self) -> None:
        """Forget everything, and where the feed was."""
        with self._reading, self._changing:
            self._forget_all()
            self._position = None

    def _is_behind(self, position: Cursor, seen: Cursor | None) -> bool:
        if time.monotonic() - self._read_at >= LONGEST_LAG_SECONDS:
            return True
        if seen is None or seen == position:
            return False
        # Another nonce under the same number: a restored database has given it again.
        return seen.epoch != position.epoch or seen.number >= position.number

    def _read_feed(self, position: Cursor | None) -> Cursor:
        read_at = time.monotonic()
        if position is None:
            position = get_position()
            with self._changing:
                self._position, self._read_at = position, read_at
                self._lately.append((position, frozenset()))
            return position
        has_more = True
        while has_more:
            found = fetch_changes(position)
            with self._changing:
                self._apply(found)
                position = self._position = found.cursor
            has_more = found.has_more
        self._read_at = read_at
        return position

    def _apply(self, found: ChangeSet) -> None:
        if found.start_over:
            self._forget_all()
            self._lately.append((found.cursor, frozenset()))
            return
        changed = frozenset(tag for change in found.changes for tag in change.tags)
        if found.changes:
            self._lately.append((found.cursor, changed))
        if ALL in changed:
            self._forget_answers()
        elif changed:
            touched = [
                key for key, answer in self._answers.items() if not answer.tags.isdisjoint(changed)
            ]
            for key in touched:
                self._forget(key)

    def _is_still_right(self, answer: StoredAnswer, built_after: Cursor) -> bool:
        for place, changed in reversed(self._lately):
            if place == built_after:
                return True
            if ALL in changed or not answer.tags.isdisjoint(changed):
                return False
        # What is not remembered may have named anything; a restored database counts again.
        return False

    def _forget(self, key: str) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self._bytes -= _measure(key, answer)

    def _forget_all(self) -> None:
        self._forget_answers()
        self._lately.clear()

    def _forget_answers(self) -> None:
        self._answers.clear()
        self._bytes = 0


def _measure(key: str, answer: StoredAnswer) -> int:
    return len(key) + answer.size


stored_answers: Final = StoredAnswers(settings.STORED_ANSWERS_MB * 1024 * 1024)
