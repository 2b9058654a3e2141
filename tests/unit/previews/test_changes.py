"""What a draft changes of the version that readers see, in an editor's words."""

from typing import Any

import pytest

from cms.conditions.models import AlsoKnownAs, ConditionPage
from cms.previews.answers import build_draft_page
from cms.previews.changes import find_changes
from tests.factories.conditions import (
    ConditionPageFactory,
    build_block,
    build_guidance,
    build_index,
)

pytestmark = pytest.mark.django_db


def build_section(heading: str, text: str = "<p>Words</p>") -> dict[str, Any]:
    return build_block("section", role="other", heading=heading, text=text)


@pytest.fixture
def live() -> ConditionPage:
    body = [build_guidance(), *(build_section(heading) for heading in ("One", "Two", "Three"))]
    page: ConditionPage = ConditionPageFactory(parent=build_index(), body=body)
    return page


def list_changes(live: ConditionPage, draft: ConditionPage) -> list[tuple[str, str]]:
    found = find_changes(build_draft_page(live), build_draft_page(draft), draft)
    return [(change["kind"], change["what"]) for change in found]


def build_draft(live: ConditionPage, **fields: Any) -> ConditionPage:
    draft: ConditionPage = ConditionPage.objects.get(pk=live.pk)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


def test_changes__nothing_typed__are_none(live: ConditionPage) -> None:
    assert list_changes(live, build_draft(live)) == []


def test_changes__of_fields__have_the_names_that_the_editor_shows(live: ConditionPage) -> None:
    draft = build_draft(
        live,
        title="Other",
        summary="Another calm page in plain words, for a test.",
        condition_name="Other",
        reviewed_by=None,
        seo_title="Other",
        search_description="Other",
    )
    draft.also_known_as.add(AlsoKnownAs(term="MS", kind="abbreviation"))

    assert set(list_changes(live, draft)) == {
        ("changed", name)
        for name in (
            "Title",
            "Summary",
            "Name of the condition",
            "Reviewed by",
            "Other names",
            "Title for search engines",
            "Description for search engines",
        )
    }


def test_changes__of_the_slug__are_of_the_address(live: ConditionPage) -> None:
    draft = build_draft(live)
    draft.url_path = draft.url_path.replace(draft.slug, "elsewhere")

    assert list_changes(live, draft) == [("changed", "Address")]


def test_changes__of_blocks__say_which_and_how(live: ConditionPage) -> None:
    guidance, one, _two, three = live.body.raw_data
    changed = {**three, "value": {**three["value"], "text": "<p>Other words</p>"}}
    new = build_section("Four")
    draft = build_draft(live, body=[guidance, changed, one, new])
    found = find_changes(build_draft_page(live), build_draft_page(draft), draft)

    assert [(change["kind"], change["what"], change["block_id"]) for change in found] == [
        ("changed", "Section: Three", three["id"]),
        ("moved", "Section: Three", three["id"]),
        ("added", "Section: Four", new["id"]),
        ("removed", "Section: Two", None),
    ]


def test_changes__one_block_moved__is_one_move(live: ConditionPage) -> None:
    guidance, one, two, three = live.body.raw_data

    assert list_changes(live, build_draft(live, body=[guidance, two, three, one])) == [
        ("moved", "Section: One")
    ]


def test_changes__of_a_block_without_a_heading__name_its_kind(live: ConditionPage) -> None:
    draft = build_draft(live, body=[*live.body.raw_data, build_block("section")])

    assert list_changes(live, draft) == [("added", "Section")]


def test_changes__of_blocks_that_were_stored_without_ids__are_none(live: ConditionPage) -> None:
    stored = live.body.raw_data
    live.body = [{**block, "id": None} for block in stored]
    draft = build_draft(live, body=[{**block, "id": str(n)} for n, block in enumerate(stored)])

    assert list_changes(live, draft) == []


def test_changes__a_block_repeated_with_its_id__is_added(live: ConditionPage) -> None:
    draft = build_draft(live, body=[*live.body.raw_data, live.body.raw_data[1]])

    assert list_changes(live, draft) == [("added", "Section: One")]


def test_changes__blanks_that_the_editor_removes__are_none(live: ConditionPage) -> None:
    section = build_section("Lists", "<p>One</p> <ul>\n  <li>Two</li>\n</ul>")
    live.body = [section]
    value = {**section["value"], "text": "<p>One</p><ul><li>Two</li></ul>"}
    draft = build_draft(live, body=[{**section, "value": value}])

    assert list_changes(live, draft) == []
