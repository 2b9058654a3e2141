"""The pages that readers see, over a fake CMS."""

import pytest
from markupsafe import escape

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient
from web.api.blocks import UPDATING_NOTICE

MS = content.MS_PATH


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/conditions/",
        "/conditions/letter/m/",
        "/conditions/letter/other/",
        MS,
        "/about/",
        "/search/",
        "/search/?q=sclerosis",
        "/search/?q=nothing-like-it",
        "/nowhere/",
        "/gone/",
        "/styleguide/",
    ],
)
def test_page__html__is_sound(site: SiteClient, path: str) -> None:
    assert find_html_problems(site.get(path).text) == []


def test_condition__table__comes_before_every_block(site: SiteClient) -> None:
    html = site.get(MS).text
    assert html.index("<h1>") < html.index("<table") < html.index("What it is</h2>")
    table = html[html.index("<table") : html.index("</table>")]
    assert "<caption" in table
    for heading in ("When", "Massage?", "Most pressure", "Heat", "Time", "Care"):
        assert f'<th scope="col" role="columnheader">{heading}</th>' in table
    assert table.count('<th scope="row"') == 4
    for words in (
        "Do not massage",
        "Ask the doctor first",
        "Yes, with changes",
        "Up to 45 minutes",
    ):
        assert words in table


def test_condition__blocks__stand_in_their_order(site: SiteClient, cms: FakeCms) -> None:
    html = site.get(MS).text
    headings = [block["value"].get("heading", "") for block in cms.condition["body"]]
    places = [html.index(f">{escape(heading)}</h2>") for heading in headings if heading]
    assert places == sorted(places)


def test_condition__contents__lead_to_every_heading(site: SiteClient) -> None:
    html = site.get(MS).text
    contents = html[html.index('class="contents__list"') :]
    assert '<a href="#at-a-glance">At a glance</a>' in contents
    assert '<a href="#is-massage-safe">Is massage safe?</a>' in contents


def test_condition__every_block__is_reached_by_its_id(site: SiteClient, cms: FakeCms) -> None:
    html = site.get(MS).text
    for block in cms.condition["body"]:
        assert f'id="block-{block["id"]}"' in html


def test_condition__ids_that_are_odd_or_not_alone__give_no_anchor(
    site: SiteClient, cms: FakeCms
) -> None:
    for block, block_id in zip(cms.condition["body"], ["", "a b", '"><i>', "x", "x"], strict=False):
        block["id"] = block_id
    html = site.get(MS).text
    assert html.count('id="block-x"') == 1
    assert find_html_problems(html) == []


def test_condition__demo__says_so(site: SiteClient, cms: FakeCms) -> None:
    assert "Demo content, not medically reviewed" in site.get(MS).text
    cms.condition["is_demo"] = False
    assert "Demo content" not in site.get(MS).text


def test_condition__people_and_names__are_shown(site: SiteClient) -> None:
    html = site.get(MS).text
    assert "Written by Dana Demo, BCTMB" in html
    assert "Reviewed by Robin Demo, RN" in html
    assert "September 30, 2026" in html
    assert "Also known as: MS, disseminated sclerosis" in html


def test_condition__guidance_that_cannot_be_read__shows_the_notice_alone(
    site: SiteClient, cms: FakeCms
) -> None:
    for block in cms.condition["body"]:
        if block["type"] == "massage_guidance":
            block["value"]["phases"][0]["advice"] = "a_choice_of_tomorrow"
    html = site.get(MS).text
    assert html.count(UPDATING_NOTICE) == 2
    assert "<table" not in html
    assert "Yes, with changes" not in html
    assert "gentle and slow" not in html


def test_condition__withheld_by_the_cms__shows_the_notice(site: SiteClient, cms: FakeCms) -> None:
    for block in cms.condition["body"]:
        if block["type"] in {"massage_guidance", "red_flags"}:
            block.update(value=None, notice=UPDATING_NOTICE)
    html = site.get(MS).text
    assert html.count(UPDATING_NOTICE) == 5
    assert "<table" not in html


