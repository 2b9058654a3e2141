"""What changes for readers about comments: which are shown, and whether a page takes any.

The settings are a source by themselves; what is shown is told by those who change it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.changes.recording import record_change
from cms.comments.models import CommentSettings
from cms.comments.reading import COMMENT_SETTINGS_TAG, get_comments_tag


def connect() -> None:
    """Listen to the changes; called once, at start."""
    for signal in (post_save, post_delete):
        signal.connect(_settings_changed, sender=CommentSettings, dispatch_uid="changes_comments")


def record_shown_comments(page_ids: Iterable[int]) -> None:
    """Say that what readers see below some pages changed."""
    record_change(*(get_comments_tag(page_id) for page_id in page_ids))


def _settings_changed(raw: bool = False, **_: Any) -> None:
    if not raw:
        record_change(COMMENT_SETTINGS_TAG)
