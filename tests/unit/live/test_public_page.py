"""Asking the public address, at a real server that behaves and misbehaves."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cms.live.public_page import (
    NoAnswerError,
    NoAnswerInTimeError,
    PublicAnswer,
    fetch_public_answer,
)


class _Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        if self.path == "/slow/":
            self._drip()
            return
        if self.path == "/endless/":
            self._send(200, {"X-Content-Version": "v1"})
            self._pour()
            return
        if self.path.startswith("/to/"):
            self._send(301, {"Location": self.path[3:], "Set-Cookie": "a=b"})
            return
        if self.path == "/circle/":
            self._send(302, {"Location": "/circle/"})
            return
        if self.path == "/away/":
            self._send(302, {"Location": "http://127.0.0.1:1/elsewhere/"})
            return
        if self.path == "/plain/":
            self._send(200, {})
            return
        self._send(200, {"X-Content-Version": "v1"})

    def _send(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self) -> None:
        # A byte now and then: no single wait is long.
        try:
            for character in b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"b" * 100:
                self.wfile.write(bytes([character]))
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def _pour(self) -> None:
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def asked(settings: Any) -> Iterator[list[tuple[str, dict[str, str]]]]:
    """What the site was asked; SITE_URL is where it listens."""
    requests: list[tuple[str, dict[str, str]]] = []
    handler = type("Handler", (_Handler,), {"asked": requests})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield requests
        server.shutdown()


def test_fetch__a_page_with_its_version__is_read(asked: list[Any]) -> None:
    assert fetch_public_answer("/about/", 5) == PublicAnswer(200, "v1")
    assert [path for path, _ in asked] == ["/about/"]


def test_fetch__a_page_that_names_no_version__has_none(asked: list[Any]) -> None:
    assert fetch_public_answer("/plain/", 5) == PublicAnswer(200, "")


def test_fetch__a_redirect_within_the_site__is_followed_without_cookies(asked: list[Any]) -> None:
    assert fetch_public_answer("/to/about/", 5) == PublicAnswer(200, "v1")
    assert not any("Cookie" in headers for _, headers in asked)


def test_fetch__a_redirect_to_another_host__is_not_followed(asked: list[Any]) -> None:
    assert fetch_public_answer("/away/", 5) == PublicAnswer(302, "")


def test_fetch__redirects_in_a_circle__come_to_an_end(asked: list[Any]) -> None:
    assert fetch_public_answer("/circle/", 5).status == 302
    assert len(asked) == 3


def test_fetch__a_body_without_end__is_not_read(asked: list[Any]) -> None:
    started = time.monotonic()

    assert fetch_public_answer("/endless/", 5) == PublicAnswer(200, "v1")
    assert time.monotonic() - started < 2


def test_fetch__a_server_that_sends_a_byte_now_and_then__is_left_in_time(asked: list[Any]) -> None:
    started = time.monotonic()

    with pytest.raises(NoAnswerInTimeError):
        fetch_public_answer("/slow/", 0.5)
    assert time.monotonic() - started < 2


def test_fetch__nobody_listens__says_so(settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.SITE_URL = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(NoAnswerError):
            fetch_public_answer("/about/", 2)
