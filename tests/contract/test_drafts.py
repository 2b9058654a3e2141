"""Every block and page has a draft form of the same definition, in which nothing is required."""

import copy
import functools
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from wagtail.blocks import StreamValue

from cms.blocks.streams import ConditionBody
from cms.contract.bodies import build_body, build_draft_body
from cms.contract.examples import (
    EXAMPLES_FOLDER,
    ExampleReferences,
    build_examples,
    get_public_blocks,
)
from cms.contract.openapi import build_openapi
from cms.contract.pages import get_described_page_models
from web.api import models

BLOCKS = get_public_blocks()
NAMES = sorted(BLOCKS)
STRUCTS = [
    struct
    for name, struct in vars(models).items()
    if name.startswith("Draft") and isinstance(struct, type)
]
# What a live schema promises of a value, and a draft's does not.
PROMISES = {"minLength", "maxLength", "minItems", "minimum", "maximum"}

GARBAGE = st.recursive(
    st.sampled_from([None, True, False, "", " ", "\ud800", "javascript:alert(1)", "a_choice"])
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["2026-02-30", "2026-01-31", '<p><a linktype="page" id="2">a</a></p>']),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "value", "image", "text"]), inner)
    ),
    max_leaves=6,
)


class KnownReferences(ExampleReferences):
    """Finds whatever could be the id of something."""

    def get_or_none(self, kind: str, object_id: object) -> dict[str, Any] | None:  # type: ignore[override]
        return super().get_or_none(kind, object_id) if type(object_id) is int else None


@functools.cache
def get_schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = build_openapi()["components"]["schemas"]
    return schemas


@functools.cache
def get_validator(name: str) -> Draft202012Validator:
    schema = {"components": {"schemas": get_schemas()}, "$ref": f"#/components/schemas/{name}"}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def build_stream(name: str, value: Any) -> StreamValue:
    stored = [{"type": name, "value": value, "id": "an-id"}]
    return StreamValue(ConditionBody(), stored, is_lazy=True)


def build_draft(name: str, value: Any) -> dict[str, Any]:
    [block] = build_draft_body(build_stream(name, value), KnownReferences(), source="a test")
    return block


