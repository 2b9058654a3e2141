"""Lists and named fields, made of other shapes."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from cms.blocks.stored_values import unwrap_item
from cms.contract.errors import UnreadableValueError
from cms.contract.references import References, Wanted
from cms.contract.schemas import Schema, build_object, first_line, ref, register_schema
from cms.contract.shapes.base import Reader, Shape, shape_of


class ListShape(Shape):
    """Items of one shape, in order."""

    def __init__(self, block: blocks.ListBlock) -> None:
        super().__init__(block)
        self.item = shape_of(block.child_block)
        self.min_num: int = block.meta.min_num or 0

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "items": self.item.schema()}
        return {**schema, "minItems": self.min_num} if self.min_num else schema

    def draft_schema(self) -> Schema:
        return {"type": "array", "items": self.item.draft_schema()}

    def collect(self, raw: Any, wanted: Wanted) -> None:
        for item in raw if isinstance(raw, list) else []:
            self.item.collect(unwrap_item(item), wanted)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, list):
            raise UnreadableValueError(where, "is not a list")
        items: list[Any] = []
        for index, item in enumerate(raw):
            try:
                items.append(self.item.read(unwrap_item(item), reader, f"{where}.{index}"))
            except UnreadableValueError as error:
                reader.leave_out(error)
        if len(items) < self.min_num:
            raise UnreadableValueError(where, f"has fewer than {self.min_num} readable items")
        return items

    def read_draft(self, raw: Any, references: References) -> Any:
        stored = raw if isinstance(raw, list) else []
        items = (self.item.read_draft(unwrap_item(item), references) for item in stored)
        # A struct stays, however little of it there is: it is a row that the editor has added.
        return [item for item in items if item is not None and item != ""]

    def texts(self, wire: Any) -> Iterator[str]:
        for item in wire:
            yield from self.item.texts(item)

    def empty(self) -> Any:
        return []


class StructShape(Shape):
    """Named fields, each of its own shape."""

    def __init__(self, block: blocks.StructBlock) -> None:
        super().__init__(block)
        self.name = type(block).__name__.removesuffix("Block")
        self.label = str(block.label)
        self.description = first_line(type(block).__doc__)
        self.fields = {name: shape_of(child) for name, child in block.child_blocks.items()}

    def build_definition(self) -> Schema:
        """The object schema itself, for a caller that names it."""
        properties: dict[str, Schema] = {}
        for name, shape in self.fields.items():
            schema = shape.schema()
            properties[name] = schema if shape.is_required else shape.allow_empty(schema)
        return build_object(properties, self.description)

    def build_draft_definition(self) -> Schema:
        """The object schema of the draft form, for a caller that names it."""
        properties = {
            name: shape.allow_empty(shape.draft_schema()) for name, shape in self.fields.items()
        }
        return build_object(properties, f"In a draft. {self.description}".rstrip())

    def schema(self) -> Schema:
        register_schema(self.name, self.build_definition())
        return ref(self.name)

    def draft_schema(self) -> Schema:
        register_schema(f"Draft{self.name}", self.build_draft_definition())
        return ref(f"Draft{self.name}")

    def collect(self, raw: Any, wanted: Wanted) -> None:
        if isinstance(raw, dict):
            for name, shape in self.fields.items():
                shape.collect(raw.get(name), wanted)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, dict):
            raise UnreadableValueError(where, "is not an object")
        self._refuse_unknown_fields(raw, reader, where)
        value: dict[str, Any] = {}
        for name, shape in self.fields.items():
            place = f"{where}.{name}" if where else name
            value[name] = self._read_field(shape, raw.get(name), reader, place)
        return value

    def read_draft(self, raw: Any, references: References) -> Any:
        if not isinstance(raw, dict):
            return self.empty()
        return {
            name: shape.read_draft(raw.get(name), references) for name, shape in self.fields.items()
        }

    def texts(self, wire: Any) -> Iterator[str]:
        for name, shape in self.fields.items():
            if wire[name] is not None:
                yield from shape.texts(wire[name])

    def _read_field(self, shape: Shape, raw: Any, reader: Reader, where: str) -> Any:
        if raw is None or raw == "":
            if not shape.is_required:
                return shape.empty()
            raise UnreadableValueError(where, "is empty")
        try:
            return shape.read(raw, reader, where)
        except UnreadableValueError as error:
            if shape.is_required:
                raise
            reader.leave_out(error)
            return shape.empty()

    def _refuse_unknown_fields(self, raw: dict[str, Any], reader: Reader, where: str) -> None:
        # A field that another version knows may hold the "avoid" that makes the difference.
        unknown = sorted(name for name in raw if name not in self.fields and raw[name])
        if reader.strict and unknown:
            raise UnreadableValueError(where, f"has unknown fields: {', '.join(unknown)}")


shape_of.register(blocks.ListBlock, ListShape)
shape_of.register(blocks.StructBlock, StructShape)
