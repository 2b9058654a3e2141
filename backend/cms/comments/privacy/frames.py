"""What stays of a comment that has to go, and to which others have replied: a frame without words.

The replies are not its writer's to take away: they keep their place below it.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Now

from cms.comments.change_sources import record_shown_comments
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment, OriginalComment
from cms.comments.texts import build_text_key

REMOVED_NAME: Final = "Removed"

# Spam below it may go with it; what others have said, or wait to say, may not.
_WORTH_KEEPING: Final = (CommentStatus.APPROVED, CommentStatus.HELD)


@dataclass(frozen=True)
class Removed:
    """How many comments were deleted, and how many emptied because others have replied to them."""

    deleted: int
    emptied: int

    def __str__(self) -> str:
        parts = [f"{self.deleted} deleted"]
        if self.emptied:
            parts.append(f"{self.emptied} emptied, since others have replied")
        return ", ".join(parts)


def is_answered() -> Exists:
    """For a query: whether a comment has a reply that is shown, or waits to be."""
    return Exists(Comment.objects.filter(parent=OuterRef("pk"), status__in=_WORTH_KEEPING))


def remove(comments: QuerySet[Comment], text: str) -> Removed:
    """Delete `comments`, or empty those to which others have replied; `text` then says so.

    Call it in a transaction: the rows are locked until its end.
    """
    locked = comments.select_for_update(of=("self",))
    found = list(locked.values_list("pk", "page_id", "status"))
    ids = {pk for pk, _page_id, _status in found}
    record_shown_comments(
        {page_id for _pk, page_id, status in found if status == CommentStatus.APPROVED}
    )
    replies = Comment.objects.filter(parent__in=ids, status__in=_WORTH_KEEPING)
    answered = ids & set(replies.exclude(pk__in=ids).values_list("parent", flat=True))
    OriginalComment.objects.filter(comment__in=ids).delete()
    Comment.objects.filter(pk__in=ids - answered).delete()
    Comment.objects.filter(pk__in=answered).update(
        name=REMOVED_NAME,
        email="",
        text=text,
        text_key=build_text_key(text),
        is_erased=True,
        idempotency_key=None,
        form_opened_at=None,
        honeypot="",
        address=None,
        address_hash="",
        user_agent="",
        referrer="",
        reasons=[],
        is_report_due=False,
        # There is nothing left to check, or to tell of.
        checked_at=Coalesce("checked_at", Now()),
        mailed_at=Coalesce("mailed_at", Now()),
    )
    return Removed(deleted=len(ids - answered), emptied=len(answered))
