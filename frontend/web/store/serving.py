"""Stored answers straight from memory: the outermost layer of the application.

A page that is ready costs a look-up and two messages to the server. Everything else (drafts, forms,
what is not ready) is the application's.
"""

from dataclasses import dataclass
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from web.config import Settings
from web.security import set_security_headers
from web.store.encodings import IDENTITY, choose_encodings
from web.store.entries import Bodies, Entry
from web.store.page_store import Stored
from web.tokens import PARAMETER

Header = tuple[bytes, bytes]

VERSION_HEADER: Final = "X-Content-Version"
# A browser asks again each time, and mostly hears "not changed".
_CACHED_BRIEFLY: Final = "public, max-age=0, must-revalidate"
KEPT_BY_CDNS: Final = "public, max-age=86400"
_DRAFT: Final = PARAMETER.encode()


@dataclass
class Hit:
    """An answer as the server is told it, in every encoding that there is."""

    entry: Entry
    bodies: Bodies
    status: int
    headers: dict[str, list[Header]]
    not_modified: list[Header]
    etag: bytes

    def choose(self, encodings: tuple[str, ...]) -> tuple[list[Header], bytes]:
        """The headers and the bytes in the first of `encodings` that there is."""
        encoding, body = self.bodies.choose(encodings)
        return self.headers[encoding], body


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
        encoding: _write(
            {**common, "Content-Encoding": encoding, "Content-Length": str(len(body))}, settings
        )
        for encoding, body in bodies.by_encoding.items()
        if encoding != IDENTITY
    }
    headers[IDENTITY] = _write({**common, "Content-Length": str(len(bodies.get_plain()))}, settings)
    return Hit(
        entry=entry,
        bodies=bodies,
        status=entry.status,
        headers=headers,
        not_modified=_write(common, settings),
        etag=etag.encode(),
    )


async def send_hit(hit: Hit, scope: Scope, send: Send) -> None:
    """Answer the request of `scope`, a GET or HEAD, with `hit`."""
    accepted = known = b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = value
        elif name == b"if-none-match":
            known = value
    if known and hit.status == 200 and (hit.etag in known or known == b"*"):
        await send({"type": "http.response.start", "status": 304, "headers": hit.not_modified})
        await send({"type": "http.response.body", "body": b""})
        return
    headers, body = hit.choose(choose_encodings(accepted.decode("latin-1")))
    if scope["method"] == "HEAD":
        body = b""
    await send({"type": "http.response.start", "status": hit.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class HitServer:
    """Answers what is ready; passes everything else to `app`."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._hits: dict[bytes, Hit] = {}

    def note_ready(self, stored: Stored) -> None:
        """Serve an answer from now on."""
        self._hits[stored.entry.path.encode()] = build_hit(stored, self._settings)

    def note_stale(self, path: str) -> None:
        """Serve the answer at `path` no more."""
        self._hits.pop(path.encode(), None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        hit = self._find_or_none(scope) if scope["type"] == "http" else None
        if hit is None:
            await self._app(scope, receive, send)
            return
        hit.entry.visit()
        await send_hit(hit, scope, send)

    def _find_or_none(self, scope: Scope) -> Hit | None:
        hit = self._hits.get(scope["raw_path"])
        if hit is None or scope["method"] not in ("GET", "HEAD"):
            return None
        query = scope["query_string"]
        # A page is the same with any query but a draft's; what is no page may depend on it.
        if query and (hit.status != 200 or _DRAFT in query or b"%" in query):
            return None
        return hit


def _write(headers: dict[str, str], settings: Settings) -> list[Header]:
    written = MutableHeaders(headers)
    # No path of a stored answer is one that may be framed, or that has a draft.
    set_security_headers(written, settings, {"path": "/", "query_string": b""})
    return written.raw
