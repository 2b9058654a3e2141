"""Which status an address gets: pages, redirects, gone, not found, and the CMS being away."""

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import LoopThread, SiteClient
from web.app import create_app
from web.config import Settings

FAULTS = [
    "500",
    "502",
    "404",
    "401",
    "429",
    "302",
    "garbage",
    "wrong-shape",
    "broken-frame",
    "slow",
]


@pytest.mark.parametrize("path", ["/", content.MS_PATH, "/conditions/", "/nowhere/"])
@pytest.mark.parametrize("fault", FAULTS)
def test_cms_away__any_page__is_back_soon(
    site: SiteClient, cms: FakeCms, fault: str, path: str
) -> None:
    cms.fault = fault
    answer = site.get(path)
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["cache-control"] == "no-store"
    assert "The guides will be back soon" in answer.text


@pytest.mark.parametrize("path", ["/search/?q=ms", "/sitemap.xml", "/conditions/letter/m/"])
def test_cms_away__what_lists__is_back_soon(site: SiteClient, cms: FakeCms, path: str) -> None:
    cms.fault = "500"
    assert site.get(path).status == 503


def test_cms_away__nobody_listens__is_back_soon(loop_thread: LoopThread) -> None:
    app = create_app(Settings(cms_internal_url="http://127.0.0.1:9", cms_timeout_seconds=1))
    with SiteClient(app, loop_thread) as site:
        assert site.get("/").status == 503
        assert site.get("/healthz").status == 200
        assert site.get("/search/").status == 200


def test_cms_away__branding__stays_as_it_was(site: SiteClient, cms: FakeCms) -> None:
    site.get("/")
    cms.fault = "500"
    answer = site.get("/")
    assert answer.status == 503
    assert "by Aaron Harris, BCTMB" in answer.text


def test_branding__broken__leaves_pages_standing(site: SiteClient, cms: FakeCms) -> None:
    cms.site = {"name": 5}
    assert site.get(content.MS_PATH).status == 200


def test_page_type__unknown__is_back_soon(site: SiteClient, cms: FakeCms) -> None:
    cms.condition["meta"]["type"] = "shop.Basket"
    assert site.get(content.MS_PATH).status == 503


def test_gone__has_its_own_page(site: SiteClient) -> None:
    answer = site.get("/gone/")
    assert answer.status == 410
    assert "has been taken down" in answer.text


def test_not_found__helps_on(site: SiteClient) -> None:
    answer = site.get("/nowhere/")
    assert answer.status == 404
    assert 'href="/conditions/"' in answer.text
    assert 'action="/search/"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/old/", 301, "/about/"),
        ("/for-now/", 302, "https://example.org/"),
        ("/conditions/multiple-sclerosis", 301, content.MS_PATH),
        ("/Conditions/Multiple-Sclerosis/", 301, content.MS_PATH),
        ("/search?q=a%20b", 301, "/search/?q=a%20b"),
        ("/search", 301, "/search/"),
    ],
)
def test_redirect__keeps_its_kind(site: SiteClient, path: str, status: int, location: str) -> None:
    answer = site.get(path)
    assert (answer.status, answer.headers["location"]) == (status, location)


@pytest.mark.parametrize("location", ["javascript:alert(1)", "//evil.example/", "/\\evil.example"])
def test_redirect__unsafe_location__leads_home(
    site: SiteClient, cms: FakeCms, location: str
) -> None:
    cms.resolutions["/old/"]["location"] = location
    assert site.get("/old/").headers["location"] == "/"


def test_redirect__to_itself__is_back_soon(site: SiteClient, cms: FakeCms) -> None:
    cms.resolutions["/old/"]["location"] = "/old/"
    assert site.get("/old/").status == 503


ODD_PATHS = [
    "/../../etc/passwd",
    "/conditions/../about/",
    "/%2e%2e/%2e%2e/",
    "/%00",
    "/conditions/%00/",
    "/%",
    "/%zz",
    "/%ff%fe",
    "/%F0%9F%8C%B8/",
    "/%EF%BF%BE",
    "/conditions//multiple-sclerosis/",
    "//example.org/",
    "/conditions/multiple-sclerosis/%3Fq=1",
    "/conditions/multiple-sclerosis/%23part",
    "/conditions/multiple-sclerosis;a=b/",
    "/" + "a" * 5000,
    "/" + "a/" * 2500,
    "/" + "%61" * 1600,
    "/static/../config.py",
    "/static/%2e%2e%2fconfig.py",
    "/static/site.css",
    "/static/",
    "/theme-.css",
    "/styleguide/blocks/..%2f..%2fapp/",
    "/styleguide/blocks/nothing/",
    "/styleguide/blocks/%00/",
    "/letter/a/",
    "/conditions/letter/%00/",
    "/conditions/letter/%23/",
    "/healthz/",
    "/\\windows",
    "/a b",
    "/conditions/multiple-sclerosis/?" + "x" * 5000,
    "/?%00=%ff&=&&&",
    "/favicon.ico",
]


@pytest.mark.parametrize("path", ODD_PATHS, ids=range(len(ODD_PATHS)))
def test_path__odd__is_answered(site: SiteClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status in {200, 301, 404}
    assert "content-security-policy" in answer.headers


def test_path__very_long__is_not_asked_about(site: SiteClient, cms: FakeCms) -> None:
    assert site.get("/" + "a" * 5000).status == 404
    assert not any("resolve" in request for request in cms.requests)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "BREW"])
def test_method__other_than_get__is_refused(site: SiteClient, method: str) -> None:
    answer = site.get("/", method=method)
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


def test_head__is_answered(site: SiteClient) -> None:
    assert site.get(content.MS_PATH, method="HEAD").status == 200
