"""Approved comments on the wire. What else is known of a comment stays here."""

import datetime
import re
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Value
from django.utils.html import Urlizer

from cms.comments.choices import CommentsMode, CommentStatus
from cms.comments.models import Comment
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.page import CommentedPage
from cms.core.prepared_queries import PreparedQuery

Wire = dict[str, Any]

# As many as a page carries with it; what is more is read from `pages/<id>/comments/`.
THREADS_WITH_PAGE: Final = 100
# The settings that all pages share: whether and when comments close.
COMMENT_SETTINGS_TAG: Final = "comments"
_SHOWN_FIELDS: Final = ("name", "text", "sent_at", "is_therapist", "edited_at", "is_erased")
_PARAGRAPH: Final = re.compile(r"\n{2,}")
_IS_THREAD: Final = Q(parent=None)
_IS_REPLY: Final = Q(parent__status=CommentStatus.APPROVED)
_TOTALS: Final = PreparedQuery(
    lambda page_ids: (
        Comment.objects.order_by()
        .filter(page__in=page_ids, status=CommentStatus.APPROVED)
        .annotate(all_of_them=Value(1))
        .values("all_of_them")
        .annotate(
            thread_total=Count("pk", filter=_IS_THREAD), reply_total=Count("pk", filter=_IS_REPLY)
        )
        .values_list("thread_total", "reply_total")
    ),
    -1,
)


class _Linker(Urlizer):
    """Makes links of web addresses, which lend no weight to where they lead; none of e-mail."""

    url_template = '<a href="{href}" rel="nofollow ugc noopener">{url}</a>'

    @staticmethod
    def is_email_simple(value: str) -> bool:
        """Never: a link would help those who gather addresses."""
        return False


_linker: Final = _Linker()


def get_comments_tag(page_id: int) -> str:
    """The dependency tag of the comments of a page."""
    return f"comments:{page_id}"


def fetch_comment_list(
    page: Any, *, offset: int = 0, limit: int = THREADS_WITH_PAGE, has_threads: bool = True
) -> Wire:
    """The threads of a page that readers see, the oldest first; `limit` of them from `offset`.

    None but a mode, where they are hidden, or the page's type has none. At most 4 queries.
    """
    if not isinstance(page, CommentedPage):
        return _build_list(CommentsMode.HIDDEN)
    settings = get_comment_settings()
    mode = page.get_comments_mode(settings)
    closes_at = page.get_comments_closing_time(settings) if mode == CommentsMode.OPEN else None
    if mode == CommentsMode.HIDDEN or not has_threads:
        return _build_list(mode, closes_at)
    shown = Comment.objects.filter(page=page.pk, status=CommentStatus.APPROVED)
    # No row where there is no comment.
    ((thread_total, reply_total),) = _TOTALS.fetch([page.pk or 0]) or [(0, 0)]
    threads = _select(shown.filter(_IS_THREAD))[offset : offset + limit] if thread_total else []
    page_of_threads = list(threads)
    by_parent: dict[int, list[Comment]] = {thread.pk: [] for thread in page_of_threads}
    if reply_total:
        for reply in _select(shown.filter(parent__in=list(by_parent))):
            by_parent[reply.parent_id or 0].append(reply)
    return {
        **_build_list(mode, closes_at),
        "total": thread_total + reply_total,
        "thread_total": thread_total,
        "threads": [
            {**_build(thread), "replies": [_build(reply) for reply in by_parent[thread.pk]]}
            for thread in page_of_threads
        ],
    }


def build_html(text: str) -> str:
    """Plain text as paragraphs and links, and nothing else."""
    return "".join(f"<p>{_build_line(part)}</p>" for part in _PARAGRAPH.split(text) if part)


def _build_line(paragraph: str) -> str:
    linked = "".join(
        part if _is_blank(part) else _linker(part, autoescape=True)
        for part in re.split(r"(\n)", paragraph)
    )
    return linked.replace("\n", "<br>")


def _is_blank(text: str) -> bool:
    return not text.strip()


def _build_list(mode: CommentsMode, closes_at: datetime.datetime | None = None) -> Wire:
    return {
        "mode": str(mode),
        "closes_at": closes_at and _format(closes_at),
        "total": 0,
        "thread_total": 0,
        "threads": [],
    }


def _select(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.only("parent_id", *_SHOWN_FIELDS).order_by("sent_at", "pk")


def _build(comment: Comment) -> Wire:
    return {
        "id": comment.pk,
        "name": comment.name,
        "is_therapist": comment.is_therapist,
        "sent_at": _format(comment.sent_at),
        "is_edited": comment.edited_at is not None,
        "is_removed": comment.is_erased,
        "text": comment.text,
        "html": build_html(comment.text),
    }


def _format(moment: datetime.datetime) -> str:
    whole = moment.astimezone(datetime.UTC).replace(microsecond=0)
    return whole.isoformat().replace("+00:00", "Z")


def fetch_shown_comment(page_id: int, comment_id: int) -> Wire | None:
    """The approved comment of a page to which a reader may reply; None where there is none."""
    shown = Comment.objects.filter(page=page_id, parent=None, status=CommentStatus.APPROVED)
    comment = shown.filter(pk=comment_id).only(*_SHOWN_FIELDS).first()
    return None if comment is None else _build(comment)
