"""Every public block has its schema, its examples, its template; and they agree with each other."""

import importlib
import inspect
import itertools
import json
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import cms.blocks
from cms.blocks.base import ContentBlock
from cms.config.env import REPOSITORY_ROOT
from cms.contract.examples import build_examples, get_public_blocks
from cms.contract.openapi import build_openapi


def find_block_modules() -> dict[str, type[ContentBlock]]:
    """The public block classes by module name: `symptoms` -> `SymptomsBlock`."""
    found = {}
    for module_info in pkgutil.iter_modules(cms.blocks.__path__):
        module = importlib.import_module(f"cms.blocks.{module_info.name}")
        for _name, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, ContentBlock) and member.__module__ == module.__name__:
                found[module_info.name] = member
    found.pop("base")
    return found


BLOCK_MODULES = find_block_modules()
NAMES = sorted(BLOCK_MODULES)


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    return build_openapi()["components"]["schemas"]


def validator_of(schemas: dict[str, Any], name: str) -> Draft202012Validator:
    schema = {"components": {"schemas": schemas}, "$ref": f"#/components/schemas/{name}"}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_blocks__all_sixteen__are_there() -> None:
    assert len(NAMES) == 16


@pytest.mark.parametrize("name", NAMES)
def test_block__one_word__names_module_class_and_stream_entry(name: str) -> None:
    expected = "".join(part.capitalize() for part in name.split("_")) + "Block"
    assert BLOCK_MODULES[name].__name__ == expected
    assert name in get_public_blocks(), (
        f"add {name} = {expected}() to backend/cms/blocks/streams.py"
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "path",
    [
        "backend/cms/blocks/examples/{}.yaml",
        "contract/examples/{}.json",
        "frontend/web/contract_examples/{}.json",
        "frontend/web/templates/blocks/{}.html",
    ],
)
def test_block__each_of_its_files__exists(name: str, path: str) -> None:
    wanted = path.format(name)
    assert (REPOSITORY_ROOT / wanted).is_file(), f"missing file: {wanted}"


@pytest.mark.parametrize("name", NAMES)
def test_block__schema__is_in_the_published_contract(name: str, schemas: dict[str, Any]) -> None:
    published = json.loads((REPOSITORY_ROOT / "contract/openapi.json").read_text())
    for form, suffix in itertools.product(("", "Draft"), ("Block", "Value")):
        schema_name = form + BLOCK_MODULES[name].__name__.removesuffix("Block") + suffix
        assert schema_name in schemas, f"{name} is not registered: add it to blocks/streams.py"
        assert schema_name in published["components"]["schemas"], (
            f"missing in contract/openapi.json: {schema_name}"
        )


@pytest.mark.parametrize("name", NAMES)
def test_block__examples__fit_the_schema(name: str, schemas: dict[str, Any]) -> None:
    examples = build_examples(name, get_public_blocks()[name])
    validator = validator_of(schemas, "ConditionBody")
    for kind in ("least", "full"):
        assert [error.message for error in validator.iter_errors(examples[kind])] == []


@pytest.mark.parametrize("name", NAMES)
def test_block__examples__together_use_every_field_and_choice(
    name: str, schemas: dict[str, Any]
) -> None:
    examples = build_examples(name, get_public_blocks()[name])
    seen = set(iterate_uses(examples["least"] + examples["full"]))
    value_schema = schemas[BLOCK_MODULES[name].__name__.removesuffix("Block") + "Value"]
    unused = [use for use in iterate_possible_uses(value_schema, schemas) if use not in seen]
    assert unused == [], f"the examples of {name} never use {unused}"


def iterate_uses(node: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """(field, True) for each field with something in it, and (field, choice) for each scalar."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from iterate_uses(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from iterate_uses(item, field)
    elif node is not None and node != "":
        yield (field, True)
        yield (field, node)


def iterate_possible_uses(
    schema: dict[str, Any], schemas: dict[str, Any], field: str = ""
) -> Iterator[tuple[str, Any]]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if name not in ("Image", "PageCard", "Person"):
            yield from iterate_possible_uses(schemas[name], schemas, field)
    elif "enum" in schema:
        yield from ((field, choice) for choice in schema["enum"])
    elif "properties" in schema:
        for key, child in schema["properties"].items():
            yield from iterate_possible_uses(child, schemas, key)
    elif "anyOf" in schema:
        for member in schema["anyOf"]:
            if member.get("type") != "null":
                yield from iterate_possible_uses(member, schemas, field)
    elif schema.get("type") == "array":
        yield from iterate_possible_uses(schema["items"], schemas, field)
    else:
        yield (field, True)
