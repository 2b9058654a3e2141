"""Whole numbers and days."""

import datetime
from typing import Any

from wagtail import blocks

from cms.contract.errors import UnreadableValueError
from cms.contract.references import References
from cms.contract.schemas import Schema
from cms.contract.shapes.base import Reader, Shape, shape_of


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

    def draft_schema(self) -> Schema:
        return {"type": "integer"}

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not _is_whole_number(raw):
            raise UnreadableValueError(where, "is not a whole number")
        is_too_small = self.minimum is not None and raw < self.minimum
        if is_too_small or (self.maximum is not None and raw > self.maximum):
            raise UnreadableValueError(where, f"is out of range: {raw}")
        return raw

    def read_draft(self, raw: Any, references: References) -> Any:
        return raw if _is_whole_number(raw) else None


class DateShape(Shape):
    """A day, as ISO 8601 writes it."""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}

    def draft_schema(self) -> Schema:
        return self.schema()

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        date = _parse_date_or_none(raw)
        if date is None:
            raise UnreadableValueError(where, f"is not a date: {raw!r}")
        return date

    def read_draft(self, raw: Any, references: References) -> Any:
        return _parse_date_or_none(raw)


def _is_whole_number(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool)


def _parse_date_or_none(raw: Any) -> str | None:
    try:
        return datetime.date.fromisoformat(raw).isoformat()
    except (TypeError, ValueError):
        return None


shape_of.register(blocks.IntegerBlock, IntegerShape)
shape_of.register(blocks.DateBlock, DateShape)
