"""The one way in: a reader's comment is checked for form, counted, stored, and left to wait.

Whoever is told that a comment was taken finds it in the database from then on: it is written, and
its spam check asked for, in one transaction before the answer. A second try of the same makes no
second comment.
"""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.comments.addresses import Caller, hash_address_lately
from cms.comments.choices import CommentsMode, CommentStatus
from cms.comments.errors import (
    CommentsClosedError,
    IdempotencyKeyReusedError,
    InvalidCommentError,
)
from cms.comments.form_tokens import LONGEST_TOKEN, read_opening_time_or_none
from cms.comments.models import Comment
from cms.comments.models.comment import LONGEST_HEADER
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.page import CommentedPage
from cms.comments.rates import check_rates
from cms.comments.tasks import check_comment
from cms.comments.texts import (
    TextRefusedError,
    build_text_key,
    clean_email,
    clean_name,
    clean_text,
)
from cms.core.errors import NotFoundError
from cms.core.public_pages import get_public_pages

# The same words from the same sender, so soon, are a second click.
SAME_WITHIN: Final = datetime.timedelta(minutes=10)
LONGEST_KEY: Final = 100
_READERS: Final[dict[str, Callable[[str], str]]] = {
    "name": clean_name,
    "email": clean_email,
    "text": clean_text,
}
_REPLY_TARGET_GONE: Final = "The response to reply to is not there any more."
_TEXTS: Final = ("honeypot", "form_token", "idempotency_key")


@dataclass(frozen=True)
class Submission:
    """What a form sends, cleaned."""

    name: str
    email: str
    text: str
    reply_to: int | None
    idempotency_key: str
    form_token: str
    honeypot: str


@dataclass(frozen=True)
class Sender:
    """Who sends it, as far as that is known."""

    caller: Caller
    user_agent: str
    referrer: str


FIELDS: Final = ("name", "email", "text", "reply_to", *_TEXTS)


def read_submission(sent: Mapping[str, Any]) -> Submission:
    """What was sent, cleaned. Raises `InvalidCommentError`, which names every wrong field."""
    errors: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, clean in _READERS.items():
        try:
            values[name] = clean(_read_text(sent, name))
        except TextRefusedError as refusal:
            errors[name] = str(refusal)
    for name in _TEXTS:
        try:
            values[name] = _read_text(sent, name)
        except TextRefusedError as refusal:
            errors[name] = str(refusal)
    for name, longest in (("idempotency_key", LONGEST_KEY), ("form_token", LONGEST_TOKEN)):
        if len(values.get(name, "")) > longest:
            errors[name] = f"May have {longest} characters at most."
    reply_to = sent.get("reply_to")
    if reply_to is not None and (
        isinstance(reply_to, bool) or not isinstance(reply_to, int) or not 0 < reply_to < 2**63
    ):
        errors["reply_to"] = "Must be the id of a response, or null."
    unknown = sorted(str(name)[:100] for name in sent if name not in FIELDS)[:20]
    errors.update({name: f"Is unknown. Known are: {', '.join(FIELDS)}." for name in unknown})
    if errors:
        raise InvalidCommentError(errors)
    return Submission(reply_to=reply_to, **values)


def find_commented_page(page_id: int) -> Any:
    """The page, if readers may see it and its type takes comments. Raises `NotFoundError`."""
    page: Page | None = get_public_pages().filter(pk=page_id).first()
    specific = page and page.specific
    if not isinstance(specific, CommentedPage):
        raise NotFoundError("No page that readers may see has this id.")
    return specific


