"""Opening a draft on the site for the editor who asks for it."""

import datetime
from typing import Any, Final

from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from cms.previews.links import build_preview_url
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import Draft, build_copy, build_key, take_snapshot

# The scheduler deletes them then; what somebody types is written again with each pause.
EDITOR_LIFETIME: Final = datetime.timedelta(hours=24)


def keep_typed(draft: Draft, user: Any, *, parent_object_id: str = "") -> DraftSnapshot:
    """Keep what `user` has typed, in place of what was kept for the same object before."""
    key = {
        "kind": SnapshotKind.EDITOR,
        "created_by": user,
        **build_key(draft, parent_object_id=parent_object_id),
    }
    content = {**build_copy(draft), **_start_lifetime()}
    try:
        snapshot, _created = DraftSnapshot.objects.update_or_create(**key, defaults=content)
    except IntegrityError:
        # Written in one tab and forgotten in another, between our writing and our reading it.
        snapshot, _created = DraftSnapshot.objects.update_or_create(**key, defaults=content)
    return snapshot


def get_typed(draft: Draft, user: Any, *, parent_object_id: str = "") -> QuerySet[DraftSnapshot]:
    """What `keep_typed` has kept for `user` and the object of `draft`: one row, or none."""
    key = build_key(draft, parent_object_id=parent_object_id)
    return DraftSnapshot.objects.filter(kind=SnapshotKind.EDITOR, created_by=user, **key)


def keep_version(draft: Draft, user: Any, *, parent_object_id: str = "") -> DraftSnapshot:
    """Keep a version that `user` looks at, such as one from a page's history."""
    fields = take_snapshot(draft, parent_object_id=parent_object_id)
    return DraftSnapshot.objects.create(
        kind=SnapshotKind.VERSION, created_by=user, **fields, **_start_lifetime()
    )


def open_preview(draft: Model, request: HttpRequest) -> HttpResponse:
    """Send the editor to the site, where the draft in the fields of `draft` is shown."""
    if not isinstance(draft, Draft):
        raise TypeError(f"The site shows no drafts of the kind {type(draft).__name__}.")
    return HttpResponseRedirect(build_preview_url(keep_version(draft, request.user)))


def _start_lifetime() -> dict[str, datetime.datetime]:
    now = timezone.now()
    return {"created_at": now, "expires_at": now + EDITOR_LIFETIME}
