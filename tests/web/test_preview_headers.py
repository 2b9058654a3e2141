"""What answers an address with a token: kept and found by nobody, framed by the CMS alone."""

import pytest

from tests.web import content
from tests.web.draft_content import BRANDING, EDITOR, ENDED, SHARED, UNKNOWN, address
from tests.web.fake_cms import FakeCms
from tests.web.site_client import SiteClient
from tests.web.test_headers import read_policy

MS = content.MS_PATH
BAR = '<template id="wagtail-userbar-template"></template><wagtail-userbar></wagtail-userbar>'
ADDRESSES = [
    address(MS, SHARED),
    address(MS, EDITOR, "&in_preview_panel=true"),
    address("/", BRANDING),
    address("/elsewhere/", SHARED),
    address(MS, ENDED),
    address(MS, UNKNOWN),
    f"{MS}?preview=",
    "/search/?q=ms&preview=x",
    "/healthz?preview=x",
    "/static/none?preview",
    "/styleguide/blocks/faq/?%70review=x",
]


def assert_preview_headers(headers: dict[str, str], cms: FakeCms, files: str = "") -> None:
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    for name in ("etag", "x-frame-options", "cross-origin-opener-policy", "set-cookie"):
        assert name not in headers
    assert read_policy(headers["content-security-policy"]) == {
        "default-src": "'none'",
        "script-src": f"'self'{files}",
        "style-src": f"'self'{files}",
        "img-src": f"'self' {cms.origin}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": cms.origin,
    }


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_headers__of_every_answer__keep_the_draft_to_whoever_has_the_link(
    site: SiteClient, cms: FakeCms, path: str, method: str
) -> None:
    assert_preview_headers(site.get(path, method=method).headers, cms)


@pytest.mark.parametrize("fault", ["500", "garbage"])
def test_headers__cms_away__are_the_same(site: SiteClient, cms: FakeCms, fault: str) -> None:
    cms.fault = fault
    answer = site.get(address(MS, SHARED))
    assert answer.status == 503
    assert_preview_headers(answer.headers, cms)


def test_headers__known_to_the_browser__is_sent_again(site: SiteClient, cms: FakeCms) -> None:
    etag = site.get(MS).headers["etag"]
    for path in (address(MS, SHARED), address(MS, UNKNOWN)):
        answer = site.get(path, {"If-None-Match": f"{etag}, *"})
        assert answer.status in {200, 404}
        assert_preview_headers(answer.headers, cms)


def test_headers__user_bar__may_load_the_files_of_the_cms(site: SiteClient, cms: FakeCms) -> None:
    cms.previews[EDITOR]["userbar"] = BAR
    answer = site.get(address(MS, EDITOR))
    assert_preview_headers(answer.headers, cms, f" {cms.origin}")
    # Right before the end, so that what it checks is there.
    assert BAR in answer.text
    assert answer.text.partition(BAR)[2].split() == ["</body>", "</html>"]


def test_headers__without_a_user_bar__load_nothing_of_the_cms(
    site: SiteClient, cms: FakeCms
) -> None:
    assert_preview_headers(site.get(address(MS, SHARED)).headers, cms)


def test_headers__unforeseen_error__keep_the_draft_too(
    site: SiteClient, cms: FakeCms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server turns it into a 500; the page for it is written outside the middleware."""
    answered: list[dict[str, str]] = []

    def fail(_blocks: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("web.page_answers.place_blocks", fail)
    with pytest.raises(ZeroDivisionError):
        site.get(address(MS, SHARED), seen=answered)
    (headers,) = answered
    assert_preview_headers(headers, cms)


@pytest.mark.parametrize("path", ["/", MS, "/nowhere/", f"{MS}?in_preview_panel=true"])
def test_headers__live_page__may_be_framed_by_nobody(site: SiteClient, path: str) -> None:
    headers = site.get(path).headers
    assert headers["x-frame-options"] == "DENY"
    assert "x-robots-tag" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
