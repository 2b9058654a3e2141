"""The site in this process: its ASGI application on a loop of its own, asked without a network."""

import asyncio
import gzip
import json
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import unquote, urlsplit

import brotli
from starlette.applications import Starlette
from starlette.types import ASGIApp

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


class SiteClient:
    """Asks the application as a server would, with the path's own bytes.

    `served` is what the server calls, where that is more than the application.
    """

    def __init__(self, app: Starlette, loop: LoopThread, served: ASGIApp | None = None) -> None:
        self.app = app
        self._served = served or app
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
        raw_path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(raw_path, errors="replace"),
            "raw_path": raw_path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": [
                (name.lower().encode(), value.encode())
                for name, value in {"host": "localhost:3150", **headers}.items()
            ],
            "server": ("localhost", 3150),
            "client": ("127.0.0.1", 50000),
        }
        messages: list[dict[str, Any]] = []
        half = len(body) // 2
        parts = [body[:half], body[half:]]

        async def receive() -> dict[str, Any]:
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            messages.append(message)
            if seen is not None and message["type"] == "http.response.start":
                seen.append(_read_headers(message))

        await self._served(scope, receive, send)
        return Answer(
            status=messages[0]["status"],
            headers=_read_headers(messages[0]),
            sent=b"".join(message.get("body", b"") for message in messages[1:]),
        )


def _read_headers(message: Mapping[str, Any]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in message["headers"]}


def path_of(address: str) -> str:
    """The path of a full address."""
    return urlsplit(address).path
