"""Forgetting: what is kept of comments and of who sent them, and for how long."""

import datetime
from dataclasses import dataclass, fields
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.comments.addresses import delete_old_salts
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment, OriginalComment
from cms.comments.privacy.frames import Removed, is_answered, remove

# Spam and the bin, counted from the decision; and what a comment said before it was edited.
KEPT_FOR: Final = datetime.timedelta(days=30)
# As long as rates are counted, and the salt of the day is there.
HASHES_KEPT_FOR: Final = datetime.timedelta(days=2)
REMOVED_TEXT: Final = "This response was removed."
# Each is locked until all are gone; what is more waits for the next turn.
_MOST_AT_ONCE: Final = 500
_NOBODY: Final[dict[str, Any]] = {
    "address": None,
    "user_agent": "",
    "referrer": "",
    "honeypot": "",
}


@dataclass(frozen=True)
class Forgotten:
    """How many rows of each kind were deleted, or emptied."""

    comments: int
    emptied: int
    """Comments to which others have replied: their words alone were taken out."""
    originals: int
    senders: int
    """Comments of which the address and its like were taken out."""
    address_hashes: int
    salts: int

    def __str__(self) -> str:
        counts = (
            (field.name.replace("_", " "), getattr(self, field.name)) for field in fields(self)
        )
        return ", ".join(f"{name}: {count}" for name, count in counts if count)


def delete_old_comments() -> Forgotten:
    """Forget what is old. May run as often as one likes: it writes only where something is."""
    now = timezone.now()
    old = now - KEPT_FOR
    of_sender = Comment.objects.exclude(**_NOBODY)
    # Nobody asks for it again once a person has decided and the spam services know.
    is_done = Q(decided_at__isnull=False, checked_at__isnull=False, is_report_due=False)
    is_late = Q(sent_at__lte=now - datetime.timedelta(days=settings.COMMENT_IP_DAYS))
    removed = _remove_refused(old)
    return Forgotten(
        comments=removed.deleted,
        emptied=removed.emptied,
        originals=_delete(OriginalComment.objects.filter(kept_since__lte=old)),
        senders=_update(of_sender.filter(is_done | is_late), **_NOBODY),
        address_hashes=_update(
            Comment.objects.exclude(address_hash="").filter(sent_at__lte=now - HASHES_KEPT_FOR),
            address_hash="",
        ),
        salts=delete_old_salts(),
    )


def _remove_refused(old: datetime.datetime) -> Removed:
    """Spam and the bin; replies of others below it are not for this to delete."""
    refused = Comment.objects.filter(status__in=[CommentStatus.SPAM, CommentStatus.BINNED])
    since = refused.alias(since=Coalesce("decided_at", "sent_at"))
    due = since.filter(since__lte=old).exclude(Q(is_answered(), is_erased=True))
    if not due.exists():
        return Removed(0, 0)
    with transaction.atomic():
        return remove(due.order_by("sent_at", "pk")[:_MOST_AT_ONCE], REMOVED_TEXT)


def _delete(rows: QuerySet[Any]) -> int:
    return rows.delete()[0] if rows.exists() else 0


def _update(rows: QuerySet[Comment], **values: Any) -> int:
    return rows.update(**values) if rows.exists() else 0
