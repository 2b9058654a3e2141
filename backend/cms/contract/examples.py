"""The examples of every block, on the wire: `least`, `full` and `draft_empty`.

The first two are written beside the blocks, as stored values (`cms/blocks/examples/<name>.yaml`).
What they refer to is the example object of the schema in question, so that an export needs no
database and never changes by itself. The third follows from the block's definition alone. All are
exported as `contract/examples/<name>.json`.
"""

import uuid
from pathlib import Path
from typing import Any

import yaml

from cms.blocks import streams
from cms.blocks.base import ContentBlock
from cms.contract.bodies import get_block_shape, read_draft_value
from cms.contract.errors import MissingExampleError, UnreadableValueError
from cms.contract.references import References, Wanted, get_schema_name
from cms.contract.schemas import get_example
from cms.contract.shapes import ListShape, Reader, StructShape

EXAMPLES_FOLDER = Path(streams.__file__).parent / "examples"
_NAMESPACE = uuid.UUID("0c1d6f3e-55b7-4f3c-9a53-8f3d2d9a4e10")


class ExampleReferences(References):
    """Answers every reference with the example object of its schema, under the id asked for."""

    def __init__(self) -> None:
        super().__init__({}, Wanted())

    def get_or_none(self, kind: str, object_id: object) -> dict[str, Any]:
        return {**get_example(get_schema_name(kind)), "id": object_id}


def get_public_blocks() -> dict[str, ContentBlock]:
    """Every public block by its wire name, in the order of the picker."""
    return dict(streams.ConditionBody().child_blocks)


def build_examples(name: str, block: ContentBlock) -> dict[str, list[dict[str, Any]]]:
    """`{"least": [block], "full": [block, …], "draft_empty": [block, block]}`, on the wire.

    `draft_empty` is in draft form: a block in which nothing is filled in, and one with an empty
    row in every list of rows. Raises `MissingExampleError` when the file of the block called
    `name`, or one of the two examples in it, is not there or does not fit.
    """
    path = EXAMPLES_FOLDER / f"{name}.yaml"
    if not path.exists():
        raise MissingExampleError(
            f"The block {name!r} has no example: write cms/blocks/examples/{path.name}."
        )
    stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    examples: dict[str, list[dict[str, Any]]] = {}
    for kind in ("least", "full"):
        values = stored.get(kind) or []
        if not values:
            raise MissingExampleError(f"{path.name} has no {kind!r} example.")
        examples[kind] = [
            _build_block(name, block, value, f"{kind}/{index}")
            for index, value in enumerate(values)
        ]
    blanks = [{}, _build_blank(get_block_shape(type(block)))]
    examples["draft_empty"] = [
        _build_draft_block(name, block, blank, f"draft_empty/{index}")
        for index, blank in enumerate(blanks)
    ]
    return examples


def _build_block(name: str, block: ContentBlock, value: Any, place: str) -> dict[str, Any]:
    reader = Reader(ExampleReferences(), source=f"{name} {place}", strict=True)
    try:
        wire = get_block_shape(type(block)).read(value, reader, "")
    except UnreadableValueError as error:
        raise MissingExampleError(f"{name}.yaml, {place}: {error}") from error
    return _wrap(name, wire, place)


def _build_blank(shape: StructShape) -> dict[str, Any]:
    """A stored value in which every list of structs, at every depth, has one empty item."""
    blank: dict[str, Any] = {}
    for name, field in shape.fields.items():
        if isinstance(field, ListShape) and isinstance(field.item, StructShape):
            blank[name] = [_build_blank(field.item)]
        elif isinstance(field, StructShape):
            blank[name] = _build_blank(field)
    return blank


def _build_draft_block(name: str, block: ContentBlock, value: Any, place: str) -> dict[str, Any]:
    return _wrap(name, read_draft_value(block, value, References({}, Wanted())), place)


def _wrap(name: str, wire: Any, place: str) -> dict[str, Any]:
    return {"type": name, "id": str(uuid.uuid5(_NAMESPACE, f"{name}/{place}")), "value": wire}
