"""What a draft does not have yet is named where it belongs; a live page never has a placeholder."""

import copy
import html as html_module
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web import content
from tests.web.block_content import build_blocks, build_guidance, build_image
from tests.web.draft_content import EDITOR, EMPTY, NEVER_SAVED, address
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient
from tests.web.test_blocks import iterate_places
from web.api.models import BLOCK_VALUES, LABELS

MS = content.MS_PATH
NAMES = sorted(BLOCK_VALUES)
# What each block shows when it is new, and when each of its lists has one empty row.
EXPECTED = {
    "call_to_action": [
        "Heading of “Call to action”",
        "Words on the button",
        "Where the button leads",
    ],
    "callout": ["Tone", "Heading of “Callout”", "Text"],
    "cycle": [
        "Heading of “Cycle”",
        "Pattern",
        "No phases yet",
        "Label of the phase",
        "Phase",
        "What happens",
    ],
    "diagnosis": [
        "Heading of “Diagnosis and types”",
        "Who diagnoses it",
        "Name of the test",
        "Name of the type",
    ],
    "do_dont": ["Heading of “Do and don't”", "Nothing to do yet", "Nothing to leave out yet"],
    "experience": ["Heading of “Experience”", "Text", "Who is speaking"],
    "faq": ["Heading of “Questions and answers”", "No questions yet", "Question", "Answer"],
    "figure": ["Picture"],
    "massage_guidance": [
        "Heading of “Massage guidance”",
        "Summary of the guidance",
        "No advice by phase yet",
        "Label of the phase",
        "Phase",
        "Massage or not",
        "See a doctor first",
        "Pain tolerance",
        "Area",
        "Rule",
        "Why",
    ],
    "overview": ["Heading of “Overview”", "Text"],
    "quote": ["Quotation", "Who said it"],
    "red_flags": [
        "Heading of “Warning signs”",
        "Urgency",
        "No signs yet",
        "What to do: not filled in yet",
    ],
    "related_conditions": ["Heading of “Related conditions”", "No conditions yet", "Condition"],
    "section": ["What this section is about", "Heading of “Section”", "Text"],
    "sources": [
        "Heading of “Sources”",
        "No sources yet",
        "Title of the source",
        "Address of the source",
        "Publisher",
    ],
    "symptoms": ["Heading of “Symptoms”", "No symptoms yet", "Name of the symptom", "Reminder"],
}


def read_placeholders(html: str) -> set[str]:
    """The labels of placeholders, and the words of those for lists."""
    labels = re.findall(r'<span class="missing__label">(.*?):</span>', html)
    lists = re.findall(r'<(?:p|li) class="missing missing--list">(.*?)</', html)
    return {html_module.unescape(label) for label in (*labels, *lists)}


def draw(site: SiteClient, cms: FakeCms, *blocks: Any) -> str:
    """The page of a draft with these blocks, which is sound."""
    cms.previews[EDITOR]["page"]["body"] = [
        {"type": name, "id": str(number), "value": value}
        for number, (name, value) in enumerate(blocks)
    ]
    answer = site.get(address(MS, EDITOR))
    assert answer.status == 200
    assert find_html_problems(answer.text) == []
    return answer.text


@pytest.mark.parametrize("name", NAMES)
def test_block__empty__names_what_it_needs(site: SiteClient, name: str) -> None:
    answer = site.get(f"/styleguide/blocks/{name}/?example=draft_empty")
    assert answer.status == 200
    assert find_html_problems(answer.text) == []
    assert read_placeholders(answer.text) == {*EXPECTED[name]}
    assert not re.search(r"\bNone\b(?! yet)", re.sub(r"<[^>]*>", " ", answer.text))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("example", ["", "?example=full", "?example=least"])
def test_block__live__has_no_placeholder(site: SiteClient, name: str, example: str) -> None:
    html = site.get(f"/styleguide/blocks/{name}/{example}").text
    assert "missing" not in html
    assert "/static/drafts-" not in html


def iterate_emptied() -> Iterator[Any]:
    """Every block with one of its values taken away, for every value that it has."""
    for block in build_blocks("http://127.0.0.1"):
        for place, value in iterate_places(block["value"]):
            # A reference comes whole or not at all; so does a text within a list of texts.
            if not place or {"image", "person", "page"} & {*place[:-1]}:
                continue
            empty = [] if isinstance(value, list) else "" if isinstance(value, str) else None
            if isinstance(value, dict) and isinstance(place[-1], int):
                continue
            if isinstance(place[-1], str) and place[-1] in CHOICES:
                empty = None
            changed = copy.deepcopy(block["value"])
            target = changed
            for key in place[:-1]:
                target = target[key]
            target[place[-1]] = empty
            yield block["type"], changed


CHOICES = {
    "advice",
    "heat",
    "max_pressure",
    "pattern",
    "phase",
    "role",
    "rule",
    "see_doctor_first",
    "speed",
    "tone",
    "urgency",
}


def test_block__any_one_value_missing__is_drawn(site: SiteClient, cms: FakeCms) -> None:
    emptied = [*iterate_emptied()]
    assert len(emptied) > 150
    html = draw(site, cms, *emptied)
    assert "site cannot show it" not in html
    assert 'class="missing"' in html


