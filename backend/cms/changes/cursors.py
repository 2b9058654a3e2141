"""A place in the feed, as one word that goes into an address or a header."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from cms.core.query_parameters import LARGEST_INTEGER

_WRITTEN: Final = re.compile(
    r"(?P<epoch>[0-9a-f]{8})-(?P<number>[0-9]{1,19})-(?P<nonce>[0-9a-f]{8})"
)


@dataclass(frozen=True)
class Cursor:
    """After the change with `number`. `epoch` and `nonce` say of which feed, and which change."""

    epoch: str
    number: int
    nonce: str

    def __str__(self) -> str:
        return f"{self.epoch}-{self.number}-{self.nonce}"


def parse_cursor_or_none(text: str) -> Cursor | None:
    """The cursor that `text` writes, or None."""
    match = _WRITTEN.fullmatch(text)
    if match is None or int(match["number"]) > LARGEST_INTEGER:
        return None
    return Cursor(match["epoch"], int(match["number"]), match["nonce"])


def make_nonce() -> str:
    """Eight characters that nobody foresees."""
    return secrets.token_hex(4)
