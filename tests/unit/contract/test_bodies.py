"""Reading stored bodies: nothing stored takes a page down, and no advice is cut short."""

import copy
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from wagtail.blocks import StreamValue

from cms.blocks.streams import ConditionBody
from cms.contract.bodies import (
    UPDATING_NOTICE,
    build_body,
    collect_body_references,
    unreadable_critical_blocks,
)
from cms.contract.examples import EXAMPLES_FOLDER, ExampleReferences
from cms.contract.references import References, Wanted

CRITICAL = ("massage_guidance", "red_flags")


def read_stored_examples(name: str) -> list[dict[str, Any]]:
    path = EXAMPLES_FOLDER / f"{name}.yaml"
    assert path.is_file(), f"missing file: backend/cms/blocks/examples/{path.name}"
    stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [*stored["least"], *stored["full"]]


def build_stream(*blocks: tuple[str, Any]) -> StreamValue:
    stored = [
        {"type": name, "value": value, "id": f"id-{index}"}
        for index, (name, value) in enumerate(blocks)
    ]
    return StreamValue(ConditionBody(), stored, is_lazy=True)


def build(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    return build_body(build_stream(*blocks), ExampleReferences(), source="a test")


def iterate_places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every leaf of a stored value."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from iterate_places(child, (*path, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from iterate_places(child, (*path, index))
    else:
        yield path


def change(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = new
    return changed


CHOICE_FIELDS = {
    "phase", "advice", "max_pressure", "speed", "heat", "max_minutes", "positions",
    "techniques_suited", "techniques_to_avoid", "rule", "see_doctor_first", "urgency",
}  # fmt: skip
CHOICE_PLACES = [
    pytest.param(name, value, path, id=f"{name}-{index}-{'.'.join(map(str, path))}")
    for name in CRITICAL
    for index, value in enumerate(read_stored_examples(name))
    for path in iterate_places(value)
    if CHOICE_FIELDS & {str(step) for step in path}
]


@pytest.mark.parametrize(("name", "value", "path"), CHOICE_PLACES)
def test_critical_block__a_choice_that_is_unknown__withholds_the_whole(
    name: str, value: Any, path: tuple[Any, ...]
) -> None:
    [block] = build((name, change(value, path, "a_choice_of_another_version")))
    assert block["value"] is None
    assert block["notice"] == UPDATING_NOTICE


@pytest.mark.parametrize("name", CRITICAL)
def test_critical_block__a_field_of_another_version__withholds_the_whole(name: str) -> None:
    for value in read_stored_examples(name):
        [block] = build((name, {**value, "a_field_of_another_version": "avoid"}))
        assert block["value"] is None


@pytest.mark.parametrize("name", CRITICAL)
@pytest.mark.parametrize("stored", [None, "text", 5, [], {}, {"phases": "none"}])
def test_critical_block__nonsense__withholds_the_whole(name: str, stored: Any) -> None:
    [block] = build((name, stored))
    assert (block["value"], block["notice"]) == (None, UPDATING_NOTICE)


def test_critical_block__required_part_missing__withholds_the_whole() -> None:
    [value, *_more] = read_stored_examples("massage_guidance")
    for field in ("phases", "summary", "pain_tolerance", "see_doctor_first"):
        lacking = {key: part for key, part in value.items() if key != field}
        [block] = build(("massage_guidance", lacking))
        assert block["value"] is None, field


def test_critical_block__withheld__is_logged_and_listed(caplog: pytest.LogCaptureFixture) -> None:
    stream = build_stream(("red_flags", {}), ("massage_guidance", {}), ("overview", {}))
    assert unreadable_critical_blocks(stream) == ["red_flags", "massage_guidance"]
    with caplog.at_level(logging.ERROR):
        build_body(stream, ExampleReferences(), source="conditions.ConditionPage 7")
    assert "conditions.ConditionPage 7" in caplog.text


def test_critical_block__readable__has_no_notice() -> None:
    for name in CRITICAL:
        for value in read_stored_examples(name):
            [block] = build((name, value))
            assert block["value"] is not None
            assert "notice" not in block


def test_block__an_item_that_does_not_fit__is_left_out_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    items = [{"text": "Tremor"}, {"text": ""}, "nonsense", {"text": "Fatigue", "note": 5}]
    value = {"heading": "Symptoms", "items": items, "diagnosis_note": "Ask a doctor."}
    [block] = build(("symptoms", value))
    assert block["value"]["items"] == [
        {"text": "Tremor", "note": ""},
        {"text": "Fatigue", "note": ""},
    ]
    assert "items.1.text: is empty" in caplog.text


def test_block__no_readable_item_left__is_left_out() -> None:
    value = {"heading": "Symptoms", "items": [{"text": ""}], "diagnosis_note": "Ask a doctor."}
    assert build(("symptoms", value)) == []


def test_block__a_choice_removed_later__leaves_out_the_block_only() -> None:
    section = {"role": "removed", "heading": "Old", "text": "<p>Old</p>"}
    overview = {"heading": "What it is", "text": "<p>Text</p>"}
    assert [block["type"] for block in build(("section", section), ("overview", overview))] == [
        "overview"
    ]


def test_block__a_page_that_readers_may_not_see__is_left_out_of_the_list() -> None:
    stream = build_stream(
        (
            "related_conditions",
            {
                "heading": "See also",
                "items": [{"page": 2, "reason": "live"}, {"page": 3, "reason": "a draft"}],
            },
        )
    )
    references = References({"page": {2: {"id": 2, "html_url": "https://example.org/"}}}, Wanted())
    [block] = build_body(stream, references, source="a test")
    assert [item["reason"] for item in block["value"]["items"]] == ["live"]


def test_block__a_deleted_image__leaves_out_the_figure() -> None:
    stream = build_stream(
        ("figure", {"image": {"image": 5, "alt_text": "A nerve", "decorative": False}})
    )
    assert build_body(stream, References({}, Wanted()), source="a test") == []


def test_block__an_unsafe_address__is_left_out() -> None:
    value = {
        "heading": "Book",
        "button_label": "Book",
        "url": "javascript:alert(1)",
    }
    [block] = build(("call_to_action", value))
    assert block["value"]["url"] == ""


def test_block__wagtails_own_list_items__are_read_like_plain_ones() -> None:
    items = [{"type": "item", "id": "a", "value": {"text": "Tremor", "note": ""}}]
    value = {"heading": "Symptoms", "items": items, "diagnosis_note": "Ask a doctor."}
    [block] = build(("symptoms", value))
    assert block["value"]["items"] == [{"text": "Tremor", "note": ""}]


def test_block__stored_without_an_id__keeps_the_same_id_from_answer_to_answer() -> None:
    stored = [{"type": "overview", "value": {"heading": "What it is", "text": "<p>x</p>"}}]
    ids = {
        build_body(
            StreamValue(ConditionBody(), stored, is_lazy=True), ExampleReferences(), source="p 1"
        )[0]["id"]
        for _ in range(2)
    }
    assert len(ids) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<p><a linktype="page" id="99999999999999999999">a</a></p>',
        f'<p><a linktype="page" id="{"9" * 5000}">a</a></p>',
        "<p>a\ud800</p>",
        '<p><a linktype="page" id="٣">a</a></p>',
    ],
)
def test_block__rich_text_that_no_database_could_hold__takes_nothing_down(text: str) -> None:
    stream = build_stream(("overview", {"heading": "What it is", "text": text}))
    wanted = Wanted()
    collect_body_references(stream, wanted)
    assert wanted.get("page") == frozenset()
    [block] = build_body(stream, References({}, wanted), source="a test")
    block["value"]["text"].encode()


@pytest.mark.parametrize("page", [2**63, -1, 0, True, "2", None, [2]])
def test_block__a_reference_that_nothing_could_have__is_left_out(page: Any) -> None:
    value = {"heading": "See also", "items": [{"page": page, "reason": "shares tremor"}]}
    stream = build_stream(("related_conditions", value))
    wanted = Wanted()
    collect_body_references(stream, wanted)
    assert wanted.kinds() == []
    assert build_body(stream, References({}, wanted), source="a test") == []


def test_block__text_over_its_length_or_half_a_character__is_left_out() -> None:
    overview = {"heading": "x" * 81, "text": "<p>Text</p>"}
    quote = {"text": "half \ud800", "attribution": "A reader"}
    assert build(("overview", overview), ("quote", quote)) == []


@pytest.mark.parametrize("stored_id", [7, None, "", "\ud800", ["x"]])
def test_block__an_id_that_is_no_text__is_replaced(stored_id: Any) -> None:
    stored = {"type": "overview", "value": {"heading": "a", "text": "<p>b</p>"}, "id": stored_id}
    stream = StreamValue(ConditionBody(), [stored], is_lazy=True)
    [block] = build_body(stream, ExampleReferences(), source="a test")
    assert len(block["id"]) == 36
