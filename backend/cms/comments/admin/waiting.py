"""The comments that wait for a decision, the oldest first."""

from django.db.models import Q

from cms.comments.choices import CommentStatus
from cms.comments.models import Comment


def count_waiting() -> int:
    """How many there are."""
    return Comment.objects.filter(status=CommentStatus.HELD).count()


def find_next_waiting(comment: Comment) -> Comment | None:
    """The one that waits after `comment`; after the last, the one that has waited longest."""
    waiting = Comment.objects.filter(status=CommentStatus.HELD).exclude(pk=comment.pk)
    in_turn = waiting.order_by("sent_at", "pk")
    is_later = Q(sent_at__gt=comment.sent_at) | Q(sent_at=comment.sent_at, pk__gt=comment.pk)
    return in_turn.filter(is_later).first() or in_turn.first()