def test_condition__without_guidance__shows_the_notice(site: SiteClient, cms: FakeCms) -> None:
    cms.condition["body"] = []
    assert UPDATING_NOTICE in site.get(MS).text


def test_condition__of_another_version__copes(site: SiteClient, cms: FakeCms) -> None:
    page = cms.condition
    page["from_the_future"] = [1]
    page["body"].insert(0, {"type": "hologram", "id": "1", "value": {}})
    for block in page["body"]:
        if block["type"] == "callout":
            block["value"]["tone"] = "soft_whisper"
        if block["type"] == "cycle":
            block["value"]["pattern"] = "spiral_pattern"
        if block["type"] == "experience":
            block["value"]["places"] = ["space_station"]
    answer = site.get(MS)
    assert answer.status == 200
    for words in ("Soft whisper", "Spiral pattern", "Space station", "Is massage safe?"):
        assert words in answer.text
    assert find_html_problems(answer.text) == []


def test_condition__text_with_markup__is_escaped(site: SiteClient, cms: FakeCms) -> None:
    cms.condition["title"] = "<script>alert(1)</script>"
    cms.condition["also_known_as"] = [{"term": '"><img src=x>', "kind": "synonym"}]
    html = site.get(MS).text
    assert "<script>alert" not in html
    assert "<img src=x>" not in html


def test_condition__link_that_could_run__leads_home(site: SiteClient, cms: FakeCms) -> None:
    for block in cms.condition["body"]:
        if block["type"] == "call_to_action":
            block["value"]["url"] = "javascript:alert(1)"
    assert "javascript:" not in site.get(MS).text


def test_index__letters__lead_to_their_pages(site: SiteClient) -> None:
    html = site.get("/conditions/").text
    assert 'href="/conditions/letter/m/"' in html
    assert 'href="/conditions/letter/q/"' not in html
    assert html.index("Amyotrophic") < html.index("Fibromyalgia") < html.index("Multiple")


def test_letter__page__lists_its_conditions_alone(site: SiteClient) -> None:
    html = site.get("/conditions/letter/m/").text
    assert "Multiple Sclerosis" in html
    assert "Fibromyalgia" not in html


def test_letter__without_conditions__says_so(site: SiteClient) -> None:
    answer = site.get("/conditions/letter/q/")
    assert answer.status == 200
    assert "There is no guide under Q yet" in answer.text


def test_letter__other_spelling__leads_to_its_own(site: SiteClient) -> None:
    for path in ("/conditions/letter/M/", "/conditions/letter/m"):
        answer = site.get(path)
        assert (answer.status, answer.headers["location"]) == (301, "/conditions/letter/m/")


@pytest.mark.parametrize("path", ["/conditions/letter/mm/", "/about/letter/m/", "/letter/m/"])
def test_letter__that_is_none__is_not_found(site: SiteClient, path: str) -> None:
    assert site.get(path).status == 404


def test_sitemap__names_every_page(site: SiteClient, cms: FakeCms) -> None:
    cms.conditions = [
        content.build_listed(number, f"Name {number}", f"name-{number}", "", "")
        for number in range(250)
    ]
    xml = site.get("/sitemap.xml").text
    assert xml.count("<loc>") == 250
    assert "<loc>http://localhost:3150/conditions/name-249/</loc>" in xml


def test_robots__names_the_site_map(site: SiteClient) -> None:
    assert "Sitemap: http://localhost:3150/sitemap.xml" in site.get("/robots.txt").text


def test_page__known_to_the_browser__is_not_sent_again(site: SiteClient) -> None:
    first = site.get(MS)
    second = site.get(MS, {"If-None-Match": first.headers["etag"]})
    assert (second.status, second.sent) == (304, b"")
