"""Page bodies on the wire: a list of blocks, each `{"type", "id", "value"}`."""

import logging
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from wagtail.blocks import StreamBlock, StreamValue

from cms.blocks.base import ContentBlock
from cms.contract.errors import UnreadableValueError
from cms.contract.references import References, Wanted
from cms.contract.schemas import Schema, build_object, first_line, nullable, ref, register_schema
from cms.contract.shapes import Reader, StructShape

logger = logging.getLogger(__name__)

UPDATING_NOTICE = "This guidance is being updated. Please ask before booking."
# Blocks that were stored without an id get one that stays the same from answer to answer.
_ID_NAMESPACE = uuid.UUID("5d0c5b0e-3f53-4f7e-9d57-2f0a4a6b6a11")

_SHAPES: Final[dict[type[ContentBlock], StructShape]] = {}


def get_block_shape(block_class: type[ContentBlock]) -> StructShape:
    """The shape of a public block, built once."""
    if block_class not in _SHAPES:
        _SHAPES[block_class] = StructShape(block_class())
    return _SHAPES[block_class]


def register_block_schema(block_class: type[ContentBlock], wire_name: str) -> Schema:
    """Register `<Name>Value` and `<Name>Block` for a public block; a reference to the latter."""
    shape = get_block_shape(block_class)
    register_schema(f"{shape.name}Value", shape.build_definition())
    value = ref(f"{shape.name}Value")
    definition = build_object(
        {
            **_build_envelope(wire_name),
            "value": nullable(value) if block_class.critical else value,
        },
        first_line(block_class.__doc__),
    )
    if block_class.critical:
        definition["properties"]["notice"] = {
            "type": "string",
            "description": (
                "Only when `value` is null: a part of the block could not be read, so none of it "
                "is served. Show this sentence in its place."
            ),
        }
    register_schema(f"{shape.name}Block", definition)
    return ref(f"{shape.name}Block")


def register_draft_block_schema(block_class: type[ContentBlock], wire_name: str) -> Schema:
    """Register `Draft<Name>Value` and `Draft<Name>Block`; a reference to the latter.

    Nothing of a draft is withheld, critical or not: whoever sees it knows that it is one.
    """
    shape = get_block_shape(block_class)
    register_schema(f"Draft{shape.name}Value", shape.build_draft_definition())
    definition = build_object(
        {**_build_envelope(wire_name), "value": ref(f"Draft{shape.name}Value")},
        f"In a draft. {first_line(block_class.__doc__)}",
    )
    definition["x-label"] = shape.label
    register_schema(f"Draft{shape.name}Block", definition)
    return ref(f"Draft{shape.name}Block")


def register_body_schema(body: StreamBlock) -> Schema:
    """Register the schema of a whole body, a union discriminated on `type`; a reference to it."""
    return _register_body(
        type(body).__name__,
        first_line(type(body).__doc__),
        {name: register_block_schema(type(block), name) for name, block in _children(body)},
    )


def register_draft_body_schema(body: StreamBlock) -> Schema:
    """Register the schema of a whole body in a draft; a reference to it."""
    return _register_body(
        f"Draft{type(body).__name__}",
        f"In a draft. {first_line(type(body).__doc__)}",
        {name: register_draft_block_schema(type(block), name) for name, block in _children(body)},
    )


def _children(body: StreamBlock) -> Iterable[tuple[str, ContentBlock]]:
    children: Iterable[tuple[str, ContentBlock]] = body.child_blocks.items()
    return children


def _build_envelope(wire_name: str) -> dict[str, Schema]:
    return {
        "type": {"type": "string", "const": wire_name},
        "id": {"type": "string", "description": "Stays the same as the block is edited."},
    }


