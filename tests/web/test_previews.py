"""Drafts on the site: which status an address with a token gets, and how the page differs."""

import pytest

from tests.web import content, draft_content
from tests.web.draft_content import (
    BRANDING,
    EDITOR,
    EMPTY,
    ENDED,
    HOME,
    INDEX,
    NEVER_SAVED,
    SHARED,
    STANDARD,
    UNKNOWN,
    address,
)
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import LoopThread, SiteClient
from web.api.models import DRAFT_PAGE_TYPES
from web.app import create_app
from web.config import Settings

MS = content.MS_PATH
DRAFTS = [
    (MS, SHARED),
    (MS, EDITOR),
    (MS, EMPTY),
    ("/conditions/draft/", NEVER_SAVED),
    ("/", BRANDING),
    ("/conditions/", INDEX),
    ("/", HOME),
    ("/about/", STANDARD),
]
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
GARBAGE = [
    "",
    "x",
    SHARED[:-1],
    f"{SHARED}A",
    SHARED.replace(":", ""),
    SHARED.replace(".", ":"),
    SHARED.replace("1793000000", "1" * 12),
    "a" * 20_000,
    "%00",
    f"{SHARED}%00",
    f"{SHARED}%0A",
    f"%0A{SHARED}",
    "..%2f..%2fsite%2f",
    f"{SHARED}/../../site/",
    f"{SHARED}%2f",
    "%ff%fe",
    "caf%C3%A9",
    "%F0%9F%8C%B8",
    "<script>alert(1)</script>",
    f"{SHARED}&preview={SHARED}",
    f"&preview={SHARED}",
    f"{SHARED}&preview",
    "%",
    "%D9%A0%D9%A1",
]


def asked_for_drafts(cms: FakeCms) -> list[str]:
    return [request for request in cms.requests if "/preview/" in request]


@pytest.mark.parametrize(("path", "token"), DRAFTS)
def test_draft__of_any_page__is_drawn_soundly(site: SiteClient, path: str, token: str) -> None:
    answer = site.get(address(path, token))
    assert answer.status == 200
    assert find_html_problems(answer.text) == []
    assert answer.text.count("<main") == 1


def test_draft__of_a_page__has_what_the_live_page_has(site: SiteClient, cms: FakeCms) -> None:
    """Within <main> a complete draft and the live page do not differ in a byte.

    Responses aside: nobody can respond to a draft. And its pictures come from the CMS: what was
    never published is on no site.
    """
    cms.set_comments([], "hidden")
    live = site.get(MS).text
    draft = site.get(address(MS, SHARED)).text.replace(f"{cms.origin}/media/", "/media/")
    assert (
        draft[draft.index("<main") : draft.index("</main>")]
        == (live[live.index("<main") : live.index("</main>")])
    )


def test_draft__of_a_page__costs_one_request(site: SiteClient, cms: FakeCms) -> None:
    site.get("/")
    cms.requests.clear()
    site.get(address(MS, SHARED))
    assert cms.requests == [f"/api/v2/preview/{SHARED}/"]


def test_draft__colon_escaped__is_the_same(site: SiteClient) -> None:
    assert site.get(address(MS, SHARED.replace(":", "%3A"))).status == 200
    assert site.get(address(MS, SHARED.replace(":", "%3a"))).status == 200


def test_draft__in_the_panel__is_asked_for_as_such(site: SiteClient, cms: FakeCms) -> None:
    site.get(address(MS, EDITOR, "&in_preview_panel=true"))
    assert asked_for_drafts(cms) == [f"/api/v2/preview/{EDITOR}/?in_preview_panel=true"]
    site.get(address(MS, EDITOR, "&in_preview_panel=1"))
    assert asked_for_drafts(cms)[1:] == [f"/api/v2/preview/{EDITOR}/"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/elsewhere/",
        "/conditions/multiple-sclerosis",
        "/Conditions/Multiple-Sclerosis/",
        "/conditions/letter/m/",
        "/search/",
        "/search",
        "/styleguide/",
        "/styleguide/blocks/faq/",
        "/robots.txt",
        "/healthz",
        "/static/site.css",
        "/gone/",
        "//example.org/",
    ],
)
def test_draft__at_another_path__leads_to_its_own(site: SiteClient, path: str) -> None:
    more = "&in_preview_panel=true&x=%C3%A9"
    answer = site.get(address(path, EDITOR, more))
    assert (answer.status, answer.headers["location"]) == (302, address(MS, EDITOR, more))
    assert answer.headers["cache-control"] == "no-store"