def leave_comment(page_id: int, submission: Submission, sender: Sender) -> Comment:
    """Store a comment, and ask for its spam check; or find it, where it is there already.

    Raises:
        NotFoundError: readers see no such page, or none that takes comments.
        CommentsClosedError: it takes none now.
        InvalidCommentError: what it replies to is not there.
        IdempotencyKeyReusedError: the key came with another comment.
        TooManyRequestsError: the sender, or everybody, has sent many.
    """
    page = find_commented_page(page_id)
    if page.get_comments_mode(get_comment_settings()) != CommentsMode.OPEN:
        raise CommentsClosedError
    hashes = hash_address_lately(sender.caller.address)
    try:
        with transaction.atomic():
            # Two tries at once: the second waits here, and then finds the first.
            Page.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.pk)
            return _find_or_none(page.pk, submission, hashes) or _store(
                page, submission, sender, hashes
            )
    except IntegrityError as error:
        # The same key for two pages at once, which the lock of a page does not part; or what it
        # replies to was erased at this moment.
        return _find_after_conflict(page.pk, submission, error)


def _store(page: Any, submission: Submission, sender: Sender, hashes: list[str]) -> Comment:
    parent_id = _find_parent_or_none(page.pk, submission.reply_to)
    check_rates(page.pk, hashes, is_reader=sender.caller.is_reader)
    comment = Comment.objects.create(
        page_id=page.pk,
        parent_id=parent_id,
        name=submission.name,
        email=submission.email,
        text=submission.text,
        text_key=build_text_key(submission.text),
        idempotency_key=_hash_key(submission.idempotency_key),
        honeypot=submission.honeypot.replace("\0", " ")[:LONGEST_HEADER],
        form_opened_at=read_opening_time_or_none(submission.form_token, page.pk),
        address=sender.caller.address if sender.caller.is_reader else None,
        address_hash=hashes[0],
        user_agent=sender.user_agent[:LONGEST_HEADER],
        referrer=sender.referrer[:LONGEST_HEADER],
    )
    check_comment.enqueue(comment.pk)
    return comment


def _find_parent_or_none(page_id: int, reply_to: int | None) -> int | None:
    """The comment to reply to: one that readers see below this page, and no reply itself."""
    if reply_to is None:
        return None
    parents = Comment.objects.filter(page=page_id, status=CommentStatus.APPROVED)
    parent = parents.filter(pk=reply_to).only("pk", "parent_id").first()
    if parent is None:
        raise InvalidCommentError({"reply_to": _REPLY_TARGET_GONE})
    if parent.is_reply:
        raise InvalidCommentError(
            {"reply_to": "Replies have no replies. Reply to the response above it."}
        )
    return parent.pk


def _find_or_none(page_id: int, submission: Submission, hashes: list[str]) -> Comment | None:
    """The same comment, sent before."""
    if submission.idempotency_key:
        key = _hash_key(submission.idempotency_key)
        if Comment.objects.filter(idempotency_key=key).exists():
            return _find_by_key(page_id, submission)
        return None
    same = Comment.objects.filter(
        page=page_id,
        parent=submission.reply_to,
        text_key=build_text_key(submission.text),
        name=submission.name,
        email=submission.email,
        address_hash__in=hashes,
        sent_at__gt=timezone.now() - SAME_WITHIN,
    )
    return same.filter(text=submission.text).first()


def _find_after_conflict(page_id: int, submission: Submission, error: Exception) -> Comment:
    key = _hash_key(submission.idempotency_key)
    if key is not None and Comment.objects.filter(idempotency_key=key).exists():
        return _find_by_key(page_id, submission)
    raise InvalidCommentError({"reply_to": _REPLY_TARGET_GONE}) from error


def _find_by_key(page_id: int, submission: Submission) -> Comment:
    """The comment that came with this key. Raises `IdempotencyKeyReusedError` for another."""
    found = Comment.objects.get(idempotency_key=_hash_key(submission.idempotency_key))
    is_same = (
        found.page_id == page_id
        and found.parent_id == submission.reply_to
        and found.text_key == build_text_key(submission.text)
    )
    # What a moderator has changed since still came with this key.
    if not is_same and found.edited_at is None:
        raise IdempotencyKeyReusedError
    return found


def _hash_key(key: str) -> str | None:
    return hashlib.sha256(key.encode()).hexdigest() if key else None


def _read_text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TextRefusedError("Must be text.")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise TextRefusedError("Must be text: it contains half of a character.")
    return value
