"""Readers' comments below a condition page."""

import re
from typing import Any

import pytest

from tests.web import content, draft_content
from tests.web.comment_content import (
    HIDDEN_LIST,
    THREADS,
    build_comment,
    build_list,
    build_reply,
    build_threads,
)
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient

MS = content.MS_PATH


def find_section(html: str) -> str:
    """The part of the page with the comments; "" where there is none."""
    found = re.search(r'<section[^>]*id="responses".*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def test_comments__of_a_page__are_in_its_html_in_order(site: SiteClient) -> None:
    html = site.get(MS).text
    assert find_html_problems(html) == []
    section = find_section(html)
    assert "5 Responses</h2>" in section
    places = [section.index(f'id="response-{comment_id}"') for comment_id in (5, 8, 9, 6, 7)]
    assert places == sorted(places)
    assert '<time datetime="2026-10-05T23:30:00Z">October 5, 2026</time>, edited' in section
    assert "<bdi>נועה</bdi>" in section
    assert 'dir="auto"><p>שלום וברכה</p>' in section
    assert html.index('id="more-to-explore"') < html.index('id="responses"')


def test_comments__links_in_them__lend_no_weight(site: SiteClient) -> None:
    link = re.search("<a [^>]*example.org[^>]*>", find_section(site.get(MS).text))
    assert link
    assert 'rel="nofollow ugc noopener"' in link[0]
    assert 'href="https://example.org/a?b=1&amp;c"' in link[0]


def test_comments__of_the_practice__say_so_in_words(site: SiteClient) -> None:
    section = find_section(site.get(MS).text)
    assert section.count("Reply from Massage Aha!") == 1


def test_comments__in_the_name_of_the_practice__say_it_once(site: SiteClient, cms: FakeCms) -> None:
    reply = build_reply(2, name="Massage Aha!", is_therapist=True)
    cms.set_comments([build_comment(1, replies=[reply])])
    section = find_section(site.get(MS).text)
    assert "Our reply</span>" in section
    assert section.count("Massage Aha!") == 1


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script><p>ok</p>",
        "<p onclick=alert(1)>ok</p>",
        '<p><a href="javascript:alert(1)">ok</a></p>',
        '<p><a href="data:text/html,x">ok</a></p>',
        "<p><img src=x onerror=alert(1)>ok</p>",
        '<p style="position:fixed">ok</p><iframe src="https://evil.example"></iframe>',
        '<p id="main" class="x">ok</p></section><form action="https://evil.example">',
    ],
)
def test_comments__html_that_could_do_harm__is_cleaned(
    site: SiteClient, cms: FakeCms, html: str
) -> None:
    cms.set_comments([build_comment(1, html=html)])
    section = find_section(site.get(MS).text)
    assert "ok" in section
    assert not re.search("script|onclick|onerror|data:|<img|style=|iframe|evil|id=.main", section)


def test_comments__a_name_with_html__is_text(site: SiteClient, cms: FakeCms) -> None:
    cms.set_comments([build_comment(1, name='<b>"x"')])
    assert "<bdi>&lt;b&gt;&#34;x&#34;</bdi>" in site.get(MS).text


@pytest.mark.parametrize(
    ("count", "heading"),
    [(0, "No responses yet"), (1, "One Response"), (2, "2 Responses"), (1234, "1,234 Responses")],
)
def test_comments__heading__counts_in_words(
    site: SiteClient, cms: FakeCms, count: int, heading: str
) -> None:
    cms.set_comments(build_threads(min(count, 3)))
    cms.resolutions[MS]["comments"]["total"] = count
    assert f'<h2 id="responses-heading">{heading}</h2>' in site.get(MS).text


def test_comments__open__lead_to_the_form(site: SiteClient) -> None:
    section = find_section(site.get(MS).text)
    assert 'href="/responses/12/"' in section
    assert 'href="/responses/12/?reply_to=5"' in section
    # Neither to a reply, nor to words that are gone.
    assert "reply_to=8" not in section
    assert "reply_to=6" not in section
    assert 'href="#responses"' in site.get(MS).text


