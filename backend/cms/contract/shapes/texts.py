"""Plain text, addresses and rich text."""

from typing import Any

from wagtail import blocks

from cms.blocks.fields import HrefBlock
from cms.contract.errors import UnreadableValueError
from cms.contract.references import Wanted
from cms.contract.schemas import Schema
from cms.contract.shapes.base import Reader, Shape, shape_of
from cms.core.links import is_safe_href
from cms.core.rich_text import expand_rich_text, iterate_page_links


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
        if self.max_length is not None and len(text) > self.max_length:
            raise UnreadableValueError(where, f"is longer than {self.max_length} characters")
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise UnreadableValueError(where, "holds half a character")
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


shape_of.register(blocks.CharBlock, TextShape)
shape_of.register(blocks.TextBlock, TextShape)
shape_of.register(blocks.URLBlock, HrefShape)
shape_of.register(HrefBlock, HrefShape)
shape_of.register(blocks.RichTextBlock, RichTextShape)
