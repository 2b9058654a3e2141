"""The front end's msgspec models, written from the OpenAPI document.

Readers of another version must cope, so fields of ordinary blocks have defaults and choices there
are plain values. Critical blocks are strict instead: a choice that this version does not know
makes the whole block unreadable, and the site says so. Drafts are never strict: of every struct
that only drafts have, each field has a default.
"""

import json
from typing import Any, Final

from cms.contract.errors import UndescribedFieldError
from cms.contract.schemas import Schema

_HEADER: Final = '''"""What the CMS answers, as msgspec structs. Written by `make contract`."""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from typing import Annotated, Literal

import msgspec
'''
_SCALARS: Final = {"string": "str", "integer": "int", "boolean": "bool", "number": "float"}
_BOUNDS: Final = {"minItems": "min_length", "minimum": "ge", "maximum": "le"}
_DEFAULTS: Final = {"str": '""', "int": "0", "bool": "False"}
# What the names of schemas that only drafts have start with.
_DRAFT: Final = "Draft"


def build_python_models(openapi: dict[str, Any], critical_blocks: list[str]) -> str:
    """The source of `frontend/web/api/models.py`.

    `critical_blocks` are the wire names of the blocks that are all or nothing.
    """
    return _ModelWriter(openapi["components"]["schemas"], critical_blocks).write()


