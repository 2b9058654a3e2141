"""Reading a page body block by block, so that one that cannot be read spoils no other.

A block of an unknown type, or with a value that does not fit, is left out and logged. Critical
blocks are never left out: what cannot be read there is replaced by a notice, because a missing
"do not massage" would read as "safe".
"""

import logging
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from web.api.models import BLOCK_VALUES, CRITICAL_BLOCKS

logger = logging.getLogger(__name__)

UPDATING_NOTICE: Final = "This guidance is being updated. Please ask before booking."


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
    given_id = fields.get("id")
    block_id = given_id if isinstance(given_id, str) else ""
    try:
        value = msgspec.convert(fields.get("value"), BLOCK_VALUES[block_type])
    except msgspec.ValidationError as error:
        if block_type not in CRITICAL_BLOCKS:
            logger.warning("%s: a block %r is left out: %s", source, block_type, error)
            return None
        logger.error("%s: a block %r is withheld: %s", source, block_type, error)
        return ReadableBlock(block_type, block_id, None, UPDATING_NOTICE)
    return ReadableBlock(block_type, block_id, value)
