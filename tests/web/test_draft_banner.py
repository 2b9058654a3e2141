"""What opens a draft, and what its head says and does not say."""

from typing import Any

import pytest

from tests.web import content
from tests.web.draft_content import BRANDING, EDITOR, NEVER_SAVED, SHARED, address
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient
from web.rendering.text import format_moment

MS = content.MS_PATH
IN_PANEL = "&in_preview_panel=true"


def read_banner(html: str) -> str:
    """The banner, on one line."""
    return " ".join(html[html.index("<aside") : html.index("</aside>")].split())


def set_draft(cms: FakeCms, **fields: Any) -> None:
    cms.previews[SHARED]["draft"].update(fields)


def test_banner__shared__says_whose_it_is_and_until_when(site: SiteClient) -> None:
    html = site.get(address(MS, SHARED)).text
    banner = read_banner(html)
    assert html.index("<aside") < html.index("<header")
    assert "Draft, not published" in banner
    assert (
        "Dana Demo shared this draft on "
        '<time datetime="2026-11-22T18:05:00Z">November 22, 2026 at 6:05 pm (UTC)</time>'
    ) in banner
    assert (
        "The link works until "
        '<time datetime="2026-11-29T06:05:00Z">November 29, 2026 at 6:05 am (UTC)</time>'
    ) in banner


def test_banner__shared__says_what_has_changed(site: SiteClient) -> None:
    html = site.get(address(MS, SHARED)).text
    banner = read_banner(html)
    assert "Changed:</span> Summary" in banner
    assert 'Added:</span> <a href="#symptoms">Symptoms: Symptoms</a>' in banner
    # What was removed is not on the page, so nothing leads to it.
    assert "Removed:</span> Callout: An old hint" in banner
    assert 'id="symptoms"' in html
    assert "<details" not in banner


def test_banner__many_changes__are_folded(site: SiteClient, cms: FakeCms) -> None:
    change = {"kind": "changed", "what": "A part", "block_id": None}
    set_draft(cms, changes=[change] * 40)
    answer = site.get(address(MS, SHARED))
    banner = read_banner(answer.text)
    assert "<summary>40 changes since the published version</summary>" in banner
    assert banner.count("A part") == 40
    assert find_html_problems(answer.text) == []


def test_banner__change_of_tomorrow__is_still_told(site: SiteClient, cms: FakeCms) -> None:
    set_draft(cms, changes=[{"kind": "merged", "what": "Two parts", "block_id": None}])
    assert "Different:</span> Two parts" in read_banner(site.get(address(MS, SHARED)).text)


def test_banner__nothing_changed__says_so(site: SiteClient, cms: FakeCms) -> None:
    set_draft(cms, changes=[])
    banner = read_banner(site.get(address(MS, SHARED)).text)
    assert "Nothing has changed since the published version." in banner


def test_banner__never_published__says_so(site: SiteClient) -> None:
    banner = read_banner(site.get(address("/conditions/draft/", NEVER_SAVED)).text)
    assert "This page has not been published before." in banner


def test_banner__taken_down__does_not_claim_that_it_never_was(
    site: SiteClient, cms: FakeCms
) -> None:
    set_draft(cms, is_published=False, changes=[])
    banner = read_banner(site.get(address(MS, SHARED)).text)
    assert "This page is not published at the moment." in banner


def test_banner__nobody_known__still_reads(site: SiteClient, cms: FakeCms) -> None:
    set_draft(cms, author="")
    assert "Somebody shared this draft on" in read_banner(site.get(address(MS, SHARED)).text)


def test_banner__words_with_markup__are_escaped(site: SiteClient, cms: FakeCms) -> None:
    bad = "<script>alert(1)</script>"
    set_draft(cms, author=bad, changes=[{"kind": bad, "what": bad, "block_id": bad}])
    answer = site.get(address(MS, SHARED))
    assert "<script>alert" not in answer.text
    assert find_html_problems(answer.text) == []


def test_banner__shared_but_in_the_panel__is_there_all_the_same(site: SiteClient) -> None:
    assert "Draft, not published" in site.get(address(MS, SHARED, IN_PANEL)).text


def test_banner__editor__is_slim_and_leaves_the_panel_alone(site: SiteClient) -> None:
    banner = read_banner(site.get(address(MS, EDITOR)).text)
    assert "Preview: readers do not see this version" in banner
    assert "<aside" not in site.get(address(MS, EDITOR, IN_PANEL)).text


@pytest.mark.parametrize(("path", "token"), [(MS, SHARED), (MS, EDITOR), ("/", BRANDING)])
def test_head__of_a_draft__is_for_nobody_else(site: SiteClient, path: str, token: str) -> None:
    html = site.get(address(path, token)).text
    assert "<title>Draft: " in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    for word in ('rel="canonical"', "og:", "ld+json"):
        assert word not in html


def test_head__without_a_title__still_has_one(site: SiteClient) -> None:
    html = site.get(address("/conditions/draft/", NEVER_SAVED)).text
    assert "<title>Draft: Untitled page | Massage Aha!</title>" in html
    # Empty, but there, so that the content checks miss it.
    assert '<meta name="description" content="">' in html


def test_links__of_a_shared_draft__carry_no_token(site: SiteClient) -> None:
    html = site.get(address(MS, SHARED)).text
    assert "preview=" not in html
    assert "<base" not in html
    assert 'href="#at-a-glance"' in html


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-22T18:05:00Z", "November 22, 2026 at 6:05 pm (UTC)"),
        ("2026-11-22T18:05:00.123456+00:00", "November 22, 2026 at 6:05 pm (UTC)"),
        ("2026-11-22T18:05:00-06:00", "November 23, 2026 at 12:05 am (UTC)"),
        ("2026-11-22T12:00:00", "November 22, 2026 at 12:00 pm (UTC)"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_moment__is_told_in_utc(moment: str, words: str) -> None:
    assert format_moment(moment) == words
