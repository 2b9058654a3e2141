"""Reads a path as a reader's browser sent it, whatever is wrong with it."""

import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

# Longer than any page's path; nothing is looked up for more.
LONGEST_REQUEST: Final = 2000


@dataclass(frozen=True)
class RequestedPath:
    """A path that could be somebody's.

    `given` is the path as it was sent, without its query; `path` is decoded, with one slash at
    the start, one at the end, and no empty, "." or ".." segment; `query` is without its "?".
    """

    given: str
    path: str
    query: str = ""

    @property
    def query_suffix(self) -> str:
        """The query with its "?", or nothing."""
        return f"?{self.query}" if self.query else ""


def parse_requested_path_or_none(raw: str) -> RequestedPath | None:
    """`raw` read as a path, or None when no page and no redirect can have it.

    A full address is not a path, and ends as one that nobody has.
    """
    if len(raw) > LONGEST_REQUEST:
        return None
    given, _, query = raw.partition("#")[0].partition("?")
    try:
        decoded = unquote(given, errors="strict")
    except UnicodeDecodeError:
        return None
    if _has_control_characters(decoded) or _has_control_characters(query):
        return None
    segments: list[str] = []
    for segment in decoded.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    path = "/".join(["", *segments, ""])
    return RequestedPath(given=given, path=path, query=query)


def _has_control_characters(text: str) -> bool:
    # Cc: control characters, the null character among them; Cs: halves of surrogate pairs.
    return any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
