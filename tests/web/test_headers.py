"""Security headers, caching and compression."""

import re

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import SiteClient


def read_policy(header: str) -> dict[str, str]:
    directives = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _, value in directives}


@pytest.mark.parametrize(
    "path", ["/", content.MS_PATH, "/nowhere/", "/healthz", "/static/none", "/robots.txt", "/old/"]
)
def test_policy__every_answer__allows_nothing_inline_and_no_frame(
    site: SiteClient, cms: FakeCms, path: str
) -> None:
    headers = site.get(path).headers
    assert read_policy(headers["content-security-policy"]) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' {cms.origin}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_policy__styleguide__may_be_framed_by_the_cms_alone(site: SiteClient, cms: FakeCms) -> None:
    headers = site.get("/styleguide/blocks/symptoms/").headers
    policy = read_policy(headers["content-security-policy"])
    assert policy["frame-ancestors"] == cms.origin
    assert "x-frame-options" not in headers


def test_policy__unforeseen_error__has_it_too(
    site: SiteClient, cms: FakeCms, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def fail(_blocks: object) -> None:
        seen.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr("web.page_answers.place_blocks", fail)
    with pytest.raises(ZeroDivisionError):
        site.get("/")
    assert seen


def iterate_addresses(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/(?:static/|theme-)[^"]+)"', html)


def test_static__named_in_a_page__is_kept_for_a_year_and_compressed(site: SiteClient) -> None:
    addresses = iterate_addresses(site.get(content.MS_PATH).text)
    assert any("/theme-" in address for address in addresses)
    for address in addresses:
        answer = site.get(address, {"Accept-Encoding": "gzip, br"})
        assert answer.status == 200, address
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        if address.endswith((".css", ".js")):
            assert answer.headers["content-encoding"] == "gzip"
            assert answer.body == site.get(address).sent


def test_static__fonts_in_the_style_sheet__are_served(site: SiteClient) -> None:
    page = site.get("/").text
    address = next(found for found in iterate_addresses(page) if "/site-" in found)
    css = site.get(address).text
    fonts = re.findall(r'url\("([^"]+)"\)', css)
    assert len(fonts) == 2
    for font in fonts:
        assert site.get(font).headers["content-type"] == "font/woff2"
        assert f'href="{font}"' in page


def test_theme__of_a_moment_ago__gives_way_to_the_colours_of_now(site: SiteClient) -> None:
    answer = site.get("/theme-000000000000.css")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "--paper:#fbf7f1" in answer.text


def test_html__is_asked_for_again_and_compressed(site: SiteClient) -> None:
    answer = site.get(content.MS_PATH, {"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "set-cookie" not in answer.headers


def test_weight__condition_page__keeps_to_its_budget(site: SiteClient) -> None:
    gzip = {"Accept-Encoding": "gzip"}
    page = site.get(content.MS_PATH, gzip)
    addresses = iterate_addresses(page.text)
    sizes = {address: len(site.get(address, gzip).sent) for address in addresses}
    scripts = sum(size for address, size in sizes.items() if address.endswith(".js"))
    sheets = sum(size for address, size in sizes.items() if address.endswith(".css"))
    fonts = sum(size for address, size in sizes.items() if address.endswith(".woff2"))
    assert len(page.sent) + sheets + scripts <= 45_000
    assert scripts <= 8_000
    assert fonts <= 40_000