def test_guidance__advice_missing__never_reads_as_yes(site: SiteClient, cms: FakeCms) -> None:
    guidance = build_guidance()
    for phase in guidance["phases"]:
        phase["advice"] = None
    html = draw(site, cms, ("massage_guidance", guidance))
    for words in LABELS["Advice"].values():
        assert f"<span>{words}</span>" not in html
    for row_class in ("sheet__row--ok", "advice--ok", "icon--ok"):
        assert row_class not in html
    assert html.count("Massage or not:</span> not chosen yet") >= 4
    assert html.count("sheet__row--missing") == 4


def test_page__empty__names_what_it_needs(site: SiteClient, cms: FakeCms) -> None:
    cms.previews[NEVER_SAVED]["page"]["body"] = []
    html = site.get(address("/conditions/draft/", NEVER_SAVED)).text
    assert find_html_problems(html) == []
    assert read_placeholders(html) == {
        "Title",
        "Summary",
        "Name of the condition",
        "No massage guidance yet",
        "Reviewed by",
        "Last reviewed",
        "Nothing here yet",
    }


@pytest.mark.parametrize("build", [content.build_home, content.build_about])
def test_page__of_another_kind_and_empty__names_what_it_needs(
    site: SiteClient, cms: FakeCms, build: Any
) -> None:
    page = build(cms.origin)
    page.update(title="", summary="", intro="", hero_heading="", hero_text="", featured=[], body=[])
    cms.previews[EMPTY].update(page=page, path=page["path"])
    html = site.get(address(page["path"], EMPTY)).text
    assert find_html_problems(html) == []
    assert read_placeholders(html) == {"Title", "Summary", "Nothing here yet"}


def test_index__empty__names_what_it_needs(site: SiteClient, cms: FakeCms) -> None:
    page = {**content.build_index(), "title": "", "summary": "", "intro": ""}
    cms.previews[EMPTY].update(page=page, path=page["path"])
    html = site.get(address(page["path"], EMPTY)).text
    assert read_placeholders(html) == {"Title", "Summary"}


def test_page__other_name_without_words__is_named(site: SiteClient, cms: FakeCms) -> None:
    cms.previews[EDITOR]["page"]["also_known_as"] = [
        {"term": "MS", "kind": "abbreviation"},
        {"term": "", "kind": "synonym"},
    ]
    assert "Other name" in read_placeholders(site.get(address(MS, EDITOR)).text)


def test_picture__not_described__has_no_alt_and_says_so(site: SiteClient, cms: FakeCms) -> None:
    image = {**build_image(cms.origin), "alt": None}
    cms.previews[EDITOR]["page"]["body"] = [
        {"type": "figure", "id": "1", "value": {"image": image, "caption": "", "credit": ""}}
    ]
    html = site.get(address(MS, EDITOR)).text
    assert find_html_problems(html) == [
        problem for problem in find_html_problems(html) if "<img> without alt" in problem
    ]
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert "alt=" not in figure
    assert read_placeholders(html) >= {"Description of the picture"}


@pytest.mark.parametrize("build", [content.build_condition, content.build_home])
def test_main_picture__not_described__has_no_alt_and_says_so(
    site: SiteClient, cms: FakeCms, build: Any
) -> None:
    """It is never merely decorative: without a description the page cannot be published."""
    page = {**build(cms.origin), "hero_image": build_image(cms.origin, "")}
    cms.previews[EMPTY].update(page={**page, "body": []}, path=page["path"])
    html = site.get(address(page["path"], EMPTY)).text
    assert "Description of the main picture" in read_placeholders(html)
    assert sum("<img> without alt" in problem for problem in find_html_problems(html)) == 1
    cms.resolutions[page["path"]]["page"]["hero_image"] = page["hero_image"]
    assert find_html_problems(site.get(page["path"]).text) == []


def test_picture__decorative__has_an_empty_alt(site: SiteClient, cms: FakeCms) -> None:
    image = build_image(cms.origin, "")
    html = draw(site, cms, ("figure", {"image": image, "caption": "", "credit": ""}))
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert 'alt=""' in figure
    assert "missing" not in figure


@pytest.mark.parametrize("html", ["<p></p>", "<p> </p><p>&nbsp;</p>", '<p data-block-key="x"></p>'])
def test_rich_text__without_words__counts_as_missing(
    site: SiteClient, cms: FakeCms, html: str
) -> None:
    drawn = draw(site, cms, ("overview", {"heading": "What it is", "text": html}))
    assert "Text" in read_placeholders(drawn)


def test_lists__of_texts_with_an_empty_one__name_it(site: SiteClient, cms: FakeCms) -> None:
    html = draw(
        site,
        cms,
        ("do_dont", {"heading": "Do", "dos": [""], "donts": [""]}),
        ("red_flags", {"heading": "Help", "urgency": "urgent", "signs": [""], "what_to_do": "x"}),
    )
    assert read_placeholders(html) >= {"Do", "Don\N{RIGHT SINGLE QUOTATION MARK}t", "Sign"}


def test_draft__complete__has_no_placeholder(site: SiteClient) -> None:
    assert "missing" not in site.get(address(MS, EDITOR)).text
