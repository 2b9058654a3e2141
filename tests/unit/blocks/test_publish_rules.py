"""The publish rules of blocks, before whatever may be stored."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from cms.blocks.choices import Technique
from cms.blocks.guidance_rules import find_guidance_contradictions
from cms.blocks.publish_rules import find_problems
from cms.blocks.streams import ConditionBody
from cms.conditions.models import ConditionPage
from cms.contract.bodies import unreadable_critical_blocks
from cms.contract.examples import EXAMPLES_FOLDER
from cms.core.publishing import publish_problems

JUNK = [None, 5, -1, 1.5, True, "x", "", [], {}, [None], [[]], [5], {"a": 1}, {"type": "item"}]
JUNK += [{"type": "item", "value": None}, {"image": [1]}, ["x", "x"], [{}]]


def read_full_example(name: str) -> Any:
    path = EXAMPLES_FOLDER / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["full"][0]


def iterate_places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to everything in `value`, itself included."""
    yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from iterate_places(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from iterate_places(below, (*path, index))


def put(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    changed = copy.deepcopy(value)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = junk
    return changed


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(ConditionBody().child_blocks))
def test_rules__junk_anywhere_in_a_block__never_raise(name: str) -> None:
    block = ConditionPage._meta.get_field("body").stream_block.child_blocks[name]
    full = read_full_example(name)
    for path in iterate_places(full):
        for junk in JUNK:
            value = put(full, path, copy.deepcopy(junk))
            list(find_problems(block, value))
            page = ConditionPage(title="Gout", body=[{"type": name, "value": value}])
            publish_problems(page)
            unreadable_critical_blocks(page.body)


def test_guidance__a_technique_suited_and_to_avoid__is_named_once() -> None:
    known = Technique.STILL_TOUCH.value
    row = {"techniques_suited": [known, "x"], "techniques_to_avoid": [known, "x"]}
    [(path, message)] = find_guidance_contradictions({"phases": [row]})
    assert path == ("phases", 0, "techniques_to_avoid")
    assert message == "Listed as suited and as one to avoid: Still, holding touch."
