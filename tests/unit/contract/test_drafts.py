"""Reading drafts: what an editor has written is shown, however little of it there is."""

import datetime
import json
import logging
from typing import Any

import jsonschema
import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Page, get_page_models

from cms.blocks.streams import ConditionBody
from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.contract.bodies import build_draft_body, collect_body_references
from cms.contract.drafts import build_draft_fields
from cms.contract.fields import collect_references
from cms.contract.openapi import build_openapi
from cms.contract.references import References, Wanted, fetch_references
from cms.pages.models import FeaturedPage, HomePage
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionPageFactory,
    PersonFactory,
    build_block,
    build_index,
)
from tests.factories.images import SiteImageFactory

IMAGE = {"id": 5, "alt": "From the picture itself", "width": 8, "height": 6, "sources": []}
CARD = {"id": 2, "title": "Gout", "html_url": "https://site.example/conditions/gout/"}


def build(*blocks: tuple[str, Any], **found: Any) -> list[dict[str, Any]]:
    stored = [
        {"type": name, "value": value, "id": f"id-{index}"}
        for index, (name, value) in enumerate(blocks)
    ]
    stream = StreamValue(ConditionBody(), stored, is_lazy=True)
    references = References({kind: {item["id"]: item} for kind, item in found.items()}, Wanted())
    return build_draft_body(stream, references, source="a test")


def build_value(name: str, value: Any, **found: Any) -> dict[str, Any]:
    [block] = build((name, value), **found)
    fields: dict[str, Any] = block["value"]
    return fields


def build_fields(page: Page) -> dict[str, Any]:
    """The draft fields of `page`, which fit its schema."""
    wanted = Wanted()
    collect_references(page, wanted)
    fields = build_draft_fields(page, fetch_references(wanted))
    schemas = build_openapi()["components"]["schemas"]
    schema = schemas[f"Draft{type(page).__name__}"]
    own = {name: schema["properties"][name] for name in schema["required"][3:]}
    assert fields.keys() == own.keys()
    jsonschema.validate(fields, {"properties": own, "components": {"schemas": schemas}})
    return fields


def test_draft__critical_block_with_an_unknown_choice__is_shown_without_that_choice() -> None:
    phase = {"phase": "later", "label": "Later", "advice": "avoid", "max_pressure": "9"}
    [block] = build(("massage_guidance", {"phases": [phase], "of_another_version": "avoid"}))
    assert "notice" not in block
    [row] = block["value"]["phases"]
    assert (row["phase"], row["label"], row["advice"]) == (None, "Later", "avoid")
    assert row["max_pressure"] is None


def test_draft__block_of_an_unknown_type__is_left_out() -> None:
    assert [block["type"] for block in build(("of_another_version", {}), ("faq", {}))] == ["faq"]


def test_draft__block_without_an_id__gets_the_one_that_readers_get() -> None:
    stream = StreamValue(ConditionBody(), [{"type": "faq", "value": {}}], is_lazy=True)
    first, second = (
        build_draft_body(stream, References({}, Wanted()), source="a page")[0]["id"]
        for _ in range(2)
    )
    assert first == second
    assert len(first) == 36


def test_draft__rows_that_were_just_added__are_kept_and_other_values_left_out() -> None:
    items = [{}, {"text": ""}, {"type": "item", "id": "x", "value": {}}, "nonsense", None]
    value = build_value("symptoms", {"items": items})
    assert value["items"] == [{"text": "", "note": ""}] * 3


def test_draft__list_of_plain_texts__has_those_that_hold_something() -> None:
    value = build_value("do_dont", {"dos": ["Drink water", " ", "", None, 5], "donts": "none"})
    assert (value["dos"], value["donts"]) == (["Drink water"], [])


def test_draft__list_of_choices__has_each_known_one_once() -> None:
    phase = {"positions": ["seated", "standing", "seated", None, ["prone"]]}
    value = build_value("massage_guidance", {"phases": [phase]})
    assert value["phases"][0]["positions"] == ["seated"]