class _ModelWriter:
    def __init__(self, schemas: dict[str, Schema], critical_blocks: list[str]) -> None:
        self.schemas = schemas
        self.critical_blocks = critical_blocks
        self.block_values = self._find_block_values(in_drafts=False)
        self.draft_block_values = self._find_block_values(in_drafts=True)
        self.page_types = self._find_page_types("Page")
        self.draft_page_types = self._find_page_types(f"{_DRAFT}Page")
        self.strict = self._reachable_from(self.block_values[name] for name in critical_blocks)

    def write(self) -> str:
        vocabularies = [name for name, schema in self.schemas.items() if "enum" in schema]
        structs = [name for name, schema in self.schemas.items() if self._is_struct(name, schema)]
        parts = [
            _HEADER,
            *(self._write_vocabulary(name) for name in vocabularies),
            self._write_block_envelope(),
            *(self._write_struct(name) for name in structs),
            self._write_mapping("BLOCK_VALUES", "type[msgspec.Struct]", self.block_values),
            self._write_mapping("PAGE_TYPES", "type[msgspec.Struct]", self.page_types),
            self._write_mapping(
                "DRAFT_BLOCK_VALUES", "type[msgspec.Struct]", self.draft_block_values
            ),
            self._write_mapping("DRAFT_PAGE_TYPES", "type[msgspec.Struct]", self.draft_page_types),
            self._write_critical_blocks(),
            self._write_labels(
                {**self._find_labels(vocabularies), "Block": self._find_block_labels()}
            ),
        ]
        return "\n".join(parts)

    def _write_vocabulary(self, name: str) -> str:
        values = ", ".join(json.dumps(value) for value in self.schemas[name]["enum"])
        return f"{name} = Literal[{values}]"

    def _write_block_envelope(self) -> str:
        return (
            "\n\nclass Block(msgspec.Struct, frozen=True, kw_only=True):\n"
            '    """Any block; `BLOCK_VALUES` says what its value is, `DRAFT_BLOCK_VALUES` in a '
            'draft."""\n\n'
            '    type: str\n    id: str = ""\n    value: msgspec.Raw = msgspec.Raw(b"null")\n'
            '    notice: str = ""\n'
        )

    def _write_struct(self, name: str) -> str:
        schema = self.schemas[name]
        options = "frozen=True, kw_only=True"
        tag = schema["properties"].get("type", {}).get("const")
        if tag:
            options += f', tag_field="type", tag="{tag}"'
        lines = [f"\nclass {name}(msgspec.Struct, {options}):"]
        lines.append(f'    """{schema.get("description", name)}"""')
        fields = [
            self._write_field(name, field, field_schema)
            for field, field_schema in schema["properties"].items()
            if not (tag and field == "type")
        ]
        # kw_only lets fields with and without a default come in any order.
        if fields:
            lines += ["", *(f"    {field}" for field in fields)]
        return "\n".join(lines) + "\n"

    def _write_field(self, owner: str, field: str, schema: Schema) -> str:
        is_strict = owner in self.strict
        annotation = self._annotate(schema, is_strict)
        default = self._default_or_none(annotation)
        if default is None and owner.startswith(_DRAFT) and annotation in self.schemas:
            default = f"msgspec.field(default_factory=lambda: {annotation}())"
        is_optional = field not in self.schemas[owner]["required"]
        if default is None or (is_strict and not is_optional):
            return f"{field}: {annotation}"
        return f"{field}: {annotation} = {default}"

    def _annotate(self, schema: Schema, is_strict: bool) -> str:
        if "$ref" in schema:
            return self._annotate_reference(_referenced(schema), is_strict)
        if "allOf" in schema:
            return self._annotate(schema["allOf"][0], is_strict)
        if "anyOf" in schema:
            parts = [self._annotate(part, is_strict) for part in schema["anyOf"]]
            return " | ".join(parts)
        if schema.get("type") == "array":
            items = f"list[{self._annotate(schema['items'], is_strict)}]"
            return _bound(items, schema) if is_strict else items
        if schema.get("type") == "null":
            return "None"
        if schema.get("type") not in _SCALARS:
            raise UndescribedFieldError(
                f"The front end's models need a name for every object: register_schema() {schema}"
            )
        scalar = _SCALARS[schema["type"]]
        return _bound(scalar, schema) if is_strict and scalar != "str" else scalar

    def _annotate_reference(self, name: str, is_strict: bool) -> str:
        schema = self.schemas[name]
        if "enum" in schema:
            return name if is_strict else _SCALARS[schema["type"]]
        if self._is_struct(name, schema):
            return name
        if schema.get("type") == "array":
            return self._annotate(schema, is_strict)
        # A union of blocks is read envelope by envelope; any other union is read by its caller.
        return "Block" if "discriminator" in schema else "msgspec.Raw"

    def _default_or_none(self, annotation: str) -> str | None:
        if annotation.endswith("| None"):
            return "None"
        if annotation.startswith("list["):
            return "[]"
        return _DEFAULTS.get(annotation)

    def _is_struct(self, name: str, schema: Schema) -> bool:
        # Block envelopes share one hand-shaped struct, so that an unknown block is no error.
        values = {*self.block_values.values(), *self.draft_block_values.values()}
        is_envelope = name.endswith("Block") and f"{name.removesuffix('Block')}Value" in values
        return "properties" in schema and not is_envelope

    def _find_block_values(self, *, in_drafts: bool) -> dict[str, str]:
        values = {}
        for name, schema in self.schemas.items():
            if name.startswith(_DRAFT) != in_drafts:
                continue
            for wire_name, reference in schema.get("discriminator", {}).get("mapping", {}).items():
                block = reference.rsplit("/", 1)[-1]
                if f"{block.removesuffix('Block')}Value" in self.schemas:
                    values[wire_name] = f"{block.removesuffix('Block')}Value"
        return dict(sorted(values.items()))

    def _find_page_types(self, union: str) -> dict[str, str]:
        types = {}
        for member in self.schemas[union]["oneOf"]:
            name = _referenced(member)
            meta = self.schemas[name]["properties"]["meta"]
            types[meta["allOf"][1]["properties"]["type"]["const"]] = name
        return types

    def _reachable_from(self, names: Any) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += _iterate_references(self.schemas[name])
        return found

    def _write_mapping(self, name: str, annotation: str, mapping: dict[str, str]) -> str:
        rows = "".join(f'    "{key}": {value},\n' for key, value in mapping.items())
        return f"\n{name}: dict[str, {annotation}] = {{\n{rows}}}"

    def _write_critical_blocks(self) -> str:
        names = ", ".join(json.dumps(name) for name in self.critical_blocks)
        return f"CRITICAL_BLOCKS = frozenset({{{names}}})"

    def _find_labels(self, vocabularies: list[str]) -> dict[str, dict[str, str]]:
        return {name: self.schemas[name].get("x-labels", {}) for name in vocabularies}

    def _find_block_labels(self) -> dict[str, str]:
        names = {
            wire_name: f"{value.removesuffix('Value')}Block"
            for wire_name, value in self.draft_block_values.items()
        }
        return {wire_name: self.schemas[name]["x-label"] for wire_name, name in names.items()}

    def _write_labels(self, vocabularies: dict[str, dict[str, str]]) -> str:
        rows = []
        for name, labels in vocabularies.items():
            inner = "".join(
                f"        {json.dumps(key)}: {json.dumps(label, ensure_ascii=False)},\n"
                for key, label in labels.items()
            )
            rows.append(f"    {json.dumps(name)}: {{\n{inner}    }},\n")
        return f"LABELS: dict[str, dict[str, str]] = {{\n{''.join(rows)}}}\n"


def _bound(annotation: str, schema: Schema) -> str:
    """`annotation` with the bounds of `schema`: guidance without a phase is not guidance."""
    bounds = ", ".join(
        f"{argument}={schema[keyword]}"
        for keyword, argument in _BOUNDS.items()
        if keyword in schema
    )
    return f"Annotated[{annotation}, msgspec.Meta({bounds})]" if bounds else annotation


def _referenced(schema: Schema) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def _iterate_references(node: Any) -> list[str]:
    if isinstance(node, dict):
        here = [_referenced(node)] if "$ref" in node else []
        return here + [name for child in node.values() for name in _iterate_references(child)]
    if isinstance(node, list):
        return [name for child in node for name in _iterate_references(child)]
    return []
