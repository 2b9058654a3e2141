"""What moderators decided goes back to the services that judged otherwise."""

import datetime
import time
from typing import Final

from django.utils import timezone

from cms.comments.checking import build_message, forget_sender
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.spam.providers import get_providers

# Afterwards nothing is left of the sender that a service could learn from.
TRIED_FOR: Final = datetime.timedelta(days=30)
_MOST_AT_ONCE: Final = 50
# Seconds, plus one answer: the scheduler has other things to do while a service is slow.
LONGEST_TURN: Final = 10.0


def report_decisions() -> int:
    """Tell the spam services; how many decisions could not be told and are tried again.

    What there is no time for is told in the next turn.
    """
    until = time.monotonic() + LONGEST_TURN
    providers, comment_settings = get_providers(), get_comment_settings()
    since = timezone.now() - TRIED_FOR
    due = Comment.objects.filter(is_report_due=True, sent_at__gt=since).select_related("page")
    failures = 0
    for comment in due.order_by("decided_at")[:_MOST_AT_ONCE]:
        message = build_message(comment, comment_settings)
        is_spam = comment.status == CommentStatus.SPAM
        # Each is told, also after one that cannot be.
        told = [provider.report(message, is_spam=is_spam) for provider in providers]
        if all(told):
            _note_reported(comment)
        else:
            failures += 1
        if time.monotonic() >= until:
            break
    return failures


def _note_reported(comment: Comment) -> None:
    # Only if nobody has decided otherwise meanwhile.
    forget_sender(comment)
    Comment.objects.filter(pk=comment.pk, status=comment.status).update(
        is_report_due=False,
        address=comment.address,
        user_agent=comment.user_agent,
        referrer=comment.referrer,
        honeypot=comment.honeypot,
    )