def test_draft__text_over_its_length__is_whole() -> None:
    assert build_value("overview", {"heading": "x" * 200})["heading"] == "x" * 200


def test_draft__half_a_character__goes_over_the_wire() -> None:
    value = build_value("overview", {"heading": "a\ud800b", "text": "<p>a\ud800b</p>"})
    assert value["heading"] == "a?b"
    json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize("stored", ["<p></p>", "<p> </p>", "<ul><li>&nbsp;</li></ul>", "", None, 5])
def test_draft__rich_text_without_a_word__is_empty(stored: Any) -> None:
    assert build_value("overview", {"text": stored})["text"] == ""


def test_draft__rich_text__is_clean_and_links_to_public_pages_alone() -> None:
    text = (
        '<p><a linktype="page" id="2">Gout</a> <a linktype="page" id="3">a draft</a>'
        "<script>alert(1)</script></p>"
    )
    value = build_value("overview", {"text": text}, page=CARD)
    assert value["text"] == f'<p><a href="{CARD["html_url"]}">Gout</a> a draft</p>'


def test_draft__rich_text_with_a_strange_address__takes_nothing_down() -> None:
    text = f'<p><a href="https://example.org/{"<a" * 2000}">here</a></p>'
    assert "here" in build_value("overview", {"text": text})["text"]


def test_draft__unsafe_or_unfinished_address__is_empty() -> None:
    for address in ("javascript:alert(1)", "www.exam", 5):
        assert build_value("call_to_action", {"url": address})["url"] == ""


def test_draft__number_out_of_its_bounds__is_shown_and_text_is_not() -> None:
    phases = [{"max_minutes": 500}, {"max_minutes": "60"}, {"max_minutes": True}]
    value = build_value("massage_guidance", {"phases": phases})
    assert [row["max_minutes"] for row in value["phases"]] == [500, None, None]


def test_draft__day_that_does_not_exist__is_null() -> None:
    items = [{"checked_on": "2026-02-30"}, {"checked_on": "2026-01-31"}]
    value = build_value("sources", {"items": items})
    assert [item["checked_on"] for item in value["items"]] == [None, "2026-01-31"]


def test_draft__page_that_readers_may_not_see__leaves_its_row() -> None:
    items = [{"page": 2, "reason": "live"}, {"page": 3, "reason": "a draft"}]
    value = build_value("related_conditions", {"items": items}, page=CARD)
    assert value["items"] == [{"page": CARD, "reason": "live"}, {"page": None, "reason": "a draft"}]


@pytest.mark.parametrize(
    ("stored", "alt"),
    [
        ({"image": 5, "alt_text": "A nerve", "decorative": False}, "A nerve"),
        ({"image": 5, "alt_text": "A nerve", "decorative": True}, ""),
        ({"image": 5, "alt_text": "", "decorative": False}, None),
        ({"image": 5, "alt_text": " "}, None),
        ({"image": 5, "alt_text": 7}, None),
    ],
)
def test_draft__picture__has_the_words_of_this_use_or_null(stored: Any, alt: str | None) -> None:
    assert build_value("figure", {"image": stored}, image=IMAGE)["image"] == {**IMAGE, "alt": alt}


@pytest.mark.parametrize("stored", [None, 5, {}, {"image": None}, {"image": 6}, {"image": [5]}])
def test_draft__picture_that_is_not_there__is_null(stored: Any) -> None:
    assert build_value("figure", {"image": stored}, image=IMAGE)["image"] is None


def test_draft__what_is_missing__is_no_cause_for_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        build(("massage_guidance", {"phases": [{"phase": "later"}]}), ("figure", {}))
    assert caplog.text == ""


@pytest.mark.parametrize("stored", [None, [], "text", {"items": [{"page": [3]}, 7]}])
def test_draft__references_of_garbage__are_none(stored: Any) -> None:
    body = [{"type": "related_conditions", "value": stored}]
    wanted = Wanted()
    collect_body_references(StreamValue(ConditionBody(), body, is_lazy=True), wanted)
    assert wanted.kinds() == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in get_page_models() if model is not Page])
