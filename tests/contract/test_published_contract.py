"""What is committed under contract/ is what the code says, and is a sound description."""

import copy
import json
import subprocess
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from cms.config.contract_files import (
    build_contract_files,
    find_stale_files,
    read_published_or_none,
)
from cms.config.env import REPOSITORY_ROOT
from cms.contract.breaking import find_breaking_changes, is_major_version_raised
from cms.contract.openapi import build_openapi


@pytest.fixture
def openapi() -> dict[str, Any]:
    return copy.deepcopy(build_openapi())


def test_contract__committed_files__are_up_to_date() -> None:
    assert find_stale_files(build_contract_files()) == [], "run `make contract` and commit"


def test_contract__committed_files__name_no_machine() -> None:
    for folder in ("contract", "frontend/web/contract_examples"):
        for path in (REPOSITORY_ROOT / folder).rglob("*.json"):
            assert "127.0.0.1" not in path.read_text(encoding="utf-8")


def test_openapi__document__is_valid_openapi_31(openapi: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(openapi).iter_errors()] == []


def test_openapi__bodies__are_discriminated_unions(openapi: dict[str, Any]) -> None:
    union = openapi["components"]["schemas"]["ConditionBodyBlock"]
    assert union["discriminator"]["propertyName"] == "type"
    assert union["discriminator"]["mapping"]["symptoms"] == "#/components/schemas/SymptomsBlock"
    assert len(union["oneOf"]) == len(union["discriminator"]["mapping"]) == 16


def test_stale_files__changed_missing_or_left_over__are_named(tmp_path: Any) -> None:
    files = {"contract/examples/a.json": "{}\n", "contract/examples/b.json": "{}\n"}
    folder = tmp_path / "contract/examples"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text("old")
    (folder / "gone.json").write_text("{}\n")
    assert find_stale_files(files, tmp_path) == [
        "contract/examples/a.json",
        "contract/examples/b.json",
        "contract/examples/gone.json",
    ]


def test_breaking__same_document__is_no_change(openapi: dict[str, Any]) -> None:
    assert find_breaking_changes(openapi, build_openapi()) == []


def test_breaking__added_field_block_endpoint_and_choice__are_fine(
    openapi: dict[str, Any],
) -> None:
    new = copy.deepcopy(openapi)
    schemas = new["components"]["schemas"]
    schemas["Person"]["properties"]["photo"] = {"type": "string"}
    schemas["Urgency"]["enum"].append("later")
    schemas["ConditionBodyBlock"]["oneOf"].append({"$ref": "#/components/schemas/NewBlock"})
    new["paths"]["/api/v2/new/"] = {"get": {"parameters": []}}
    assert find_breaking_changes(openapi, new) == []


def test_breaking__removed_or_changed_parts__are_each_named(openapi: dict[str, Any]) -> None:
    new = copy.deepcopy(openapi)
    schemas = new["components"]["schemas"]
    del schemas["QuoteBlock"]
    del schemas["Person"]["properties"]["role"]
    schemas["Person"]["properties"]["name"] = {"type": "integer"}
    schemas["Symptom"]["properties"]["text"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    schemas["SymptomsValue"]["required"].remove("items")
    del new["paths"]["/api/v2/resolve/"]
    changes = " | ".join(find_breaking_changes(openapi, new))
    for expected in (
        "the schema QuoteBlock is gone",
        "Person.role is gone",
        "Person.name: type changed",
        "Symptom.text: may now be null",
        "SymptomsValue.items may now be missing",
        "GET /api/v2/resolve/ is gone",
    ):
        assert expected in changes


def test_breaking__broken_promises_of_values_and_answers__are_named(
    openapi: dict[str, Any],
) -> None:
    new = copy.deepcopy(openapi)
    schemas = new["components"]["schemas"]
    del schemas["RedFlagsValue"]["properties"]["signs"]["minItems"]
    schemas["PhaseGuidance"]["properties"]["max_minutes"]["anyOf"][0]["maximum"] = 600
    detail = new["paths"]["/api/v2/pages/{id}/"]["get"]["responses"]["200"]
    detail["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/PageListing"}
    for parameter in new["paths"]["/api/v2/pages/"]["get"]["parameters"]:
        if parameter["name"] == "search_operator":
            parameter["schema"]["enum"] = ["and"]
    changes = " | ".join(find_breaking_changes(openapi, new))
    for expected in (
        "RedFlagsValue.signs: minItems 1 is no longer kept",
        "PhaseGuidance.max_minutes: the kinds of value changed",
        "GET /api/v2/pages/{id}/ answers something else with 200",
        "GET /api/v2/pages/ takes fewer values of 'search_operator'",
    ):
        assert expected in changes


def test_baseline__deleted_before_the_export__is_read_from_the_last_commit(tmp_path: Any) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True)

    git("init", "--quiet")
    (tmp_path / "openapi.json").write_text("{}")
    git("add", ".")
    git("commit", "--quiet", "--message", "Publish")
    (tmp_path / "openapi.json").unlink()
    assert read_published_or_none("openapi.json", tmp_path) == "{}"
    assert read_published_or_none("never.json", tmp_path) is None


@pytest.mark.parametrize(("version", "is_raised"), [("1.9.9", False), ("2.0.0", True)])
def test_breaking__only_the_first_number__allows_it(
    openapi: dict[str, Any], version: str, is_raised: bool
) -> None:
    new = copy.deepcopy(openapi)
    new["info"]["version"] = version
    old = copy.deepcopy(openapi)
    old["info"]["version"] = "1.0.0"
    assert is_major_version_raised(old, new) is is_raised


def test_examples__published__hold_what_the_site_reads() -> None:
    for path in (REPOSITORY_ROOT / "contract/examples").glob("*.json"):
        examples = json.loads(path.read_text(encoding="utf-8"))
        assert set(examples) == {"least", "full", "draft_empty"}
        assert {block["type"] for kind in examples.values() for block in kind} == {path.stem}
