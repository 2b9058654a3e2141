"""What is known of somebody by their e-mail address: given out, or erased, at their wish."""

import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from cms.comments.models import Comment
from cms.comments.privacy.frames import Removed, remove
from cms.comments.texts import TextRefusedError, clean_email
from cms.core.public_pages import build_public_path, build_public_url

REMOVED_TEXT: Final = "This response was removed at its writer's wish."

Data = dict[str, Any]


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
def erase_personal_data(email: str) -> Removed:
    """Delete what was sent with this address, wherever it is.

    One to which others have replied stays without its words.
    """
    return remove(find_comments(email), REMOVED_TEXT)


def _describe(comment: Comment) -> Data:
    original = getattr(comment, "original", None)
    return {
        "page": build_public_url(build_public_path(comment.page.url_path)),
        "is_reply": comment.is_reply,
        "status": comment.status,
        "form_opened_at": _format(comment.form_opened_at),
        "sent_at": _format(comment.sent_at),
        "edited_at": _format(comment.edited_at),
        "decided_at": _format(comment.decided_at),
        "name": comment.name,
        "email": comment.email,
        "text": comment.text,
        "written_first": original and {"name": original.name, "text": original.text},
        "hidden_field": comment.honeypot,
        "address": comment.address,
        "address_hash": comment.address_hash,
        "user_agent": comment.user_agent,
        "referrer": comment.referrer,
        "spam_check": [reason["text"] for reason in comment.reasons],
    }


def _format(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
