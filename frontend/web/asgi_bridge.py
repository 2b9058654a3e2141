"""Hands a request that came by RSGI to an application that speaks ASGI.

RSGI is granian's own interface (https://github.com/emmett-framework/granian, docs/spec/RSGI.md).
"""

from collections.abc import AsyncIterator
from typing import Final, Protocol
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Scope

# What RFC 3986 lets stand in a path as it is, beside letters, digits and "-._~".
_PLAIN_IN_PATHS: Final = "/!$&'()*+,;=:@"


class RsgiHeaders(Protocol):
    """The headers of a request; names in lower case."""

    def get(self, key: str, default: str = "") -> str:
        """The value of a header, the first if there are several."""

    def items(self) -> list[tuple[str, str]]:
        """All of them."""


class RsgiScope(Protocol):
    """A request without its body. `path` is decoded, `query_string` is not."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> RsgiHeaders:
        """The headers of the request."""


class RsgiProtocol(Protocol):
    """The body of a request, in parts, and the way back."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def client_disconnect(self) -> None:
        """Wait until the client is gone."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer, once."""


async def answer_by_asgi(app: ASGIApp, scope: RsgiScope, protocol: RsgiProtocol) -> None:
    """Have `app` answer. The answer goes out as a whole: nothing here streams."""
    answer = _Answer(protocol)
    await app(_build_scope(scope), _BodyReader(scope, protocol).receive, answer.send)


class _BodyReader:
    def __init__(self, scope: RsgiScope, protocol: RsgiProtocol) -> None:
        self._protocol = protocol
        # A generator: granian's own iterator brings the interpreter down in `anext(…, None)`.
        self._parts = (part async for part in protocol)
        self._is_read = False
        length = scope.headers.get("content-length", "")
        # Longer numbers are nobody's body, and `int` refuses the longest.
        self._missing = int(length[:18]) if length.isascii() and length.isdecimal() else 0

    async def receive(self) -> Message:
        """The next part of the body, or that the client is gone."""
        if self._is_read:
            await self._protocol.client_disconnect()
            return {"type": "http.disconnect"}
        part = await anext(self._parts, None)
        if part is not None:
            self._missing -= len(part)
            return {"type": "http.request", "body": part, "more_body": True}
        self._is_read = True
        if self._missing > 0:
            # RSGI ends a body that broke off like one that is complete.
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}


class _Answer:
    def __init__(self, protocol: RsgiProtocol) -> None:
        self._protocol = protocol
        self._start: Message = {}
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Take a part of the answer; with the last one, it goes out."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in self._start["headers"]
            ]
            self._protocol.response_bytes(self._start["status"], headers, bytes(self._body))


def encode_path(path: str) -> str:
    """A decoded path as addresses have it: what a browser would send for it."""
    return quote(path, safe=_PLAIN_IN_PATHS)


def _build_scope(scope: RsgiScope) -> Scope:
    headers = scope.headers.items()
    if scope.authority is not None and not scope.headers.get("host", ""):
        # What HTTP/2 has instead of "Host".
        headers = [("host", scope.authority), *headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": scope.http_version,
        "method": scope.method,
        "scheme": scope.scheme,
        "path": scope.path,
        "raw_path": encode_path(scope.path).encode(),
        "query_string": scope.query_string.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "server": _split_address(scope.server),
        "client": _split_address(scope.client),
    }


def _split_address(address: str) -> tuple[str, int | None]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port) if port.isdigit() else None
