"""A server on this machine that speaks Akismet's protocol, and remembers what it was sent."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import httpx


@dataclass
class Answer:
    """What the server says, and how."""

    text: str = "false"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0


class AkismetServer:
    """`answers` by endpoint; `requests` are pairs of endpoint and fields."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    @property
    def transport(self) -> httpx.BaseTransport:
        """Sends what is for Akismet here."""
        return _Redirected(self.port)


class _Redirected(httpx.HTTPTransport):
    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == "rest.akismet.com"
        assert request.url.scheme == "https"
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return super().handle_request(request)


@contextmanager
def run_akismet() -> Iterator[AkismetServer]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            endpoint = self.path.rpartition("/")[2]
            server.requests.append((endpoint, dict(parse_qsl(body, keep_blank_values=True))))
            answer = server.answers.get(endpoint, Answer())
            time.sleep(answer.seconds)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.text.encode())))
                self.end_headers()
                self.wfile.write(answer.text.encode())
            except OSError:
                return  # Whoever asked has given up.

        def log_message(self, *_args: Any) -> None:
            """The tests' output is not for this."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = AkismetServer(listening.server_address[1])
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
