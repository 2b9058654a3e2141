"""Plain text, addresses and rich text."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from wagtail import blocks

from cms.blocks.fields import HrefBlock
from cms.contract.errors import UnreadableValueError
from cms.contract.references import References, Wanted
from cms.contract.schemas import Schema
from cms.contract.shapes.base import Reader, Shape, shape_of
from cms.core.links import is_safe_href
from cms.core.rich_text import expand_rich_text, iterate_page_links

_TAG: Final = re.compile(r"<[^>]*>")
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")


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

    def draft_schema(self) -> Schema:
        return {"type": "string"}

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, str):
            raise UnreadableValueError(where, "is not text")
        text = raw.strip()
        if self.is_required and not text:
            raise UnreadableValueError(where, "is empty")
        if self.max_length is not None and len(text) > self.max_length:
            raise UnreadableValueError(where, f"is longer than {self.max_length} characters")
        if _HALF_CHARACTER.search(text):
            raise UnreadableValueError(where, "holds half a character")
        return text

    def read_draft(self, raw: Any, references: References) -> Any:
        return clean_text(raw)

    def texts(self, wire: Any) -> Iterator[str]:
        yield wire

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

    def read_draft(self, raw: Any, references: References) -> Any:
        href = clean_text(raw)
        return href if is_safe_href(href) else ""

    def texts(self, wire: Any) -> Iterator[str]:
        yield from ()


class RichTextShape(Shape):
    """Clean HTML: p, br, b, strong, i, em, ul, ol, li and a with href."""

    def schema(self) -> Schema:
        schema: Schema = {"type": "string", "contentMediaType": "text/html"}
        return {**schema, "minLength": 1} if self.is_required else schema

    def draft_schema(self) -> Schema:
        return {"type": "string", "contentMediaType": "text/html"}

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

    def read_draft(self, raw: Any, references: References) -> Any:
        html = expand_rich_text(clean_text(raw), references.page_href_or_none)
        # The editor stores an empty paragraph where nothing is written.
        return html if unescape(_TAG.sub("", html)).strip() else self.empty()

    def texts(self, wire: Any) -> Iterator[str]:
        yield wire

    def empty(self) -> Any:
        return ""


def clean_text(raw: Any) -> str:
    """Stored text without space around it, and with a "?" in place of half a character; or ""."""
    text = raw if isinstance(raw, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


shape_of.register(blocks.CharBlock, TextShape)
shape_of.register(blocks.TextBlock, TextShape)
shape_of.register(blocks.URLBlock, HrefShape)
shape_of.register(HrefBlock, HrefShape)
shape_of.register(blocks.RichTextBlock, RichTextShape)
