"""From a token to the draft that it opens."""

import datetime
import logging
from typing import Final

from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from cms.previews import tokens
from cms.previews.errors import ENDED, PreviewEndedError, PreviewNotFoundError
from cms.previews.models import DraftSnapshot, SnapshotKind

logger = logging.getLogger(__name__)

_NOT_FOUND: Final = "No draft has this link. Check that it was copied whole."
# How exactly the list of shared drafts knows when one was opened.
_OPENED_WITHIN: Final = datetime.timedelta(minutes=1)


def find_open_snapshot(token: str) -> DraftSnapshot:
    """The draft that `token` opens now; when it was opened is noted for the list of shared ones.

    Raises `PreviewNotFoundError` for what is no token of ours, and `PreviewEndedError` for one
    whose time is over.
    """
    read = tokens.read_or_none(token)
    if read is None:
        raise PreviewNotFoundError(_NOT_FOUND)
    snapshot = (
        DraftSnapshot.objects.filter(pk=read.snapshot_id)
        .select_related("content_type", "created_by", "page")
        .first()
    )
    if read.is_expired or snapshot is None or not _may_be_seen(snapshot):
        raise PreviewEndedError(ENDED)
    if snapshot.kind == SnapshotKind.SHARED:
        _note_opening(snapshot)
    return snapshot


def _may_be_seen(snapshot: DraftSnapshot) -> bool:
    """Whether it is open; what an editor alone may see ends with the way into the admin."""
    if snapshot.kind == SnapshotKind.SHARED:
        return snapshot.is_open
    editor = snapshot.created_by
    may_edit = editor is not None and editor.has_perm("wagtailadmin.access_admin")
    return snapshot.is_open and may_edit


def _note_opening(snapshot: DraftSnapshot) -> None:
    now = timezone.now()
    is_news = Q(last_opened_at=None) | Q(last_opened_at__lt=now - _OPENED_WITHIN)
    try:
        DraftSnapshot.objects.filter(is_news, pk=snapshot.pk).update(last_opened_at=now)
    except OperationalError:
        # Whoever opens a link while somebody else writes for long need not wait for a time stamp.
        logger.warning("The opening of the draft %s was not noted", snapshot.pk, exc_info=True)
