"""What a moderator can decide about comments, one at a time or many at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cms.comments import moderation
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment
from cms.comments.moderation import CommentGoneError

# Each is a change of its own, with its history, in one transaction that others wait for.
MOST_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Decision:
    """One of the four things that can be done, and what the screens call it."""

    name: str
    status: CommentStatus
    label: str
    done: str
    """What a comment is after it, in a sentence that begins with "It was"."""
    decide: Callable[[Comment, Any], bool]


@dataclass(frozen=True)
class Outcome:
    """What became of the comments that somebody chose."""

    changed: int
    unchanged: int
    gone: int


_ALL: Final = (
    Decision("approve", CommentStatus.APPROVED, "Approve", "approved", moderation.approve),
    Decision("spam", CommentStatus.SPAM, "Mark as spam", "marked as spam", moderation.mark_as_spam),
    Decision(
        "bin", CommentStatus.BINNED, "Move to the bin", "moved to the bin", moderation.move_to_bin
    ),
    Decision(
        "restore",
        CommentStatus.HELD,
        "Back to waiting",
        "put back to wait for a decision",
        moderation.restore,
    ),
)
DECISIONS: Final = {decision.name: decision for decision in _ALL}


def find_decisions(statuses: Sequence[str]) -> list[Decision]:
    """Those that change comments of these statuses."""
    return [decision for decision in _ALL if set(statuses) - {decision.status}]


def find_decisions_about(comment: Comment) -> list[Decision]:
    """Those that change `comment`. What was written in the admin is no spam."""
    return [
        decision
        for decision in find_decisions([comment.status])
        if not (comment.is_therapist and decision.status == CommentStatus.SPAM)
    ]


def decide_about(ids: Sequence[int], decision: Decision, user: Any) -> Outcome:
    """Decide the same about each comment; one that is not there any more stops no other."""
    comments = Comment.objects.in_bulk(ids)
    changed = unchanged = 0
    for comment in comments.values():
        try:
            is_changed = decision.decide(comment, user)
        except CommentGoneError:
            continue
        changed += is_changed
        unchanged += not is_changed
    return Outcome(changed, unchanged, gone=len(set(ids)) - changed - unchanged)
