"""What is known of somebody by their e-mail address: given out, or erased, at their wish."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from cms.comments.choices import CommentStatus
from cms.comments.models import Comment, OriginalComment
from cms.comments.texts import TextRefusedError, build_text_key, clean_email
from cms.core.public_pages import build_public_path, build_public_url

REMOVED_NAME: Final = "Removed"
REMOVED_TEXT: Final = "This response was removed at its writer's wish."

_WORTH_KEEPING: Final = (CommentStatus.APPROVED, CommentStatus.HELD)

Data = dict[str, Any]


@dataclass(frozen=True)
class Erased:
    """How many comments were deleted, and how many emptied because others have replied to them."""

    deleted: int
    emptied: int

    def __str__(self) -> str:
        parts = [f"{self.deleted} deleted"]
        if self.emptied:
            parts.append(f"{self.emptied} emptied, since others have replied")
        return ", ".join(parts)


def read_email(typed: str) -> str:
    """The address as it is kept. Raises `TextRefusedError` where it is none."""
    email = clean_email(typed)
    if not email:
        raise TextRefusedError("Please write an e-mail address like name@example.com.")
    return email


def find_comments(email: str) -> QuerySet[Comment]:
    """What was sent with this address, the oldest first."""
    return Comment.objects.filter(email=email).order_by("sent_at", "pk")


def export_personal_data(email: str) -> Data:
    """Everything that is kept of who sent comments with this address, ready for JSON."""
    comments = find_comments(email).select_related("page", "original")
    return {"email": email, "responses": [_describe(comment) for comment in comments]}


@transaction.atomic
def erase_personal_data(email: str) -> Erased:
    """Delete what was sent with this address, wherever it is.

    One to which others have replied stays without its words, so that the replies keep their place.
    """
    comments = list(find_comments(email).select_for_update(of=("self",)))
    own = {comment.pk for comment in comments}
    # Spam below it may go with it; what others have said, or wait to say, may not.
    replies = Comment.objects.filter(parent__in=own, status__in=_WORTH_KEEPING)
    answered = set(replies.exclude(pk__in=own).values_list("parent", flat=True))
    emptied = Comment.objects.filter(pk__in=own & answered)
    OriginalComment.objects.filter(comment__in=own).delete()
    Comment.objects.filter(pk__in=own - answered).delete()
    emptied.update(
        name=REMOVED_NAME,
        email="",
        text=REMOVED_TEXT,
        text_key=build_text_key(REMOVED_TEXT),
        is_erased=True,
        idempotency_key=None,
        honeypot="",
        address=None,
        address_hash="",
        user_agent="",
        referrer="",
        reasons=[],
        is_report_due=False,
    )
    return Erased(deleted=len(own - answered), emptied=len(own & answered))


def _describe(comment: Comment) -> Data:
    original = getattr(comment, "original", None)
    return {
        "page": build_public_url(build_public_path(comment.page.url_path)),
        "is_reply": comment.is_reply,
        "status": comment.status,
        "sent_at": comment.sent_at.isoformat(),
        "edited_at": comment.edited_at and comment.edited_at.isoformat(),
        "name": comment.name,
        "email": comment.email,
        "text": comment.text,
        "written_first": original and {"name": original.name, "text": original.text},
        "address": comment.address,
        "user_agent": comment.user_agent,
        "referrer": comment.referrer,
        "spam_check": [reason["text"] for reason in comment.reasons],
    }
