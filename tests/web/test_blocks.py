"""Reading blocks: what is unknown or broken is left out, and guidance is all or nothing."""

import copy
import json
import logging
import re
import sys
import types
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.web.block_content import build_guidance
from web.api import models
from web.api.blocks import UPDATING_NOTICE, read_block_or_none, read_body
from web.routes.styleguide import EXAMPLE_FOLDER

NAMES = sorted(models.BLOCK_VALUES)
CRITICAL = sorted(models.CRITICAL_BLOCKS)
VOCABULARY_OF = {
    "phase": "Phase",
    "advice": "Advice",
    "max_pressure": "Pressure",
    "speed": "Speed",
    "heat": "Heat",
    "positions": "Position",
    "techniques_suited": "Technique",
    "rule": "AreaRuleKind",
    "see_doctor_first": "SeeDoctorFirst",
    "urgency": "Urgency",
}


def load_full_example(name: str) -> list[Any]:
    return load_examples(name, "full")


def load_examples(name: str, *wanted: str) -> list[Any]:
    """The blocks of the examples of one block, which together use every field and choice."""
    file = EXAMPLE_FOLDER / f"{name}.json"
    assert file.is_file(), f"missing file: frontend/web/contract_examples/{name}.json"
    examples = json.loads(file.read_text("utf-8"))
    return [block for key in wanted or ("least", "full") for block in examples[key]]


@pytest.mark.parametrize("name", NAMES)
def test_block__every_example__is_read_whole(name: str) -> None:
    for raw in load_examples(name):
        block = read_block_or_none(raw, "a test")
        assert block is not None
        assert block.value is not None


@pytest.mark.parametrize("name", NAMES)
def test_block__unknown_field__is_ignored(name: str) -> None:
    raw = load_full_example(name)[0]
    raw["value"]["from_the_future"] = {"a": 1}
    raw["also_new"] = True
    block = read_block_or_none(raw, "a test")
    assert block is not None
    assert block.value is not None


def test_body__unknown_block__is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    body = [
        {"type": "hologram", "id": "1", "value": {}},
        {"id": "2"},
        "not even a block",
        None,
        {"type": ["list"], "value": {}},
        *load_full_example("overview"),
    ]
    with caplog.at_level(logging.WARNING):
        blocks = read_body(body, "/somewhere/")
    assert {block.type for block in blocks} == {"overview"}
    assert "/somewhere/: a block of the unknown type 'hologram' is left out" in caplog.text


def test_body__not_a_list__is_empty() -> None:
    assert read_body({"blocks": []}, "a test") == []


