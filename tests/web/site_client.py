"""The site in this process, on a loop of its own, asked as its server would, without a network."""

import asyncio
import gzip
import json
import threading
from collections.abc import AsyncIterator, Coroutine, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import unquote, urlsplit

import brotli
from starlette.applications import Starlette

from web.server import SiteServer

T = TypeVar("T")


class LoopThread:
    """An event loop in a thread, so that tests stay plain functions."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which runs on the loop."""
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(timeout=30)


@dataclass(frozen=True)
class Answer:
    """What the site answered; `sent` are the bytes as they went out."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        encoding = self.headers.get("content-encoding")
        if encoding == "br":
            return bytes(brotli.decompress(self.sent))
        return gzip.decompress(self.sent) if encoding == "gzip" else self.sent

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Request:
    """A request as the server hands it over."""

    method: str
    path: str
    query_string: str
    headers: dict[str, str]
    http_version: str = "1.1"
    scheme: str = "http"
    authority: str | None = None
    server: str = "127.0.0.1:3150"
    client: str = "127.0.0.1:50000"


@dataclass
class Exchange:
    """The body of a request, in two parts, and what came back."""

    body: bytes
    answers: list[Answer] = field(default_factory=list)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        half = len(self.body) // 2
        yield self.body[:half]
        yield self.body[half:]

    async def client_disconnect(self) -> None:
        """The client stays."""
        await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Note an answer."""
        read = {name.lower(): value for name, value in headers}
        self.answers.append(Answer(status, read, body))


class SiteClient:
    """Asks the site for paths as a browser would send them, percent-encoded."""

    def __init__(self, app: Starlette, loop: LoopThread) -> None:
        self.app = app
        self._server = SiteServer(app)
        self._loop = loop
        self._lifespan = app.router.lifespan_context(app)

    def __enter__(self) -> Self:
        self._loop.run(self._lifespan.__aenter__())
        return self

    def __exit__(self, *_exception: object) -> None:
        self._loop.run(self._lifespan.__aexit__(None, None, None))

    def get(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        seen: list[dict[str, str]] | None = None,
    ) -> Answer:
        """The answer for `address`, a path with its query as a browser would send it.

        `seen` gets the headers of an answer that ends in an error, as the server would see it.
        """
        return self._loop.run(self._ask(address, dict(headers or {}), method, seen))

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to a `body` sent to `address`, in two parts."""
        return self._loop.run(self._ask(address, dict(headers), "POST", body=body))

    async def _ask(
        self,
        address: str,
        headers: dict[str, str],
        method: str,
        seen: list[dict[str, str]] | None = None,
        body: bytes = b"",
    ) -> Answer:
        path, _, query = address.partition("?")
        asked = {"host": "localhost:3150", **{name.lower(): headers[name] for name in headers}}
        exchange = Exchange(body)
        try:
            await self._server.__rsgi__(
                Request(method, unquote(path, errors="replace"), query, asked), exchange
            )
        finally:
            if seen is not None:
                seen.extend(answer.headers for answer in exchange.answers)
        (answer,) = exchange.answers
        return answer


def path_of(address: str) -> str:
    """The path of a full address."""
    return urlsplit(address).path
