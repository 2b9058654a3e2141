"""What a person does about a comment: the one way in which one changes after it was sent.

Each change is made under a lock of its row and noted in its history, which holds no word of the
comment itself. Each function says whether it changed anything: two people may decide at once.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.comments.change_sources import record_shown_comments
from cms.comments.choices import CommentStatus, Verdict
from cms.comments.models import Comment, OriginalComment
from cms.comments.models.comment import LONGEST_NAME
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.texts import build_text_key, clean_name, clean_text

PERMISSION: Final = "comments.moderate_comment"
EDIT_ACTION: Final = "comments.edit"
REPLY_ACTION: Final = "comments.reply"
STATUS_ACTIONS: Final[Mapping[CommentStatus, str]] = {
    CommentStatus.APPROVED: "comments.approve",
    CommentStatus.SPAM: "comments.spam",
    CommentStatus.BINNED: "comments.bin",
    CommentStatus.HELD: "comments.restore",
}
_CHECKED_AS: Final = {
    CommentStatus.APPROVED: {Verdict.SPAM, Verdict.DISCARD, Verdict.UNKNOWN},
    CommentStatus.SPAM: {Verdict.HAM, Verdict.UNKNOWN},
}

User = AbstractBaseUser | None


class CommentGoneError(Exception):
    """The comment was deleted meanwhile."""


def may_moderate(user: Any) -> bool:
    """Whether `user` may read what readers send, and decide about it."""
    return bool(user.is_active and user.has_perm(PERMISSION))


def approve(comment: Comment, user: User) -> bool:
    """Show it on the page, from now on. Raises `CommentGoneError`."""
    return _set_status(comment, user, CommentStatus.APPROVED)


def mark_as_spam(comment: Comment, user: User) -> bool:
    """Take it off the page, as spam. Raises `CommentGoneError`."""
    return _set_status(comment, user, CommentStatus.SPAM)


def move_to_bin(comment: Comment, user: User) -> bool:
    """Take it off the page, for another reason. Raises `CommentGoneError`."""
    return _set_status(comment, user, CommentStatus.BINNED)


def restore(comment: Comment, user: User) -> bool:
    """Let it wait for a decision again. Raises `CommentGoneError`."""
    return _set_status(comment, user, CommentStatus.HELD)


def edit(comment: Comment, user: User, *, name: str, text: str) -> bool:
    """Change its name and its words; what it said first is kept for 30 days.

    Raises `TextRefusedError` for a text that cannot be shown, and `CommentGoneError`.
    """
    name, text = clean_name(name), clean_text(text)
    with transaction.atomic():
        current = _lock(comment)
        if (current.name, current.text) == (name, text):
            return False
        OriginalComment.objects.get_or_create(
            comment=current, defaults={"name": current.name, "text": current.text}
        )
        current.name, current.text = name, text
        current.text_key = build_text_key(text)
        current.edited_at = timezone.now()
        current.save(update_fields=["name", "text", "text_key", "edited_at"])
        if current.status == CommentStatus.APPROVED:
            record_shown_comments([current.page_id])
        log(instance=current, action=EDIT_ACTION, user=user, title=_build_title(current))
    comment.refresh_from_db()
    return True


def reply(comment: Comment, user: Any, text: str) -> Comment:
    """Answer it on the page, in the name of the practice. What was not approved is, with it.

    Raises `TextRefusedError` for a text that cannot be shown, and `CommentGoneError`.
    """
    text = clean_text(text)
    with transaction.atomic():
        current = _lock(comment)
        _change_status(current, user, CommentStatus.APPROVED)
        now = timezone.now()
        answer = Comment.objects.create(
            page_id=current.page_id,
            # A thread has one level: an answer to a reply stands below it.
            parent_id=current.parent_id or current.pk,
            name=_find_reply_name(user),
            text=text,
            text_key=build_text_key(text),
            status=CommentStatus.APPROVED,
            author=user,
            is_therapist=True,
            sent_at=now,
            checked_at=now,
            decided_at=now,
            decided_by=user,
            mailed_at=now,
        )
        record_shown_comments([answer.page_id])
        log(instance=answer, action=REPLY_ACTION, user=user, title=_build_title(answer))
    comment.refresh_from_db()
    return answer


def _set_status(comment: Comment, user: User, status: CommentStatus) -> bool:
    with transaction.atomic():
        is_changed = _change_status(_lock(comment), user, status)
    comment.refresh_from_db()
    return is_changed


def _change_status(current: Comment, user: User, status: CommentStatus) -> bool:
    if current.status == status:
        return False
    if CommentStatus.APPROVED in (current.status, status):
        record_shown_comments([current.page_id])
    current.status = status
    # What was a wrong verdict, or none, is told to the services that gave it.
    wrong = _CHECKED_AS.get(status, set())
    current.is_report_due = current.author_id is None and current.verdict in wrong
    is_decided = status != CommentStatus.HELD
    current.decided_at = timezone.now() if is_decided else None
    current.decided_by = user if is_decided else None  # type: ignore[assignment]
    current.save(update_fields=["status", "is_report_due", "decided_at", "decided_by"])
    log(instance=current, action=STATUS_ACTIONS[status], user=user, title=_build_title(current))
    return True


def _lock(comment: Comment) -> Comment:
    current = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if current is None:
        raise CommentGoneError("The response is not there any more.")
    return current


def _build_title(comment: Comment) -> str:
    """What the history calls it; the name of whoever wrote it is not the history's to keep."""
    return f"Response {comment.pk}"


def _find_reply_name(user: Any) -> str:
    name = get_comment_settings().reply_name or user.get_full_name() or user.get_username()
    return str(name)[:LONGEST_NAME]