@pytest.mark.parametrize("name", sorted({*NAMES} - {*CRITICAL}))
@pytest.mark.parametrize("value", [None, 5, "text", [], {"heading": 5, "text": 5, "image": 5}])
def test_block__ordinary_with_a_broken_value__is_left_out(
    name: str, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert read_block_or_none({"type": name, "id": "1", "value": value}, "a test") is None
    assert f"a block {name!r} is left out" in caplog.text


def test_block__unknown_choice_in_an_ordinary_block__is_kept() -> None:
    raw = load_full_example("callout")[0]
    raw["value"]["tone"] = "whisper"
    block = read_block_or_none(raw, "a test")
    assert block is not None
    assert block.value.tone == "whisper"


@pytest.mark.parametrize("name", CRITICAL)
@pytest.mark.parametrize("value", [None, 5, "text", [], {}, {"heading": "Only this"}])
def test_block__critical_with_a_broken_value__shows_the_notice(name: str, value: Any) -> None:
    block = read_block_or_none({"type": name, "id": "1", "value": value}, "a test")
    assert block is not None
    assert block.value is None
    assert block.notice == UPDATING_NOTICE


def test_guidance__without_a_phase__shows_the_notice() -> None:
    raw = {"type": "massage_guidance", "id": "1", "value": {**build_guidance()}}
    raw["value"]["phases"] = []
    block = read_block_or_none(raw, "a test")
    assert block is not None
    assert block.value is None


def iterate_places(value: Any, place: tuple[Any, ...] = ()) -> Any:
    """Every place within a value, with what stands there."""
    yield place, value
    if isinstance(value, (dict, list)):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from iterate_places(child, (*place, key))


def iterate_choice_places() -> Any:
    """Every place in the examples of critical blocks where a choice stands."""
    for name in CRITICAL:
        for number, raw in enumerate(load_full_example(name)):
            for place, value in iterate_places(raw["value"]):
                field = next((key for key in reversed(place) if isinstance(key, str)), "")
                if field in VOCABULARY_OF and isinstance(value, (str, int)):
                    yield pytest.param(name, number, place, id=f"{name}-{number}-{place}")


def put(raw: Any, place: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(raw)
    target = changed["value"]
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    return changed


@pytest.mark.parametrize(("name", "number", "place"), [*iterate_choice_places()])
def test_guidance__unknown_choice_anywhere__withholds_all_of_it(
    name: str, number: int, place: tuple[Any, ...]
) -> None:
    raw = load_full_example(name)[number]
    for unknown in ("a_choice_of_tomorrow", 99, ""):
        block = read_block_or_none(put(raw, place, unknown), "a test")
        assert block is not None
        assert block.value is None
        assert block.notice == UPDATING_NOTICE


def iterate_fields(name: str) -> Any:
    for number, raw in enumerate(load_full_example(name)):
        for place, _value in iterate_places(raw["value"]):
            if place and isinstance(place[-1], str):
                yield pytest.param(name, number, place, id=f"{name}-{number}-{place}")


@pytest.mark.parametrize(
    ("name", "number", "place"), [case for name in CRITICAL for case in iterate_fields(name)]
)
def test_guidance__missing_field_anywhere__withholds_all_of_it(
    name: str, number: int, place: tuple[Any, ...]
) -> None:
    raw = copy.deepcopy(load_full_example(name)[number])
    target = raw["value"]
    for key in place[:-1]:
        target = target[key]
    del target[place[-1]]
    block = read_block_or_none(raw, "a test")
    assert block is not None
    assert block.value is None


def iterate_removals() -> Any:
    for field, vocabulary in VOCABULARY_OF.items():
        for value in get_args(getattr(models, vocabulary)):
            yield pytest.param(field, vocabulary, value, id=f"{field}-{value}")


def build_older_models(vocabulary: str, removed: object) -> types.ModuleType:
    """The models of a version that does not know the value `removed` yet."""
    kept = [value for value in get_args(getattr(models, vocabulary)) if value != removed]
    source = Path(models.__file__).read_text("utf-8")
    older_source, count = re.subn(
        rf"^{vocabulary} = Literal\[.*\]$",
        f"{vocabulary} = Literal[{', '.join(map(json.dumps, kept))}]",
        source,
        flags=re.MULTILINE,
    )
    assert count == 1
    module = types.ModuleType("older_models")
    sys.modules[module.__name__] = module
    exec(compile(older_source, "older_models", "exec"), vars(module))
    return module


@pytest.mark.parametrize(("field", "vocabulary", "value"), [*iterate_removals()])
def test_guidance__choice_that_this_version_lacks__withholds_all_of_it(
    field: str, vocabulary: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = build_older_models(vocabulary, value)
    monkeypatch.setattr("web.api.blocks.BLOCK_VALUES", older.BLOCK_VALUES)
    seen = 0
    for name in CRITICAL:
        for raw in load_examples(name):
            block = read_block_or_none(raw, "a test")
            assert block is not None
            if is_used(raw["value"], field, value):
                seen += 1
                assert block.value is None
    assert seen, f"no example uses {field}={value!r}"


def is_used(example: Any, field: str, value: object) -> bool:
    return any(
        found == value and type(found) is type(value) and field in place
        for place, found in iterate_places(example)
    )