def test_comments__closed__are_shown_without_a_form(site: SiteClient, cms: FakeCms) -> None:
    cms.set_comments(THREADS, "closed")
    html = site.get(MS).text
    section = find_section(html)
    assert "Responses are closed." in section
    assert "It helped me" in section
    assert "/responses/" not in section
    assert "respond" not in html.replace("responses", "").replace("response-", "")


@pytest.mark.parametrize(
    "comments",
    [
        HIDDEN_LIST,
        build_list([], "closed"),
        build_list(THREADS, "hidden"),
        build_list(THREADS, "of a later version"),
        None,
        "none",
        [1],
        {},
        {"mode": 5},
        {**build_list(THREADS), "total": "many"},
    ],
)
def test_comments__hidden_or_unreadable__show_nothing_and_take_no_page_down(
    site: SiteClient, cms: FakeCms, comments: Any
) -> None:
    cms.resolutions[MS]["comments"] = comments
    answer = site.get(MS)
    assert answer.status == 200
    assert "responses" not in answer.text


def test_comments__a_cms_without_them__shows_nothing(site: SiteClient, cms: FakeCms) -> None:
    del cms.resolutions[MS]["comments"]
    assert find_section(site.get(MS).text) == ""


def test_comments__those_that_cannot_be_read__are_left_out_alone(
    site: SiteClient, cms: FakeCms
) -> None:
    threads: list[Any] = [
        "x",
        {**build_comment(1), "name": None},
        build_comment(2, replies=[5, build_reply(3, "Read me.")]),
        {**build_comment(4, "Me as well."), "replies": "x", "unknown": 1},
    ]
    comments = {**build_list([]), "total": 5, "thread_total": 4, "threads": threads}
    cms.resolutions[MS]["comments"] = comments
    section = find_section(site.get(MS).text)
    assert re.findall('id="response-([0-9]+)"', section) == ["2", "3", "4"]
    assert "There are more responses than this page can show." in section


def test_comments__more_than_a_page_carries__are_all_in_its_html(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.set_comments(build_threads(230))
    section = find_section(site.get(MS).text)
    ids = re.findall('id="response-([0-9]+)"', section)
    assert ids == [str(number) for number in range(1, 231)]
    assert "more responses than" not in section


def test_comments__more_than_anybody_reads__end_and_say_so(site: SiteClient, cms: FakeCms) -> None:
    cms.set_comments(build_threads(1150))
    section = find_section(site.get(MS).text)
    assert section.count('<li class="response"') == 1000
    assert "There are more responses than this page can show." in section


def test_comments__the_rest_cannot_be_fetched__shows_the_first(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.set_comments(build_threads(150))
    cms.threads = []
    section = find_section(site.get(MS).text)
    assert section.count('<li class="response"') == 100
    assert "There are more responses than this page can show." in section


def test_comments__confirmation__is_the_same_for_everybody(site: SiteClient) -> None:
    html = site.get(MS).text
    assert re.search(r'<p class="response-sent"\s+tabindex="-1"\s+id="response-sent">', html)
    assert "Thank you. Your response appears once it has been read." in html
    assert html == site.get(MS).text


def test_comments__headings_that_sound_like_them__take_no_anchor_from_them(
    site: SiteClient, cms: FakeCms
) -> None:
    sections = [block for block in cms.condition["body"] if block["type"] == "section"]
    sections[0]["value"]["heading"] = "Response 5"
    html = site.get(MS).text
    assert find_html_problems(html) == []
    assert 'id="part-response-5"' in html


def test_draft__comments__are_shown_and_nobody_responds(site: SiteClient, cms: FakeCms) -> None:
    token = draft_content.EDITOR
    cms.previews[token]["comments"] = build_list(THREADS)
    section = find_section(site.get(draft_content.address(MS, token)).text)
    assert "5 Responses" in section
    assert "On the published page, readers leave a reply here." in section
    assert "/responses/" not in section


def test_draft__never_saved__says_where_readers_respond(site: SiteClient, cms: FakeCms) -> None:
    token = draft_content.NEVER_SAVED
    cms.previews[token]["comments"] = build_list([])
    section = find_section(site.get(draft_content.address("/conditions/draft/", token)).text)
    assert "No responses yet" in section
    assert "readers leave a reply here" in section


def test_robots__forms__are_not_worth_reading(site: SiteClient) -> None:
    assert "Disallow: /responses/\n" in site.get("/robots.txt").text