def test_draft__path_with_other_letters__is_reached(site: SiteClient, cms: FakeCms) -> None:
    cms.previews[EDITOR]["path"] = "/café/"
    location = site.get(address("/x/", EDITOR)).headers["location"]
    assert location == address("/caf%C3%A9/", EDITOR)
    assert site.get(location).status == 200


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/a?b", "/\\evil", 5])
def test_draft__path_that_is_none__is_back_soon(
    site: SiteClient, cms: FakeCms, path: object
) -> None:
    cms.previews[EDITOR]["path"] = path
    assert site.get(address(MS, EDITOR)).status == 503


def test_index__draft__lists_the_public_conditions(site: SiteClient) -> None:
    html = site.get(address("/conditions/", INDEX)).text
    assert html.index("Amyotrophic") < html.index("Fibromyalgia") < html.index("Multiple")


@pytest.mark.parametrize("path", [MS, "/", "/nowhere/"])
def test_token__unknown__is_not_found(site: SiteClient, path: str) -> None:
    answer = site.get(address(path, UNKNOWN))
    assert answer.status == 404
    assert "This link does not work" in answer.text
    assert find_html_problems(answer.text) == []
    assert "preview=" not in answer.text
    assert "Sclerosis" not in answer.text


def test_token__ended__is_gone(site: SiteClient) -> None:
    answer = site.get(address(MS, ENDED))
    assert answer.status == 410
    assert "This link has ended" in answer.text
    assert "It expired or was withdrawn. Ask whoever sent it for a new one." in answer.text
    assert find_html_problems(answer.text) == []
    assert "preview=" not in answer.text
    assert "Sclerosis" not in answer.text


@pytest.mark.parametrize("token", GARBAGE, ids=range(len(GARBAGE)))
def test_token__that_cannot_be_one__is_not_found_without_asking(
    site: SiteClient, cms: FakeCms, token: str
) -> None:
    answer = site.get(f"{MS}?preview={token}")
    assert answer.status == 404
    assert "This link does not work" in answer.text
    assert asked_for_drafts(cms) == []


def test_token__without_an_equals_sign__is_not_found(site: SiteClient) -> None:
    assert site.get(f"{MS}?preview").status == 404
    assert site.get(f"{MS}?a=b&%70review=").status == 404


@pytest.mark.parametrize("fault", FAULTS)
def test_cms_away__draft__is_back_soon(site: SiteClient, cms: FakeCms, fault: str) -> None:
    cms.fault = fault
    answer = site.get(address(MS, SHARED))
    assert answer.status == 503
    assert answer.headers["cache-control"] == "no-store"
    assert "The guides will be back soon" in answer.text
    # Trying again asks for the draft again, not for the live page.
    assert f'href="{address(MS, SHARED)}"' in answer.text


def test_cms_away__nobody_listens__is_back_soon(loop_thread: LoopThread) -> None:
    app = create_app(Settings(cms_internal_url="http://127.0.0.1:9", cms_timeout_seconds=1))
    with SiteClient(app, loop_thread) as site:
        assert site.get(address(MS, SHARED)).status == 503