def _register_body(name: str, description: str, members: dict[str, Schema]) -> Schema:
    union: Schema = {
        "oneOf": list(members.values()),
        "discriminator": {
            "propertyName": "type",
            "mapping": {name: member["$ref"] for name, member in members.items()},
        },
    }
    item_name = f"{name}Block"
    register_schema(item_name, {"description": "One block of such a body.", **union})
    register_schema(name, {"type": "array", "description": description, "items": ref(item_name)})
    return ref(name)


def collect_body_references(body: StreamValue, wanted: Wanted) -> None:
    """Note everything that the stored blocks of `body` refer to, without a query."""
    for block, raw in _iterate_stored(body):
        get_block_shape(type(block)).collect(raw.get("value"), wanted)


def build_body(body: StreamValue, references: References, *, source: str) -> list[dict[str, Any]]:
    """The wire form of `body`. `source` names the page in the log where a value is left out."""
    reader = Reader(references, source)
    wire = []
    for index, (block, raw) in enumerate(_iterate_stored(body)):
        envelope = {"type": raw["type"], "id": _get_id(raw, f"{source}/{index}")}
        try:
            value = _read_block(block, raw, reader)
        except UnreadableValueError as error:
            if block.critical:
                logger.error("Withheld from %s, %s: %s", source, raw["type"], error)
                wire.append({**envelope, "value": None, "notice": UPDATING_NOTICE})
            else:
                reader.leave_out(
                    type(error)(f"{raw['type']}.{error.where}".rstrip("."), error.reason)
                )
        else:
            wire.append({**envelope, "value": value})
    return wire


def iterate_block_texts(body: StreamBlock, name: str, value: dict[str, Any]) -> Iterator[str]:
    """The text that readers see of one block's wire value: plain, or clean HTML.

    The heading and everything below it, in the order of the block's definition.
    """
    yield from get_block_shape(type(body.child_blocks[name])).texts(value)


def build_draft_body(
    body: StreamValue, references: References, *, source: str
) -> list[dict[str, Any]]:
    """The wire form of `body` in a draft, whatever is stored: every block, however little of it
    there is. A block of an unknown type is left out. `source` names the page.
    """
    return [
        {
            "type": raw["type"],
            "id": _get_id(raw, f"{source}/{index}"),
            "value": read_draft_value(block, raw.get("value"), references),
        }
        for index, (block, raw) in enumerate(_iterate_stored(body))
    ]


def read_draft_value(block: ContentBlock, raw: Any, references: References) -> dict[str, Any]:
    """The wire value of one block in a draft; `raw` is its stored value, or anything at all."""
    stored = raw if isinstance(raw, dict) else {}
    value: dict[str, Any] = get_block_shape(type(block)).read_draft(stored, references)
    return value


def unreadable_critical_blocks(body: StreamValue) -> list[str]:
    """The types of the critical blocks of `body` that readers cannot be shown, in order.

    Critical blocks refer to nothing, so this needs no query.
    """
    reader = Reader(References({}, Wanted()), source="a check")
    unreadable = []
    for block, raw in _iterate_stored(body):
        if block.critical:
            try:
                _read_block(block, raw, reader)
            except UnreadableValueError:
                unreadable.append(str(raw["type"]))
    return unreadable


def _read_block(block: ContentBlock, raw: dict[str, Any], reader: Reader) -> Any:
    reader = replace(reader, strict=block.critical)
    return get_block_shape(type(block)).read(raw.get("value"), reader, "")


def _get_id(raw: dict[str, Any], place: str) -> str:
    stored = raw.get("id")
    if isinstance(stored, str) and stored and stored.isascii():
        return stored
    return str(uuid.uuid5(_ID_NAMESPACE, place))


def _iterate_stored(body: StreamValue) -> Iterator[tuple[ContentBlock, dict[str, Any]]]:
    for raw in body.raw_data:
        name = raw.get("type") if isinstance(raw, dict) else None
        block = body.stream_block.child_blocks.get(name) if isinstance(name, str) else None
        if block is None:
            logger.warning("A stored block of the unknown type %r is left out", name)
        else:
            yield block, raw
