"""Stored answers ready to be sent: everything about them that is the same for every request."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders

from web.config import Settings
from web.security import set_security_headers
from web.store.encodings import IDENTITY, choose_encodings
from web.store.entries import Bodies, Entry
from web.store.page_store import Stored
from web.tokens import PARAMETER

Headers = list[tuple[str, str]]

VERSION_HEADER: Final = "X-Content-Version"
# A browser asks again each time, and mostly hears "not changed".
_CACHED_BRIEFLY: Final = "public, max-age=0, must-revalidate"
KEPT_BY_CDNS: Final = "public, max-age=86400"
METHODS: Final = ("GET", "HEAD")


@dataclass
class Hit:
    """An answer as the server is told it, in every encoding that there is."""

    entry: Entry
    bodies: Bodies
    status: int
    headers: dict[str, Headers]
    not_modified: Headers
    etag: str

    def answer(self, method: str, accepted: str, known: str) -> tuple[int, Headers, bytes]:
        """What to send to a GET or HEAD with this `Accept-Encoding` and `If-None-Match`."""
        if known and self.status == 200 and (self.etag in known or known == "*"):
            return 304, self.not_modified, b""
        encoding, body = self.bodies.choose(choose_encodings(accepted))
        headers = self.headers[encoding]
        if method == "HEAD":
            # Else the server says so itself.
            return self.status, [*headers, ("Content-Length", str(len(body)))], b""
        return self.status, headers, body


def build_hit(stored: Stored, settings: Settings) -> Hit:
    """A stored answer with everything that goes before its bytes."""
    entry, bodies = stored.entry, stored.bodies
    etag = f'W/"{entry.etag}"'
    common = {
        **dict(entry.headers),
        "Cache-Control": _CACHED_BRIEFLY,
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    if settings.purge_url and entry.is_page and entry.is_fresh:
        # Only caches that are told what to forget may keep it; a browser is not. Of what is old
        # already they have been told, and would not be told again. Paths at which no page is are
        # too many to note, and so to name when a page comes.
        common |= {
            "Cache-Tag": ",".join(sorted(entry.tags)),
            "CDN-Cache-Control": KEPT_BY_CDNS,
        }
    if entry.version:
        common[VERSION_HEADER] = entry.version
    headers = {
        encoding: _write({**common, "Content-Encoding": encoding}, settings)
        for encoding in bodies.by_encoding
        if encoding != IDENTITY
    }
    headers[IDENTITY] = plain = _write(common, settings)
    return Hit(
        entry=entry,
        bodies=bodies,
        status=entry.status,
        headers=headers,
        not_modified=plain,
        etag=etag,
    )


class Hits:
    """The answers that are ready, by their decoded path."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._hits: dict[str, Hit] = {}

    def note_ready(self, stored: Stored) -> None:
        """Serve an answer from now on."""
        self._hits[unquote(stored.entry.path)] = build_hit(stored, self._settings)

    def note_stale(self, path: str) -> None:
        """Serve the answer at `path`, which is percent-encoded, no more."""
        self._hits.pop(unquote(path), None)

    def find_or_none(self, method: str, path: str, query: str) -> Hit | None:
        """What answers this request, if it is ready."""
        hit = self._hits.get(path)
        if hit is None or method not in METHODS:
            return None
        # A page is the same with any query but a draft's; what is no page may depend on it.
        if query and (hit.status != 200 or PARAMETER in query or "%" in query):
            return None
        hit.entry.visit()
        return hit


def _write(headers: dict[str, str], settings: Settings) -> Headers:
    written = MutableHeaders(headers)
    # No path of a stored answer is one that may be framed, or that has a draft.
    set_security_headers(written, settings, {"path": "/", "query_string": b""})
    return written.items()
