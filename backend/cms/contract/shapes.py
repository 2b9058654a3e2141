"""The shape of each kind of block: its schema, what it refers to, and how a stored value is read.

`shape_of(block)` is the only bridge from a Wagtail block definition to the wire. To describe a
new kind of block, register a shape for its class.

Reading never trusts what is stored: a value that a removed choice, a deleted page or another
version left behind raises `UnreadableValueError`; a list leaves out such an item, an optional
field falls back to empty, and a strict reader (critical blocks) does neither.
"""

import datetime
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.db.models import Choices
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.fields import HrefBlock, VocabularyBlock, VocabularyListBlock
from cms.contract.errors import (
    MissingReferenceError,
    UndescribedBlockError,
    UnreadableValueError,
)
from cms.contract.references import References, Wanted, get_schema_name
from cms.contract.schemas import (
    Schema,
    build_object,
    first_line,
    nullable,
    ref,
    register_schema,
    register_vocabulary,
)
from cms.core.links import is_safe_href
from cms.core.rich_text import expand_rich_text, iterate_page_links

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reader:
    """How a stored value is read: with which references, and whether nothing may be left out."""

    references: References
    source: str
    strict: bool = False

    def leave_out(self, error: UnreadableValueError) -> None:
        """Note that a value is left out; a strict reader refuses instead."""
        if self.strict:
            raise error
        level = logging.INFO if isinstance(error, MissingReferenceError) else logging.WARNING
        logger.log(level, "Left out of %s: %s", self.source, error)


