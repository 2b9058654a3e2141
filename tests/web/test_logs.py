"""No log of the site holds a token: not a message, not what is put into one, not a traceback."""

import io
import logging
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from aiohttp.test_utils import unused_port

from tests.web import content
from tests.web.draft_content import SHARED, address
from tests.web.served import FRONTEND, wait_until_up
from web.logs import TokenFilter, hide_tokens
from web.tokens import mask_tokens

ESCAPED = SHARED.replace(":", "%3A")


class Named:
    """Something whose words hold a token, such as a URL or an error of the HTTP client."""

    def __str__(self) -> str:
        return f"http://cms/preview/{SHARED}/"

    def __repr__(self) -> str:
        return f"<Named {ESCAPED}>"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a logger called "tokens" writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(TokenFilter())
    logger = logging.getLogger("tokens")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"/a/?preview={SHARED}&x=1", "/a/?preview=[token]&x=1"),
        (f"GET /a/?preview={ESCAPED} HTTP/1.1", "GET /a/?preview=[token] HTTP/1.1"),
        (f"{ESCAPED.lower()} {SHARED.replace(':', '%253A')}", "[token] [token]"),
        (f"preview/{SHARED}/: answered 500", "preview/[token]/: answered 500"),
        (f"{SHARED[:-10]} cut short", "[token] cut short"),
        ("/conditions/: answered 500 at 12:30", "/conditions/: answered 500 at 12:30"),
    ],
)
def test_mask__hides_tokens_and_nothing_else(text: str, masked: str) -> None:
    assert mask_tokens(text) == masked


@pytest.mark.parametrize(
    ("message", "arguments", "expected"),
    [
        (f"asked for {SHARED}", (), "asked for [token]"),
        ("asked for %s (%d)", (SHARED, 5), "asked for [token] (5)"),
        ("asked for %s", (Named(),), "asked for http://cms/preview/[token]/"),
        ("%(path)s %(status)d", ({"path": f"/?preview={ESCAPED}", "status": 200},), "[token] 200"),
        ("100% sure", (), "100% sure"),
    ],
)
def test_log__of_a_token__is_masked(
    written: io.StringIO, message: str, arguments: tuple[object, ...], expected: str
) -> None:
    logging.getLogger("tokens").info(message, *arguments)
    assert expected in written.getvalue()
    assert SHARED[40:] not in written.getvalue()


def test_log__of_an_error_that_names_a_token__is_masked(written: io.StringIO) -> None:
    try:
        raise LookupError(f"nothing at {SHARED}") from ValueError(ESCAPED)
    except LookupError as error:
        logging.getLogger("tokens").exception("It broke: %r", error, stack_info=True)
    assert "LookupError: nothing at [token]" in written.getvalue()
    assert "ValueError: [token]" in written.getvalue()
    assert "Traceback" in written.getvalue()
    assert SHARED[40:] not in written.getvalue()


def test_handlers__there_at_the_start__all_hide_tokens() -> None:
    handler = logging.StreamHandler(io.StringIO())
    logger = logging.getLogger("a.library.of.its.own")
    logger.addHandler(handler)
    try:
        hide_tokens()
        hide_tokens()
        for found in (handler, logging.lastResort, *logging.root.handlers):
            assert found is not None
            assert sum(isinstance(one, TokenFilter) for one in found.filters) == 1
    finally:
        logger.removeHandler(handler)


def test_server__cms_away__logs_no_token() -> None:
    """The HTTP client's errors name the address that it asked."""
    port = unused_port()
    site = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "web"],
        cwd=FRONTEND,
        env={
            "PATH": os.environ["PATH"],
            "SITE_PORT": str(port),
            "CMS_URL": f"http://127.0.0.1:{unused_port()}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until_up(f"{site}/healthz", process)
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(site + address(content.MS_PATH, SHARED))
    finally:
        process.terminate()
        logged, _nothing = process.communicate(timeout=10)
    assert "Answered 503" in logged
    assert "preview/[token]/" in logged
    assert SHARED[40:] not in logged
