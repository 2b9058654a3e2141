"""The body of a page."""

import json
import logging
from threading import Lock
from typing import TYPE_CHECKING, Any

from wagtail.blocks import StreamValue
from wagtail.blocks.base import BlockField
from wagtail.fields import StreamField

logger = logging.getLogger(__name__)

# Wagtail turns "required" off on the block objects, which all threads share, while it validates a
# draft, and on again afterwards. One validation at a time keeps a draft from being judged by the
# flags that another request has just turned back on.
_VALIDATION = Lock()


class ContentFormField(BlockField):
    """Validates lengths and addresses in a body, and leaves what is missing to publishing."""

    def clean(self, value: Any) -> Any:
        with _VALIDATION:
            return self.block.clean_deferred(value)


class ContentField(StreamField):
    """A stream of blocks that is never refused for missing content; publishing asks for that.

    What is stored and is no block at all is left out when it is read, so that whoever reads a body
    meets blocks only: objects with a `type` and a struct for a `value`.
    """

    if TYPE_CHECKING:
        # Wagtail puts a descriptor in the field's place when the model class is built.
        def __get__(self, page: object, model: type | None = None) -> Any: ...
        def __set__(self, page: object, value: Any) -> None: ...

    def to_python(self, value: Any) -> StreamValue:
        """`value` as a stream; `count_unreadable_parts` tells how much of it was left out."""
        stored = _parse(value)
        if not _is_stored_json(stored):
            return super().to_python(stored)
        readable, unreadable = _split(stored)
        stream = super().to_python(readable)
        stream.unreadable_parts = unreadable
        if unreadable:
            logger.warning("Left out of %s, %d parts that are no blocks", self, unreadable)
        return stream

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ContentFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", args, kwargs


def count_unreadable_parts(body: StreamValue) -> int:
    """How many parts of `body` were stored in such a way that nobody can read them."""
    return int(getattr(body, "unreadable_parts", 0))


def _parse(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # Wagtail keeps it as the raw text of an empty body


def _is_stored_json(value: Any) -> bool:
    """Whether `value` comes from a database or a revision; Python code gives pairs or streams."""
    is_pairs = isinstance(value, list | tuple) and any(isinstance(item, tuple) for item in value)
    return value is not None and not is_pairs and not isinstance(value, str | StreamValue)


def _split(stored: Any) -> tuple[list[dict[str, Any]], int]:
    """The blocks in a stored body, each complete, and how many parts of it are none."""
    if not isinstance(stored, list | tuple):
        return [], 1
    readable = []
    unreadable = 0
    for item in stored:
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            unreadable += 1
            continue
        value = item.get("value")
        if not isinstance(value, dict):
            unreadable += value is not None
            value = {}
        block_id = item.get("id")
        readable.append({**item, "value": value, "id": block_id if _is_id(block_id) else None})
    return readable, unreadable


def _is_id(block_id: Any) -> bool:
    return isinstance(block_id, str) and bool(block_id)
