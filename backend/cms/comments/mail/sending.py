"""Sending the mail that is due, each once, whatever happens on the way.

A process claims what it sets out to send, sends it outside of any transaction, and then notes that
it was sent. What is claimed and not sent, because the process died or the mail server did not
answer, is free again after some minutes: mail comes twice rather than never.
"""

import datetime
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.comments.choices import CommentStatus
from cms.comments.mail.messages import build_message
from cms.comments.models import Comment
from cms.comments.models.comment_settings import MailMode, get_comment_settings

CLAIMED_FOR: Final = datetime.timedelta(minutes=5)
# What was not checked by then is told of as it is: the check may be away for hours.
UNCHECKED_AFTER: Final = datetime.timedelta(minutes=5)
# Seconds. A mail server that takes the call and says nothing must not keep the scheduler.
ANSWER_WITHIN: Final = 10
A_DAY: Final = datetime.timedelta(days=1)
# More at once come in one mail.
MOST_SINGLE: Final = 5
MOST_IN_A_LIST: Final = 50


def send_due_mail() -> int:
    """Send what is due as the settings want it; how many comments it was about.

    Raises what the mail server answers; what was not sent is tried again.
    """
    comment_settings = get_comment_settings()
    due = _find_due()
    if not due.exists():
        return 0
    if comment_settings.mail_mode == MailMode.NEVER or not comment_settings.mail_to:
        # Turning mail on does not bring the news of months.
        due.update(mailed_at=timezone.now())
        return 0
    if comment_settings.mail_mode == MailMode.DAILY:
        return 0 if _was_mailed_today() else _send(_claim(due, MOST_IN_A_LIST))
    ids = list(due.values_list("pk", flat=True)[: MOST_SINGLE + 1])
    if len(ids) > MOST_SINGLE:
        return _send(_claim(due, MOST_IN_A_LIST))
    return sum(_send(_claim(due.filter(pk=comment_id), 1)) for comment_id in ids)


def _find_due() -> QuerySet[Comment]:
    """What waits for a person, was not mailed, and is in nobody's hands."""
    now = timezone.now()
    is_judged = Q(checked_at__isnull=False) | Q(sent_at__lte=now - UNCHECKED_AFTER)
    is_free = Q(mail_claimed_at=None) | Q(mail_claimed_at__lte=now - CLAIMED_FOR)
    waiting = Comment.objects.filter(status=CommentStatus.HELD, mailed_at=None, author=None)
    return waiting.filter(is_judged & is_free).order_by("sent_at", "pk")


def _was_mailed_today() -> bool:
    # A turn of the scheduler earlier than yesterday is late enough.
    since = timezone.now() - A_DAY + datetime.timedelta(minutes=1)
    return Comment.objects.filter(mailed_at__gt=since).exclude(mail_claimed_at=None).exists()


def _claim(due: QuerySet[Comment], most: int) -> list[Comment]:
    """Those of `due` that nobody else has claimed at the same moment."""
    claimed = []
    for comment in due.select_related("page")[:most]:
        now = timezone.now()
        is_free = Q(mail_claimed_at=comment.mail_claimed_at)
        mine = Comment.objects.filter(is_free, pk=comment.pk, mailed_at=None)
        if mine.update(mail_claimed_at=now):
            claimed.append(comment)
    return claimed


def _send(comments: list[Comment]) -> int:
    if not comments:
        return 0
    waiting = Comment.objects.filter(status=CommentStatus.HELD).count()
    message = build_message(comments, waiting, get_comment_settings())
    message.connection = get_connection(timeout=settings.EMAIL_TIMEOUT or ANSWER_WITHIN)
    message.send()
    ids = [comment.pk for comment in comments]
    return Comment.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