def test_draft_fields__page_that_was_never_saved__is_complete(model: type[Page]) -> None:
    page = model(path="00010001", depth=2)
    fields = build_fields(page)
    assert fields["summary"] == ""
    assert fields["last_published_at"] is None
    assert fields.get("body", []) == []


@pytest.mark.django_db
def test_draft_fields__text_that_is_null__is_empty_text() -> None:
    page = ConditionPage(summary=None, condition_name=None, icd10_code=None, is_demo=None)
    fields = build_fields(page)
    assert (fields["summary"], fields["condition_name"], fields["icd10_code"]) == ("", "", "")
    assert fields["is_demo"] is False


@pytest.mark.django_db
def test_draft_fields__restored_page__shows_its_own_content_and_no_more() -> None:
    saved, added = BodySystemFactory(), BodySystemFactory()
    person = PersonFactory()
    page = ConditionPageFactory(parent=build_index(), body_systems=[saved])
    content = page.serializable_data()
    content.update(
        summary="Half a",
        body_systems=[added.pk, 999_999],
        author=person.pk,
        reviewed_by=999_999,
        hero_image=999_999,
        last_reviewed="2026-01-31",
        also_known_as=[{"pk": None, "page": None, "term": "MS", "kind": "abbreviation"}],
        body=json.dumps([build_block("symptoms", items=[{}])]),
    )
    draft = ConditionPage.from_serializable_data(content, check_fks=False)
    draft.pk = None
    fields = build_fields(draft)
    assert fields["summary"] == "Half a"
    assert [system["id"] for system in fields["body_systems"]] == [added.pk]
    assert fields["author"]["name"] == person.name
    assert (fields["reviewed_by"], fields["hero_image"]) == (None, None)
    assert fields["last_reviewed"] == "2026-01-31"
    assert fields["also_known_as"] == [{"term": "MS", "kind": "abbreviation"}]
    assert fields["body"][0]["value"]["items"] == [{"text": "", "note": ""}]


@pytest.mark.django_db
def test_draft_fields__related_objects_in_memory__are_read_from_there() -> None:
    card = ConditionPageFactory(parent=build_index())
    home = HomePage()
    home.featured_pages = [FeaturedPage(page_id=card.pk), FeaturedPage(), FeaturedPage(page_id=999)]
    assert [found["id"] for found in build_fields(home)["featured"]] == [card.pk]
    condition = ConditionPage(last_reviewed=datetime.date(2026, 1, 31))
    condition.also_known_as = [AlsoKnownAs(term="MS"), AlsoKnownAs(term="")]
    condition.body_systems = [BodySystemFactory()]
    fields = build_fields(condition)
    assert [name["term"] for name in fields["also_known_as"]] == ["MS"]
    assert len(fields["body_systems"]) == 1


@pytest.mark.django_db
def test_draft_fields__index__counts_the_pages_below_it() -> None:
    index = build_index()
    ConditionPageFactory(parent=index, condition_name="Gout")
    index.refresh_from_db()
    draft = ConditionIndexPage.from_serializable_data(index.serializable_data())
    assert build_fields(draft)["letters"] == [{"letter": "G", "count": 1}]


@pytest.mark.django_db
def test_draft_fields__of_any_number_of_blocks__cost_no_query_of_their_own(
    django_assert_num_queries: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = {"image": SiteImageFactory().pk, "alt_text": "", "decorative": False}
    body = [build_block("figure", image=picture) for _ in range(20)]
    content = {"pk": None, "body": json.dumps(body), "body_systems": []}
    page = ConditionPage.from_serializable_data(content, check_fks=False)
    wanted = Wanted()
    with django_assert_num_queries(0):
        collect_references(page, wanted)
    references = fetch_references(wanted)
    with django_assert_num_queries(0):
        fields = build_draft_fields(page, references)
    assert len(fields["body"]) == 20
    assert {block["value"]["image"]["alt"] for block in fields["body"]} == {None}