class Shape(ABC):
    """The contract of one block definition."""

    def __init__(self, block: blocks.Block) -> None:
        self.is_required = _is_required(block)

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of the wire value."""

    def collect(self, raw: Any, wanted: Wanted) -> None:
        """Note what the stored value `raw` refers to."""

    @abstractmethod
    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        """The wire value of the stored value `raw`. Raises `UnreadableValueError`."""

    def empty(self) -> Any:
        """The wire value that stands for nothing, where the field is optional."""
        return None


class TextShape(Shape):
    """A line or paragraphs of plain text."""

    def __init__(self, block: blocks.FieldBlock) -> None:
        super().__init__(block)
        self.max_length: int | None = getattr(block.field, "max_length", None)

    def schema(self) -> Schema:
        schema: Schema = {"type": "string"}
        if self.is_required:
            schema["minLength"] = 1
        if self.max_length is not None:
            schema["maxLength"] = self.max_length
        return schema

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, str):
            raise UnreadableValueError(where, "is not text")
        text = raw.strip()
        if self.is_required and not text:
            raise UnreadableValueError(where, "is empty")
        return text

    def empty(self) -> Any:
        return ""


class HrefShape(TextShape):
    """An absolute web, e-mail or telephone address."""

    def schema(self) -> Schema:
        return {**super().schema(), "format": "uri"} if self.is_required else super().schema()

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        href = super().read(raw, reader, where)
        if href and not is_safe_href(href):
            raise UnreadableValueError(where, "is not a safe address")
        return href


class RichTextShape(Shape):
    """Clean HTML: p, br, b, strong, i, em, ul, ol, li and a with href."""

    def schema(self) -> Schema:
        schema: Schema = {"type": "string", "contentMediaType": "text/html"}
        return {**schema, "minLength": 1} if self.is_required else schema

    def collect(self, raw: Any, wanted: Wanted) -> None:
        if isinstance(raw, str):
            wanted.update("page", iterate_page_links(raw))

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, str):
            raise UnreadableValueError(where, "is not rich text")
        html = expand_rich_text(raw, reader.references.page_href_or_none)
        if self.is_required and not html.strip():
            raise UnreadableValueError(where, "is empty")
        return html

    def empty(self) -> Any:
        return ""


class IntegerShape(Shape):
    """A whole number between the bounds of its field."""

    def __init__(self, block: blocks.IntegerBlock) -> None:
        super().__init__(block)
        self.minimum: int | None = block.field.min_value
        self.maximum: int | None = block.field.max_value

    def schema(self) -> Schema:
        schema: Schema = {"type": "integer"}
        if self.minimum is not None:
            schema["minimum"] = self.minimum
        if self.maximum is not None:
            schema["maximum"] = self.maximum
        return schema

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise UnreadableValueError(where, "is not a whole number")
        is_too_small = self.minimum is not None and raw < self.minimum
        if is_too_small or (self.maximum is not None and raw > self.maximum):
            raise UnreadableValueError(where, f"is out of range: {raw}")
        return raw


class DateShape(Shape):
    """A day, as ISO 8601 writes it."""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        try:
            return datetime.date.fromisoformat(raw).isoformat()
        except (TypeError, ValueError):
            raise UnreadableValueError(where, f"is not a date: {raw!r}") from None


class VocabularyShape(Shape):
    """One choice of a closed vocabulary."""

    def __init__(self, block: VocabularyBlock | VocabularyListBlock) -> None:
        super().__init__(block)
        self.vocabulary: type[Choices] = block.vocabulary

    def schema(self) -> Schema:
        return register_vocabulary(self.vocabulary)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        # A select box may have stored a number as text.
        by_text = {str(value): value for value in self.vocabulary.values}
        if isinstance(raw, (str, int)) and str(raw) in by_text:
            return by_text[str(raw)]
        raise UnreadableValueError(where, f"is not one of the choices: {raw!r}")


class VocabularyListShape(VocabularyShape):
    """Any number of choices of a closed vocabulary."""

    def schema(self) -> Schema:
        return {"type": "array", "items": super().schema(), "uniqueItems": True}

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, list):
            raise UnreadableValueError(where, "is not a list of choices")
        chosen: list[Any] = []
        for index, item in enumerate(raw):
            try:
                value = super().read(item, reader, f"{where}.{index}")
            except UnreadableValueError as error:
                reader.leave_out(error)
            else:
                if value not in chosen:
                    chosen.append(value)
        return chosen

    def empty(self) -> Any:
        return []


class ReferenceShape(Shape):
    """A page or snippet that was chosen, as its wire object."""

    def __init__(self, block: blocks.ChooserBlock, kind: str) -> None:
        super().__init__(block)
        self.kind = kind

    def schema(self) -> Schema:
        return ref(get_schema_name(self.kind))

    def collect(self, raw: Any, wanted: Wanted) -> None:
        wanted.add(self.kind, raw)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        found = reader.references.get_or_none(self.kind, raw)
        if found is None:
            raise MissingReferenceError(where, f"{self.kind} {raw!r} is not there for readers")
        return found


class ImageShape(Shape):
    """A picture with the alternative text of this use of it."""

    def schema(self) -> Schema:
        return ref(get_schema_name("image"))

    def collect(self, raw: Any, wanted: Wanted) -> None:
        if isinstance(raw, dict):
            wanted.add("image", raw.get("image"))

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, dict):
            raise UnreadableValueError(where, "is not a picture")
        image = reader.references.get_or_none("image", raw.get("image"))
        if image is None:
            raise MissingReferenceError(where, f"image {raw.get('image')!r} is not there")
        alt = "" if raw.get("decorative") else (raw.get("alt_text") or image["alt"])
        return {**image, "alt": alt}


class ListShape(Shape):
    """Items of one shape, in order."""

    def __init__(self, block: blocks.ListBlock) -> None:
        super().__init__(block)
        self.item = shape_of(block.child_block)
        self.min_num: int = block.meta.min_num or 0

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "items": self.item.schema()}
        return {**schema, "minItems": self.min_num} if self.min_num else schema

    def collect(self, raw: Any, wanted: Wanted) -> None:
        for item in raw if isinstance(raw, list) else []:
            self.item.collect(_list_item_value(item), wanted)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, list):
            raise UnreadableValueError(where, "is not a list")
        items: list[Any] = []
        for index, item in enumerate(raw):
            try:
                items.append(self.item.read(_list_item_value(item), reader, f"{where}.{index}"))
            except UnreadableValueError as error:
                reader.leave_out(error)
        if len(items) < self.min_num:
            raise UnreadableValueError(where, f"has fewer than {self.min_num} readable items")
        return items

    def empty(self) -> Any:
        return []


class StructShape(Shape):
    """Named fields, each of its own shape."""

    def __init__(self, block: blocks.StructBlock) -> None:
        super().__init__(block)
        self.name = type(block).__name__.removesuffix("Block")
        self.description = first_line(type(block).__doc__)
        self.fields = {name: shape_of(child) for name, child in block.child_blocks.items()}

    def build_definition(self) -> Schema:
        """The object schema itself, for a caller that names it."""
        properties: dict[str, Schema] = {}
        for name, shape in self.fields.items():
            schema = shape.schema()
            is_nullable = not shape.is_required and shape.empty() is None
            properties[name] = nullable(schema) if is_nullable else schema
        return build_object(properties, self.description)

    def schema(self) -> Schema:
        register_schema(self.name, self.build_definition())
        return ref(self.name)

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


@singledispatch
def shape_of(block: blocks.Block) -> Shape:
    """The shape of a block definition. Raises `UndescribedBlockError` when none is registered."""
    raise UndescribedBlockError(
        f"{type(block).__module__}.{type(block).__name__} has no shape in the contract: "
        "register one in cms/contract/shapes.py with @shape_of.register."
    )


shape_of.register(blocks.CharBlock, TextShape)
shape_of.register(blocks.TextBlock, TextShape)
shape_of.register(blocks.URLBlock, HrefShape)
shape_of.register(HrefBlock, HrefShape)
shape_of.register(blocks.RichTextBlock, RichTextShape)
shape_of.register(blocks.IntegerBlock, IntegerShape)
shape_of.register(blocks.DateBlock, DateShape)
shape_of.register(VocabularyBlock, VocabularyShape)
shape_of.register(VocabularyListBlock, VocabularyListShape)
shape_of.register(ImageBlock, ImageShape)
shape_of.register(blocks.ListBlock, ListShape)
shape_of.register(blocks.StructBlock, StructShape)


@shape_of.register
def _page_shape(block: blocks.PageChooserBlock) -> Shape:
    return ReferenceShape(block, "page")


@shape_of.register
def _snippet_shape(block: SnippetChooserBlock) -> Shape:
    return ReferenceShape(block, str(block.target_model._meta.model_name))


def _is_required(block: blocks.Block) -> bool:
    if isinstance(block, blocks.ListBlock):
        return bool(block.meta.min_num)
    # The constructor's argument, not the form field's flag: saving a draft flips that one on
    # objects that every thread shares.
    arguments: dict[str, Any] = block._constructor_args[1]
    return bool(arguments.get("required", not isinstance(block, VocabularyListBlock)))


def _list_item_value(item: Any) -> Any:
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item
