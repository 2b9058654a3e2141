"""The search page over the CMS's own search."""

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import SiteClient
from web.routes.search import clean_query, read_page_number


def test_search__header_box__leads_here(site: SiteClient) -> None:
    html = site.get("/").text
    form = html[html.index("<form") : html.index("</form>")]
    for part in ('action="/search/"', 'method="get"', 'role="search"', 'for="site-search"'):
        assert part in form


def test_search__match__is_listed(site: SiteClient) -> None:
    html = site.get("/search/?q=sclerosis").text
    assert "2 guides for “sclerosis”" in html
    assert 'href="/conditions/multiple-sclerosis/"' in html


def test_search__standard_page__is_listed_apart(site: SiteClient) -> None:
    assert "Other pages" in site.get("/search/?q=about").text


def test_search__no_match__does_not_sound_like_the_all_clear(site: SiteClient) -> None:
    html = site.get("/search/?q=zzzz").text
    assert "Nothing found for “zzzz”" in html
    assert "This does not mean that massage is safe" in html


def test_search__nothing_asked__asks_the_cms_nothing(site: SiteClient, cms: FakeCms) -> None:
    for query in ("", "?q=", "?q=%20%20", "?q=%00", "?q=%22%27%25", "?page=3"):
        assert site.get(f"/search/{query}").status == 200
    assert not any("search=" in request for request in cms.requests)


@pytest.mark.parametrize(
    "query",
    [
        "a" * 6000,
        "%00abc",
        "%ff%fe",
        "%",
        "'%20OR%201=1--",
        '%22quoted"',
        "<script>alert(1)</script>",
        "%F0%9F%8C%B8 blossom",
        "a&q=b",
        "refused",
        "*&page=99999999999999",
        "x&page=-1",
        "ms%0D%0ASet-Cookie:a=b",
    ],
)
def test_search__odd_query__is_answered(site: SiteClient, query: str) -> None:
    answer = site.get(f"/search/?q={query}")
    assert answer.status == 200
    assert "<script>alert" not in answer.text


def test_search__many_matches__come_in_pages(site: SiteClient, cms: FakeCms) -> None:
    cms.conditions = [
        content.build_listed(number, f"Back pain {number:03}", f"b{number}", "")
        for number in range(45)
    ]
    first = site.get("/search/?q=back pain").text
    assert "45 guides" in first
    assert 'href="/search/?q=back%20pain&amp;page=2"' in first
    assert "Back pain 019" in first
    assert "Back pain 020" not in first
    last = site.get("/search/?q=back+pain&page=3").text
    assert "Back pain 044" in last
    assert "More results" not in last


def test_query__long_or_with_control_characters__is_made_plain() -> None:
    assert clean_query("  a\x00b\n c ") == "a b c"
    assert len(clean_query("word " * 100)) <= 100


@pytest.mark.parametrize(
    ("text", "number"), [("", 1), ("2", 2), ("0", 1), ("-3", 1), ("x", 1), ("²", 1), ("999", 50)]
)
def test_page_number__anything__is_a_number(text: str, number: int) -> None:
    assert read_page_number(text) == number
