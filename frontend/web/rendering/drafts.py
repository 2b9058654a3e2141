"""What the banner of a draft says: whose it is, how long its link works, and what is new in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from web.api.models import DraftInfo
from web.rendering.body import PlacedBlock

SHARED: Final = "shared"

_CHANGE_WORDS: Final = {
    "added": "Added",
    "changed": "Changed",
    "removed": "Removed",
    "moved": "Moved",
}
# More than these are folded away: the draft itself should be in sight.
_MOST_OPEN: Final = 3


@dataclass(frozen=True)
class ShownChange:
    """What became of one part since the live version; `anchor` is empty where it is not here."""

    kind: str
    words: str
    what: str
    anchor: str


@dataclass(frozen=True)
class DraftBanner:
    """The banner. Times are as the CMS gave them; `was_published` is about any time before."""

    is_shared: bool
    author: str
    created_at: str
    expires_at: str
    is_published: bool
    was_published: bool
    changes: list[ShownChange]

    @property
    def is_folded(self) -> bool:
        """Whether there are so many changes that their list is to be folded away."""
        return len(self.changes) > _MOST_OPEN


def build_banner(
    draft: DraftInfo, blocks: Sequence[PlacedBlock], *, was_published: bool
) -> DraftBanner:
    """The banner of a draft whose body is `blocks`."""
    anchors = {block.id: block.anchor for block in blocks if block.id}
    return DraftBanner(
        is_shared=draft.kind == SHARED,
        author=draft.author,
        created_at=draft.created_at,
        expires_at=draft.expires_at,
        is_published=draft.is_published,
        was_published=was_published,
        changes=[
            ShownChange(
                kind=change.kind if change.kind in _CHANGE_WORDS else "other",
                words=_CHANGE_WORDS.get(change.kind, "Different"),
                what=change.what,
                anchor=anchors.get(change.block_id or "", ""),
            )
            for change in draft.changes
        ],
    )
