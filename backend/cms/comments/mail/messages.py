"""The mail to the therapist: one response, or a list of those that wait.

It says what a moderator needs to decide. The sender's e-mail address and where they wrote from are
not in it: mail lies in other people's hands.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from cms.comments.admin.decisions import DECISIONS
from cms.comments.mail.tokens import OFFERED, sign
from cms.comments.models import Comment, CommentSettings
from cms.comments.models.comment_settings import split_addresses
from cms.comments.reading import build_html
from cms.core.public_pages import build_public_path, build_public_url


def build_message(
    comments: Sequence[Comment], waiting: int, comment_settings: CommentSettings
) -> EmailMultiAlternatives:
    """The mail about `comments`, which have their `page` at hand; so many wait in all."""
    context = {
        "responses": [_describe(comment) for comment in comments],
        "waiting": waiting,
        "list_url": f"{settings.CMS_URL}{reverse('comments:index')}",
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    message = EmailMultiAlternatives(
        subject=_build_subject(comments),
        body=render_to_string("comments/mail/message.txt", context),
        to=split_addresses(comment_settings.mail_to),
        # Answering machines leave it alone.
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("comments/mail/message.html", context), "text/html")
    return message


def _build_subject(comments: Sequence[Comment]) -> str:
    # The title is on one line, as every header has to be; what strangers wrote is not in it.
    if len(comments) == 1:
        return " ".join(f"A response waits: {comments[0].page.title}".split())
    return f"{len(comments)} new responses wait for you"


def _describe(comment: Comment) -> dict[str, Any]:
    decisions = [DECISIONS[name] for name in OFFERED]
    return {
        "comment": comment,
        "html": build_html(comment.text),
        # Set apart in plain text too: strangers could write lines that look like ours below.
        "quoted": "\n".join(f"> {line}".rstrip() for line in comment.text.split("\n")),
        "page_title": comment.page.title,
        "page_url": build_public_url(build_public_path(comment.page.url_path)),
        "admin_url": f"{settings.CMS_URL}{reverse('comments:detail', args=[comment.pk])}",
        "reasons": [reason["text"] for reason in comment.reasons],
        "links": [
            {
                "label": decision.label,
                "url": settings.CMS_URL + reverse("comment_link", args=[sign(comment, decision)]),
            }
            for decision in decisions
        ],
    }