def read_stored_examples(name: str) -> list[dict[str, Any]]:
    stored = yaml.safe_load((EXAMPLES_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [*stored["least"], *stored["full"]]


def assert_sound(block: dict[str, Any]) -> None:
    """It fits its schema, goes over the wire, and the site reads it."""
    schema_name = type(BLOCKS[block["type"]]).__name__
    assert [
        error.message for error in get_validator(f"Draft{schema_name}").iter_errors(block)
    ] == []
    json.dumps(block, ensure_ascii=False).encode("utf-8")
    msgspec.convert(block["value"], models.DRAFT_BLOCK_VALUES[block["type"]])


def iterate_places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a stored value, at every depth."""
    children: Any = ()
    if isinstance(node, dict):
        children = node.items()
    elif isinstance(node, list):
        children = enumerate(node)
    for step, child in children:
        yield (*path, step)
        yield from iterate_places(child, (*path, step))


def get_parent(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value


@pytest.mark.parametrize("name", NAMES)
def test_draft_block__with_nothing_in_it__fits_and_is_kept(name: str) -> None:
    for stored in (None, {}, [], "text", 5):
        block = build_draft(name, stored)
        assert_sound(block)
        assert set(block) == {"type", "id", "value"}
        assert all(value in (None, "", []) for value in block["value"].values())


@pytest.mark.parametrize("name", NAMES)
def test_draft_block__with_any_one_part_missing__fits(name: str) -> None:
    for value in read_stored_examples(name):
        for path in iterate_places(value):
            partial = copy.deepcopy(value)
            del get_parent(partial, path)[path[-1]]
            assert_sound(build_draft(name, partial))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_draft_block__with_garbage_in_any_place__fits(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    value = copy.deepcopy(data.draw(st.sampled_from(read_stored_examples(name))))
    for path in data.draw(st.lists(st.sampled_from([*iterate_places(value)]), max_size=4)):
        try:
            get_parent(value, path)[path[-1]] = data.draw(GARBAGE)
        except (KeyError, IndexError, TypeError):
            continue  # what was above it has become garbage already
    assert_sound(build_draft(name, value))


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(NAMES), fields=st.lists(GARBAGE, min_size=12, max_size=12))
def test_draft_block__with_garbage_in_every_field__fits(name: str, fields: list[Any]) -> None:
    assert_sound(build_draft(name, dict(zip(BLOCKS[name].child_blocks, fields, strict=False))))


@pytest.mark.parametrize("name", NAMES)
def test_draft_block__where_nothing_is_missing__is_as_readers_would_get_it(name: str) -> None:
    for value in read_stored_examples(name):
        stream = build_stream(name, value)
        live = build_body(stream, KnownReferences(), source="a test")
        assert build_draft_body(stream, KnownReferences(), source="a test") == live


def test_draft_schemas__of_blocks__lift_every_requirement() -> None:
    names = find_draft_structs()
    assert {"DraftSymptomsValue", "DraftSymptom", "DraftPhaseGuidance"} <= names
    for name in names:
        for field, schema in get_schemas()[name]["properties"].items():
            place = f"{name}.{field}"
            if {"type": "null"} in schema.get("anyOf", ()):
                assert PROMISES.isdisjoint(schema["anyOf"][0]), place
            else:
                assert schema["type"] in ("string", "array"), f"{place} may be missing"
                assert PROMISES.isdisjoint(schema), place
                assert "format" not in schema, place
                assert PROMISES.isdisjoint(schema.get("items", ())), place


def find_draft_structs() -> set[str]:
    """The names of the schemas of every block's value in a draft, and of the structs in them."""
    waiting = [struct.__name__ for struct in models.DRAFT_BLOCK_VALUES.values()]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        for schema in get_schemas()[name]["properties"].values():
            reference = schema.get("items", {}).get("$ref", "").rsplit("/", 1)[-1]
            if reference.startswith("Draft"):
                waiting.append(reference)
    return found


def test_draft_schemas__each_live_struct_of_a_block__has_the_same_fields() -> None:
    schemas = get_schemas()
    for name in models.DRAFT_BLOCK_VALUES:
        value = type(BLOCKS[name]).__name__.removesuffix("Block") + "Value"
        assert list(schemas[value]["properties"]) == list(schemas[f"Draft{value}"]["properties"])


def test_draft_page__union__has_every_page_type_by_its_type() -> None:
    schemas = get_schemas()
    members = {member["$ref"].rsplit("/", 1)[-1] for member in schemas["DraftPage"]["oneOf"]}
    assert members == {f"Draft{model.__name__}" for model in get_described_page_models()}
    assert {struct.__name__ for struct in models.DRAFT_PAGE_TYPES.values()} == members
    assert models.DRAFT_PAGE_TYPES.keys() == models.PAGE_TYPES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_draft_examples__are_an_empty_block_and_one_with_empty_rows(name: str) -> None:
    empty, with_rows = build_examples(name, BLOCKS[name])["draft_empty"]
    for block in (empty, with_rows):
        assert_sound(block)
    assert empty["value"] == build_draft(name, {})["value"]
    properties = get_schemas()[f"Draft{type(BLOCKS[name]).__name__[:-5]}Value"]["properties"]
    for field, schema in properties.items():
        is_of_rows = "/Draft" in schema.get("items", {}).get("$ref", "")
        rows = with_rows["value"][field]
        if is_of_rows:
            assert len(rows) == 1, field
            assert all(value in (None, "", []) for value in rows[0].values()), field
        else:
            assert rows == empty["value"][field], field


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: str(struct.__name__))
def test_draft_models__each__needs_no_field(struct: type[msgspec.Struct]) -> None:
    assert msgspec.convert({}, struct) == struct()


def test_draft_models__choices__take_what_another_version_says() -> None:
    wire = {"phases": [{"phase": "later", "advice": "perhaps", "max_pressure": 9}]}
    value = msgspec.convert(wire, models.DRAFT_BLOCK_VALUES["massage_guidance"])
    assert value.phases[0].advice == "perhaps"  # type: ignore[attr-defined]


def test_draft_models__live_ones_of_critical_blocks__stay_strict() -> None:
    for name in sorted(models.CRITICAL_BLOCKS):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({}, models.BLOCK_VALUES[name])
