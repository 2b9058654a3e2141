"""The site behind its real server, asked byte for byte."""

import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.web.content import MS_PATH
from tests.web.fake_cms import FakeCms
from tests.web.served import serve
from tests.web.test_store import wait_until
from web.asgi_bridge import encode_path

ENCODED_MS_PATH = "".join(f"%{ord(letter):02x}" if letter == "m" else letter for letter in MS_PATH)


@pytest.fixture
def storing_site(cms: FakeCms, tmp_path: Path) -> Iterator[str]:
    """The address of a site that keeps what it has made, and has made all of it."""
    cms.feed = []
    with serve(cms.origin, SITE_STORE_DIR=str(tmp_path / "store")) as address:
        # Pictures come last.
        wait_until(lambda: {"/media/room.svg", "/media/room.webp"} <= {*cms.requests})
        yield address


def exchange(address: str, request: bytes, *, is_cut: bool = False) -> tuple[HTTPResponse, bytes]:
    """What the server answers to `request`; with `is_cut` nothing follows that is announced."""
    parts = urlsplit(address)
    with socket.create_connection(("127.0.0.1", parts.port or 80), timeout=10) as connection:
        connection.sendall(request)
        if is_cut:
            connection.shutdown(socket.SHUT_WR)
        method = request.split(b" ", 1)[0].decode()
        response = HTTPResponse(connection, method=method)
        response.begin()
        return response, response.read()


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    given = {"Host": "localhost", "Connection": "close", **headers}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {given[name]}" for name in given)]
    return exchange(address, "\r\n".join([*lines, "", ""]).encode())


# What is ready


def test_ready_page__by_get_and_head__says_the_same(storing_site: str, cms: FakeCms) -> None:
    made, body = ask(storing_site, MS_PATH)
    cms.requests.clear()
    got, same = ask(storing_site, MS_PATH)
    head, nothing = ask(storing_site, MS_PATH, "HEAD")

    assert (got.status, same) == (200, body)
    assert (head.status, nothing) == (200, b"")
    assert got.headers["Content-Length"] == head.headers["Content-Length"] == str(len(body))
    for name in ("Content-Type", "ETag", "Content-Security-Policy", "Cache-Control"):
        assert made.headers[name] == got.headers[name] == head.headers[name] is not None
    assert not any("resolve" in request for request in cms.requests)


def test_ready_page__that_the_browser_has__is_not_sent_again(
    storing_site: str, cms: FakeCms
) -> None:
    made, _body = ask(storing_site, MS_PATH)
    etag = made.headers["ETag"]
    again, nothing = ask(storing_site, MS_PATH, **{"If-None-Match": etag})
    assert (again.status, nothing, again.headers["ETag"]) == (304, b"", etag)


def test_ready_page__by_another_encoding_of_its_path__is_the_same(
    storing_site: str, cms: FakeCms
) -> None:
    assert ENCODED_MS_PATH != MS_PATH
    _made, body = ask(storing_site, MS_PATH)
    cms.requests.clear()
    assert ask(storing_site, ENCODED_MS_PATH)[1] == body
    assert not any("resolve" in request for request in cms.requests)


# Odd requests


@pytest.mark.parametrize(
    "path", [b"/..", b"/%2e%2e/", b"/%00", b"/%ff", b"/" + b"a" * 5000, b"/caf\xc3\xa9/", b"/a%"]
)
def test_path__of_odd_bytes__is_answered(served_site: str, cms: FakeCms, path: bytes) -> None:
    request = b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert exchange(served_site, request)[0].status in {301, 400, 404}


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        (b"GET / HTTP/1.1", b"Host: localhost\r\nX-Odd: \xff\xfe", 200),
        (b"GET / HTTP/1.1", b"Host: \xff", 200),
        (b"GET / HTTP/1.1", b"Host: localhost\r\nAccept-Encoding: \xff", 200),
        (b"GET http://other.example/ HTTP/1.1", b"Host: localhost", 200),
        (b"GET / HTTP/1.0", b"X: y", 200),
        (b"OPTIONS * HTTP/1.1", b"Host: localhost", 404),
        (b"BREW / HTTP/1.1", b"Host: localhost", 405),
        (b"GET /?q=\xff HTTP/1.1", b"Host: localhost", 400),
    ],
)
def test_request__odd__is_answered(
    served_site: str, cms: FakeCms, line: bytes, headers: bytes, status: int
) -> None:
    request = line + b"\r\n" + headers + b"\r\nConnection: close\r\n\r\n"
    assert exchange(served_site, request)[0].status == status


def test_form__cut_short__is_refused_and_not_passed_on(served_site: str, cms: FakeCms) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nAnn\r\n'
    head = (
        "POST /responses/10/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body) + 100}\r\n"
    )
    response, page = exchange(served_site, head.encode() + b"\r\n" + body, is_cut=True)
    assert response.status == 400
    assert b"did not arrive whole" in page


def test_encode_path__of_what_browsers_send__gives_it_back() -> None:
    for path in (MS_PATH, "/caf%C3%A9/", "/a%25b/", "/a%3Fb%23c/", "/it's~(so)!$&*+,;=:@/", "/%00"):
        assert encode_path(unquote(path)) == path