def test_token__refused_for_an_unknown_reason__is_back_soon(
    site: SiteClient, cms: FakeCms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.previews._REASONS", {})
    assert site.get(address(MS, ENDED)).status == 503


@pytest.mark.parametrize("key", ["page", "path", "seo", "draft", "breadcrumbs"])
def test_draft__answer_without_a_part__is_back_soon(
    site: SiteClient, cms: FakeCms, key: str
) -> None:
    del cms.previews[EDITOR][key]
    assert site.get(address(MS, EDITOR)).status == 503


@pytest.mark.parametrize("page_type", ["shop.Basket", None, ["list"], {}])
def test_draft__page_type_unknown__is_back_soon(
    site: SiteClient, cms: FakeCms, page_type: object
) -> None:
    cms.previews[EDITOR]["page"]["meta"]["type"] = page_type
    assert site.get(address(MS, EDITOR)).status == 503


@pytest.mark.parametrize(
    ("field", "value"),
    [("summary", None), ("hero_image", {"alt": None}), ("author", 5), ("also_known_as", "MS")],
)
def test_draft__field_that_does_not_fit__spoils_no_other(
    site: SiteClient, cms: FakeCms, field: str, value: object
) -> None:
    cms.previews[EDITOR]["page"][field] = value
    answer = site.get(address(MS, EDITOR))
    assert answer.status == 200
    assert "<h1>Massage for Multiple Sclerosis</h1>" in answer.text
    assert "Is massage safe?" in answer.text


def test_draft__blocks_that_cannot_be_read__are_named(site: SiteClient, cms: FakeCms) -> None:
    cms.previews[EDITOR]["page"]["body"] = [
        {"type": "hologram", "id": "1", "value": {}},
        {"type": "symptoms", "id": "2", "value": {"items": 5}},
        {"type": "../pages/home", "id": "3", "value": {}},
        {"type": "massage_guidance", "id": "4", "value": "safe"},
        {"type": "callout", "id": "5", "value": None},
        "not even a block",
    ]
    answer = site.get(address(MS, EDITOR))
    assert answer.status == 200
    assert find_html_problems(answer.text) == []
    for name in ("Hologram", "Symptoms", "Massage guidance", "Callout", "Unreadable"):
        assert f"The block “{name}” is here, but this site cannot show it." in answer.text


def test_method__other_than_get__is_refused(site: SiteClient) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert site.get(address(MS, SHARED), method=method).status == 405
    assert site.get(address(MS, SHARED), method="HEAD").status == 200


def test_cookies__of_either_side__go_no_further(site: SiteClient, cms: FakeCms) -> None:
    for token in (SHARED, EDITOR, ENDED, UNKNOWN, "garbage"):
        answer = site.get(address(MS, token), {"Cookie": "sessionid=secret; csrftoken=secret"})
        assert "set-cookie" not in answer.headers
    assert cms.headers
    for headers in cms.headers:
        assert not {name.lower() for name in headers} & {"cookie", "authorization", "referer"}


def test_site__of_a_draft__replaces_the_branding_for_it_alone(site: SiteClient) -> None:
    html = site.get(address("/", BRANDING)).text
    assert "Another name" in html
    assert 'content="#ffffff"' in html
    for path in ("/", address("/", HOME)):
        assert "Another name" not in site.get(path).text


def test_live_page__without_the_parameter__asks_for_no_draft(
    site: SiteClient, cms: FakeCms
) -> None:
    site.get(f"{MS}?previews={SHARED}&in_preview_panel=true")
    assert asked_for_drafts(cms) == []


@pytest.mark.parametrize("path", ["/", MS, "/conditions/", "/about/", "/nowhere/", "/search/"])
def test_live_page__carries_nothing_of_drafts(site: SiteClient, path: str) -> None:
    html = site.get(path).text.lower()
    for word in ("draft", "preview", "wagtail", "userbar", "missing", "local_times"):
        assert word not in html, word
    css = next(part for part in html.split('"') if "/static/site-" in part)
    assert "draft" not in site.get(css).text
    assert ".missing" not in site.get(css).text


def test_draft_content__covers_every_kind_of_page() -> None:
    previews = draft_content.build_previews("http://127.0.0.1")
    types = {found["page"]["meta"]["type"] for found in previews.values() if found != "ended"}
    assert types == {*DRAFT_PAGE_TYPES}
