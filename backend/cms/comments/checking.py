"""The spam check of one comment: what is asked, and what follows from the answer.

It runs outside of any request, and may run twice: the first answer counts. Nothing is ever
approved because a check could not be made.
"""

import datetime
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.comments.change_sources import record_shown_comments
from cms.comments.choices import CommentStatus, Verdict
from cms.comments.models import Comment, CommentSettings
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.spam.message import Finding, Message, Recent
from cms.comments.spam.providers import combine, get_providers
from cms.core.public_pages import build_public_path, build_public_url

_HOUR: Final = datetime.timedelta(hours=1)
_MONTH: Final = datetime.timedelta(days=30)
_SPAM_STATUS: Final = {
    Verdict.SPAM: CommentStatus.SPAM,
    Verdict.DISCARD: CommentStatus.BINNED,
}


def check(comment_id: int) -> None:
    """Check a comment, unless that was done, or the comment is gone."""
    comment = (
        Comment.objects.select_related("page")
        .filter(pk=comment_id, checked_at=None, author=None)
        .first()
    )
    if comment is None:
        return
    comment_settings = get_comment_settings()
    message = build_message(comment, comment_settings)
    # Outside of a transaction: a provider may be far away.
    findings = [provider.check(message) for provider in get_providers()]
    with transaction.atomic():
        unchecked = Comment.objects.select_for_update().filter(pk=comment_id, checked_at=None)
        current = unchecked.first()
        if current is not None:
            _write(current, findings, comment_settings)


def build_message(comment: Comment, comment_settings: CommentSettings) -> Message:
    """What a check may look at, of a comment that has its `page` at hand."""
    page = comment.page
    return Message(
        name=comment.name,
        email=comment.email,
        text=comment.text,
        honeypot=comment.honeypot,
        sent_at=comment.sent_at,
        form_opened_at=comment.form_opened_at,
        address=comment.address,
        user_agent=comment.user_agent,
        referrer=comment.referrer,
        page_url=build_public_url(build_public_path(page.url_path)),
        page_title=page.title,
        page_changed_at=page.last_published_at,
        is_reply=comment.is_reply,
        recent=_count_recent(comment),
        blocked_words=comment_settings.blocked_phrases,
    )


def fetch_unchecked(older_than: datetime.timedelta) -> list[int]:
    """The ids of comments whose check is overdue by so much: the worker has lost them."""
    overdue = Comment.objects.filter(
        checked_at=None, author=None, sent_at__lt=timezone.now() - older_than
    )
    return list(overdue.order_by("sent_at").values_list("pk", flat=True)[:100])


def _count_recent(comment: Comment) -> Recent:
    others = Comment.objects.exclude(pk=comment.pk).filter(author=None)
    lately = others.filter(sent_at__gt=comment.sent_at - _HOUR, sent_at__lte=comment.sent_at)
    return Recent(
        from_address=lately.filter(address_hash=comment.address_hash).count()
        if comment.address_hash and comment.address
        else 0,
        on_page=lately.filter(page=comment.page_id).count(),
        same_text=others.filter(
            text_key=comment.text_key, sent_at__gt=comment.sent_at - _MONTH
        ).count(),
    )


def _write(
    comment: Comment, findings: Sequence[Finding], comment_settings: CommentSettings
) -> None:
    comment.checked_at = timezone.now()
    comment.verdict = combine(findings).verdict
    comment.reasons = [
        {"provider": finding.provider, "code": reason.code, "text": reason.text}
        for finding in findings
        for reason in finding.reasons
    ]
    if comment.status == CommentStatus.HELD:
        comment.status = _find_status(comment, comment.verdict, comment_settings)
        if comment.status == CommentStatus.APPROVED:
            comment.decided_at = comment.checked_at
            record_shown_comments([comment.page_id])
    if not settings.AKISMET_KEY:
        # Akismet asks for these again when a moderator corrects it; nobody else does.
        forget_sender(comment)
    comment.save()


def forget_sender(comment: Comment) -> None:
    """Take out what only the spam check needs; it is not saved yet."""
    comment.address = None
    comment.user_agent = comment.referrer = comment.honeypot = ""


def _find_status(
    comment: Comment, verdict: str, comment_settings: CommentSettings
) -> CommentStatus:
    if verdict == Verdict.HAM and comment_settings.lets_known_through and _is_known(comment):
        return CommentStatus.APPROVED
    return _SPAM_STATUS.get(Verdict(verdict), CommentStatus.HELD)


def _is_known(comment: Comment) -> bool:
    """Whether a comment with the same e-mail address was approved before, by a person."""
    return bool(comment.email) and (
        Comment.objects.filter(email=comment.email, status=CommentStatus.APPROVED)
        .exclude(decided_by=None)
        .exists()
    )
