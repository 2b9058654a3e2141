"""An answer as the store keeps it: what it was made from, and its bytes in every encoding."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from web.page_answers import Answer
from web.store.encodings import GZIP, IDENTITY, compress, decompress


@dataclass(frozen=True)
class Bodies:
    """The bytes of an answer. Once it is compressed, the plain ones are not kept."""

    by_encoding: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """How many bytes of memory they take."""
        return sum(map(len, self.by_encoding.values()))

    def get_plain(self) -> bytes:
        """The bytes without any encoding."""
        plain = self.by_encoding.get(IDENTITY)
        return decompress(self.by_encoding[GZIP]) if plain is None else plain

    def choose(self, encodings: tuple[str, ...]) -> tuple[str, bytes]:
        """The first of `encodings` that there is, and the bytes in it."""
        for encoding in encodings:
            body = self.by_encoding.get(encoding)
            if body is not None:
                return encoding, body
        return IDENTITY, self.get_plain()

    def compressed(self) -> "Bodies":
        """The same in the encodings that browsers take; it takes a few milliseconds."""
        plain = self.get_plain()
        found = compress(plain)
        return Bodies(found if GZIP in found else {IDENTITY: plain, **found})


@dataclass(eq=False)
class Entry:
    """An answer at `path`, which is percent-encoded and has no query.

    `site_digest` says which branding it shows. `is_fresh` ends when the feed names one of `tags`.
    """

    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    etag: str
    tags: frozenset[str]
    version: str
    pictures: tuple[str, ...]
    site_digest: str
    is_fresh: bool = True
    visited_at: float = field(default=0.0)

    @property
    def is_page(self) -> bool:
        """Whether there is something at the path; all else is not worth a file."""
        return self.status == 200

    def visit(self) -> None:
        """Note that somebody asked for it: what is visited is made anew first."""
        self.visited_at = time.monotonic()


def build_entry(path: str, answer: Answer, site_digest: str) -> Entry:
    """The entry of an answer that was made a moment ago."""
    return Entry(
        path=path,
        status=answer.status,
        headers=answer.headers,
        etag=hashlib.sha256(answer.body).hexdigest()[:20],
        tags=answer.tags,
        version=answer.version,
        pictures=answer.pictures,
        site_digest=site_digest,
    )
