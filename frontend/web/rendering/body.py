"""The blocks of a page in their places: each with an anchor, and the list of contents they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from web.api.blocks import ReadableBlock
from web.rendering.text import build_anchor

GUIDANCE: Final = "massage_guidance"
# The headings of blocks whose own cannot be read.
_WITHHELD_HEADINGS: Final = {GUIDANCE: "Massage guidance", "red_flags": "Warning signs"}
# These anchors belong to the page itself.
_TAKEN_ANCHORS: Final = ("main", "search", "at-a-glance", "contents")


@dataclass(frozen=True)
class PlacedBlock:
    """A block with the anchor that leads to it; `heading` is empty where it has none.

    `value` is None where only `notice` may be shown.
    """

    type: str
    id: str
    anchor: str
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
    """The blocks with anchors made from their headings, no two alike."""
    taken = set(_TAKEN_ANCHORS)
    placed = []
    for block in blocks:
        heading = (
            _WITHHELD_HEADINGS.get(block.type, "")
            if block.value is None
            else getattr(block.value, "heading", "")
        )
        anchor = _find_free_anchor(build_anchor(heading or block.type), taken)
        placed.append(PlacedBlock(block.type, block.id, anchor, heading, block.value, block.notice))
    return placed


def build_contents(blocks: Iterable[PlacedBlock]) -> list[ContentsEntry]:
    """The list of contents: every block that has a heading."""
    return [ContentsEntry(block.anchor, block.heading) for block in blocks if block.heading]


def find_guidance_or_none(blocks: Iterable[PlacedBlock]) -> PlacedBlock | None:
    """The massage guidance of a page, whether it can be read or not."""
    return next((block for block in blocks if block.type == GUIDANCE), None)


def _find_free_anchor(wanted: str, taken: set[str]) -> str:
    anchor = wanted
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor
