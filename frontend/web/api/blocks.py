"""Reading a page body block by block, so that one that cannot be read spoils no other.

A block of an unknown type, or with a value that does not fit, is left out and logged. Critical
blocks are never left out: what cannot be read there is replaced by a notice, because a missing
"do not massage" would read as "safe".

Drafts have a form of their own, in which anything may be missing. Whoever looks at a draft sees
that a block is there, even where this site cannot read it.
"""

import logging
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from web.api.models import BLOCK_VALUES, CRITICAL_BLOCKS, DRAFT_BLOCK_VALUES

logger = logging.getLogger(__name__)

UPDATING_NOTICE: Final = "This guidance is being updated. Please ask before booking."
# The type of a block of a draft that cannot be read, and what stands in its place.
UNREADABLE: Final = "unreadable"
_UNREADABLE_NOTICE: Final = (
    "The block “{name}” is here, but this site cannot show it. What you wrote in it is kept. "
    "Tell whoever looks after the site."
)


@dataclass(frozen=True)
class ReadableBlock:
    """A block as templates get it. `value` is None where only `notice` may be shown."""

    type: str
    id: str
    value: Any
    notice: str = ""


def read_body(body: object, source: str) -> list[ReadableBlock]:
    """The blocks of `body` that can be shown, in order. `source` names the page in the log."""
    if not isinstance(body, list):
        logger.warning("The body of %s is not a list and is left out", source)
        return []
    blocks = (read_block_or_none(raw, source) for raw in body)
    return [block for block in blocks if block is not None]


def read_block_or_none(raw: object, source: str) -> ReadableBlock | None:
    """One block, or None where it is to be left out."""
    fields = raw if isinstance(raw, dict) else {}
    block_type = fields.get("type")
    if not isinstance(block_type, str) or block_type not in BLOCK_VALUES:
        logger.warning("%s: a block of the unknown type %r is left out", source, block_type)
        return None
    block_id = _read_id(fields)
    try:
        value = msgspec.convert(fields.get("value"), BLOCK_VALUES[block_type])
    except msgspec.ValidationError as error:
        if block_type not in CRITICAL_BLOCKS:
            logger.warning("%s: a block %r is left out: %s", source, block_type, error)
            return None
        logger.error("%s: a block %r is withheld: %s", source, block_type, error)
        return ReadableBlock(block_type, block_id, None, UPDATING_NOTICE)
    return ReadableBlock(block_type, block_id, value)


def read_draft_body(body: object, source: str) -> list[ReadableBlock]:
    """Every block of a draft's `body`, in order. `source` names the draft in the log."""
    if not isinstance(body, list):
        logger.warning("The body of %s is not a list and is left out", source)
        return []
    return [read_draft_block(raw, source) for raw in body]


def read_draft_block(raw: object, source: str) -> ReadableBlock:
    """One block of a draft. What cannot be read says so, critical or not."""
    fields = raw if isinstance(raw, dict) else {}
    given_type, block_id = fields.get("type"), _read_id(fields)
    block_type = given_type if isinstance(given_type, str) else UNREADABLE
    try:
        value = msgspec.convert(fields.get("value"), DRAFT_BLOCK_VALUES[block_type])
    except (KeyError, msgspec.ValidationError) as error:
        logger.warning("%s: a block %r cannot be read: %s", source, block_type[:50], error)
        shown_type = block_type if block_type in CRITICAL_BLOCKS else UNREADABLE
        name = block_type.replace("_", " ").capitalize()
        return ReadableBlock(shown_type, block_id, None, _UNREADABLE_NOTICE.format(name=name))
    return ReadableBlock(block_type, block_id, value)


def _read_id(fields: dict[str, Any]) -> str:
    given = fields.get("id")
    return given if isinstance(given, str) else ""
