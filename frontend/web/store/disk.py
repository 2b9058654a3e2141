"""Pages as files, so that a site that starts again has what it had.

A file holds one page and a checksum. One that is cut short, was changed, or is of another release
of this site is dropped. A disk that is full or cannot be written to is no reason to fail: the pages
are in memory then.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from web.store.entries import Bodies, Entry

logger = logging.getLogger(__name__)

_SUFFIX: Final = ".page"
# Of files that are being written; they are renamed when they are whole.
_NEW: Final = ".new-"
_CHECKSUM_BYTES: Final = 32


class _StoredPage(msgspec.Struct, frozen=True, array_like=True):
    fingerprint: str
    path: str
    headers: tuple[tuple[str, str], ...]
    etag: str
    tags: tuple[str, ...]
    version: str
    pictures: tuple[str, ...]
    site_digest: str
    bodies: dict[str, bytes]


class DiskStore:
    """The files below `folder`, none where there is no folder.

    `fingerprint` names the release that writes and reads them.
    """

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        self._is_on = folder is not None
        self._folder = (folder or Path()) / "pages"
        self._fingerprint = fingerprint
        # Paths whose files are older than what was made since, and could not be removed.
        self._outdated: set[str] = set()
        self.problem = ""
        """Why nothing can be written at the moment; "" where it can."""

    def save(self, entry: Entry, bodies: Bodies) -> None:
        """Write a page, wholly or not at all; a failure is logged once."""
        if not self._is_on:
            return
        stored = _StoredPage(
            fingerprint=self._fingerprint,
            path=entry.path,
            headers=entry.headers,
            etag=entry.etag,
            tags=tuple(sorted(entry.tags)),
            version=entry.version,
            pictures=entry.pictures,
            site_digest=entry.site_digest,
            bodies=dict(bodies.by_encoding),
        )
        content = msgspec.msgpack.encode(stored)
        try:
            write_file(self._find_file(entry.path), hashlib.sha256(content).digest() + content)
        except OSError as error:
            self._note_problem(error)
            # After a restart, the page as it was before would be taken for the latest.
            self.remove(entry.path)
        else:
            self.problem = ""
            self._outdated.discard(entry.path)

    def load_or_none(self, entry: Entry) -> Bodies | None:
        """The bytes of `entry`; None where they cannot be read, or are those of another version."""
        stored = self._read_or_none(self._find_file(entry.path)) if self._is_on else None
        if stored is None or (stored.path, stored.etag) != (entry.path, entry.etag):
            return None
        return Bodies(stored.bodies)

    def remove(self, path: str) -> None:
        """Forget the page at `path`."""
        if not self._is_on:
            return
        try:
            self._find_file(path).unlink(missing_ok=True)
        except OSError as error:
            self._note_problem(error)
            self._outdated.add(path)
        else:
            self._outdated.discard(path)

    def is_outdated(self) -> bool:
        """Whether there are still files that an earlier failure has left as they were before."""
        for path in sorted(self._outdated):
            self.remove(path)
        return bool(self._outdated)

    def iterate_entries(self) -> Iterator[Entry]:
        """Every page that can be read; what cannot is removed."""
        for file in sorted(self._folder.glob(f"*/*{_SUFFIX}")) if self._is_on else ():
            stored = self._read_or_none(file)
            if stored is None or self._find_file(stored.path) != file:
                self._drop(file)
                continue
            yield Entry(
                path=stored.path,
                status=200,
                headers=stored.headers,
                etag=stored.etag,
                tags=frozenset(stored.tags),
                version=stored.version,
                pictures=stored.pictures,
                site_digest=stored.site_digest,
            )

    def remove_halves(self) -> None:
        """Delete what an earlier process was writing when it was killed.

        The pictures, and how far the store is, are in the same folder.
        """
        for file in self._folder.parent.rglob(f"{_NEW}*") if self._is_on else ():
            self._drop(file)

    def _find_file(self, path: str) -> Path:
        name = hashlib.sha256(path.encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:40]}{_SUFFIX}"

    def _read_or_none(self, file: Path) -> _StoredPage | None:
        try:
            written = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._note_problem(error)
            return None
        checksum, content = written[:_CHECKSUM_BYTES], written[_CHECKSUM_BYTES:]
        if hashlib.sha256(content).digest() != checksum:
            logger.warning("A stored page is damaged and is made anew: %s", file.name)
            return None
        try:
            stored = msgspec.msgpack.decode(content, type=_StoredPage)
        except msgspec.DecodeError:
            return None
        return stored if stored.fingerprint == self._fingerprint else None

    def _drop(self, file: Path) -> None:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            self._note_problem(error)

    def _note_problem(self, error: OSError) -> None:
        problem = error.strerror or type(error).__name__
        if problem != self.problem:
            logger.error("The page store on disk cannot be used (%s); memory goes on", problem)
        self.problem = problem


def write_file(file: Path, content: bytes) -> None:
    """Write a file so that nobody ever reads half of it. Raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=_NEW)
    try:
        with os.fdopen(descriptor, "wb") as output:
            output.write(content)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
