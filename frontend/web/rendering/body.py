"""The blocks of a page in their places: each with an anchor, and the list of contents they make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from web.api.blocks import ReadableBlock
from web.rendering.text import build_anchor

GUIDANCE: Final = "massage_guidance"
# The headings of blocks whose own cannot be read.
_WITHHELD_HEADINGS: Final = {GUIDANCE: "Massage guidance", "red_flags": "Warning signs"}
# These anchors belong to the page itself.
_TAKEN_ANCHORS: Final = (
    "main",
    "search",
    "site-search",
    "dialog-search",
    "at-a-glance",
    "contents",
    "more-to-explore",
    "responses",
)
# These are the anchors of comments, and of the form in which one is written.
_COMMENT_PREFIX: Final = "response-"
_ID: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class PlacedBlock:
    """A block with the anchors that lead to it; `heading` is empty where it has none.

    `anchor` is made from the heading, for people; `id_anchor` from the id, for links that outlive
    a change of the heading. `value` is None where only `notice` may be shown.
    """

    type: str
    id: str
    anchor: str
    id_anchor: str
    heading: str
    value: Any
    notice: str

    @property
    def template(self) -> str:
        """The template that draws the block."""
        return f"blocks/{self.type}.html"


@dataclass(frozen=True)
class ContentsEntry:
    """One line of the list of contents."""

    anchor: str
    heading: str


def place_blocks(blocks: Iterable[ReadableBlock]) -> list[PlacedBlock]:
    """The blocks with their anchors, no two alike; a second block of an id has no `id_anchor`."""
    taken = set(_TAKEN_ANCHORS)
    placed = []
    for block in blocks:
        id_anchor = build_block_anchor(block.id)
        id_anchor = "" if id_anchor in taken else id_anchor
        taken.add(id_anchor)
        heading = (
            _WITHHELD_HEADINGS.get(block.type, "")
            if block.value is None
            else getattr(block.value, "heading", "")
        )
        anchor = _find_free_anchor(build_anchor(heading or block.type), taken)
        placed.append(
            PlacedBlock(block.type, block.id, anchor, id_anchor, heading, block.value, block.notice)
        )
    return placed


def build_block_anchor(block_id: str) -> str:
    """The part of an address that leads to the block with this id; "" where none can."""
    return f"block-{block_id}" if _ID.fullmatch(block_id) else ""


def build_contents(blocks: Iterable[PlacedBlock]) -> list[ContentsEntry]:
    """The list of contents: every block that has a heading."""
    return [ContentsEntry(block.anchor, block.heading) for block in blocks if block.heading]


def find_guidance_or_none(blocks: Iterable[PlacedBlock]) -> PlacedBlock | None:
    """The massage guidance of a page, whether it can be read or not."""
    return next((block for block in blocks if block.type == GUIDANCE), None)


def _find_free_anchor(wanted: str, taken: set[str]) -> str:
    if wanted.startswith(_COMMENT_PREFIX):
        wanted = f"part-{wanted}"
    anchor = wanted
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor
