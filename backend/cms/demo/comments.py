"""Puts the demo's responses below its pages."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from cms.comments.choices import CommentStatus
from cms.comments.models import Comment, CommentSettings
from cms.comments.texts import build_text_key
from cms.demo.content import Names, read_file


def load_comments(names: Names) -> None:
    """Make the settings and every thread; nobody is mailed about them."""
    content = read_file("comments.yaml")
    site = Site.objects.get(is_default_site=True)
    CommentSettings.objects.create(site=site, **content["settings"])
    for row in content["threads"]:
        thread = _add(names.pages[row["page"]], row, row["name"])
        for reply in row.get("replies", ()):
            _add(
                thread.page_id,
                {"status": CommentStatus.APPROVED, **reply},
                content["settings"]["reply_name"],
                parent=thread,
                is_therapist=True,
            )


def _add(page_id: int, row: dict[str, Any], name: str, **fields: Any) -> Comment:
    now = timezone.now()
    sent_at = now - datetime.timedelta(days=row["days_ago"])
    is_waiting = row["status"] == CommentStatus.HELD
    return Comment.objects.create(
        page_id=page_id,
        name=name,
        email=row.get("email", ""),
        text=row["text"],
        text_key=build_text_key(row["text"]),
        status=row["status"],
        sent_at=sent_at,
        checked_at=sent_at,
        decided_at=None if is_waiting else sent_at,
        verdict=row.get("verdict", ""),
        reasons=[
            {"provider": "local", "code": "demo", "text": text} for text in row.get("reasons", ())
        ],
        mailed_at=now,
        **fields,
    )
