"""Whose word counts for a reader's address: that of a listed proxy alone."""

import urllib.request

import pytest

from tests.web.comment_content import FORM
from tests.web.content import MS_PATH
from tests.web.fake_cms import FakeCms
from tests.web.served import serve
from tests.web.test_comment_form import BOUNDARY, encode
from web.rendering.comment_form import FIELD_NAMES


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
    with serve(cms.origin, TRUSTED_PROXIES=trusted, SITE_KEY="k" * 40) as address:
        request = urllib.request.Request(
            f"{address}{FORM}?part=form", encode(fields), headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 201
    assert cms.headers[-1]["X-Reader-Address"] == reader
