"""What every shape has in common, and the registry that finds the shape of a block.

Reading never trusts what is stored: a value that a removed choice, a deleted page or another
version left behind raises `UnreadableValueError`; a list leaves out such an item, an optional
field falls back to empty, and a strict reader (critical blocks) does neither.

Each shape has a draft form too, of the same definition with every requirement lifted. Reading a
draft raises nothing and logs nothing: half a sentence is what drafts are made of.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from wagtail import blocks

from cms.blocks.publish_rules import is_required
from cms.contract.errors import (
    MissingReferenceError,
    UndescribedBlockError,
    UnreadableValueError,
)
from cms.contract.references import References, Wanted
from cms.contract.schemas import Schema, nullable

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
        self.is_required = is_required(block)

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of the wire value."""

    def collect(self, raw: Any, wanted: Wanted) -> None:
        """Note what the stored value `raw` refers to; nothing, for most kinds."""
        return

    @abstractmethod
    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        """The wire value of the stored value `raw`. Raises `UnreadableValueError`."""

    @abstractmethod
    def draft_schema(self) -> Schema:
        """The JSON Schema of a wire value in a draft that is not empty."""

    @abstractmethod
    def read_draft(self, raw: Any, references: References) -> Any:
        """The wire value in a draft of `raw`, whatever that is; `empty()` where it is no value."""

    def texts(self, wire: Any) -> Iterator[str]:
        """The text that readers see of the wire value `wire`: plain, or clean HTML."""
        yield from ()

    def empty(self) -> Any:
        """The wire value that stands for nothing, where the field is optional or a draft's."""
        return None

    def allow_empty(self, schema: Schema) -> Schema:
        """`schema`, widened to what `empty()` gives."""
        return nullable(schema) if self.empty() is None else schema


@singledispatch
def shape_of(block: blocks.Block) -> Shape:
    """The shape of a block definition. Raises `UndescribedBlockError` when none is registered."""
    raise UndescribedBlockError(
        f"{type(block).__module__}.{type(block).__name__} has no shape in the contract: "
        "register one in cms/contract/shapes/ with @shape_of.register."
    )
