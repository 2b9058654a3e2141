"""Whose word counts for a reader's address: that of a listed proxy alone."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiohttp.test_utils import unused_port

from tests.web.comment_content import FORM
from tests.web.conftest import FRONTEND, wait_until_up
from tests.web.content import MS_PATH
from tests.web.fake_cms import FakeCms
from tests.web.test_comment_form import BOUNDARY, encode
from web.rendering.comment_form import FIELD_NAMES


@contextmanager
def serve(cms: FakeCms, trusted: str) -> Iterator[str]:
    """The site as its own server runs it."""
    port = unused_port()
    environment = {"SITE_PORT": str(port), "CMS_URL": cms.origin, "SITE_KEY": "k" * 40}
    process = subprocess.Popen(
        [sys.executable, "-m", "web"],
        cwd=FRONTEND,
        env={"PATH": os.environ["PATH"], "TRUSTED_PROXIES": trusted, **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize(
    ("trusted", "reader"),
    [("", "127.0.0.1"), ("192.0.2.0/24", "127.0.0.1"), ("127.0.0.1", "198.51.100.7")],
)
def test_reader__behind_a_proxy__is_known_where_the_proxy_is_listed(
    cms: FakeCms, trusted: str, reader: str
) -> None:
    fields = {**dict.fromkeys(FIELD_NAMES, ""), "name": "Ann", "text": "x", "page_path": MS_PATH}
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    }
    with serve(cms, trusted) as address:
        request = urllib.request.Request(
            f"{address}{FORM}?part=form", encode(fields), headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 201
    assert cms.headers[-1]["X-Reader-Address"] == reader
