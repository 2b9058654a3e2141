"""Forgetting drafts that nobody may see any more."""

import datetime
from dataclasses import dataclass, fields
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.models import FormState

from cms.previews.models import DraftSnapshot, SnapshotKind

# So long the list of shared drafts still says what became of a link.
LISTED_AFTER_END: Final = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Forgotten:
    """How many rows of each kind were forgotten."""

    form_states: int
    """Wagtail's own, of forms that nobody has typed in for 24 hours."""
    editor_previews: int
    emptied_links: int
    deleted_links: int

    def __str__(self) -> str:
        counts = (
            (field.name.replace("_", " "), getattr(self, field.name)) for field in fields(self)
        )
        return ", ".join(f"{name}: {count}" for name, count in counts if count)


def delete_old_previews() -> Forgotten:
    """Delete what editors typed and looked at a day ago, and the content of links that ended.

    May run as often as one likes: it writes nothing where there is nothing to forget.
    """
    now = timezone.now()
    long_ago = now - LISTED_AFTER_END
    shared = DraftSnapshot.objects.filter(kind=SnapshotKind.SHARED)
    own = DraftSnapshot.objects.exclude(kind=SnapshotKind.SHARED)
    ended = shared.filter(Q(expires_at__lte=now) | Q(revoked_at__isnull=False))
    return Forgotten(
        form_states=_delete(FormState.objects.stale()),
        editor_previews=_delete(own.filter(expires_at__lte=now)),
        deleted_links=_delete(
            shared.filter(Q(expires_at__lte=long_ago) | Q(revoked_at__lte=long_ago))
        ),
        emptied_links=_empty(ended.exclude(content={})),
    )


def _delete(rows: QuerySet[Any]) -> int:
    # Only the keys are read: a row may hold a whole page.
    return rows.only("pk").delete()[0] if rows.exists() else 0


def _empty(snapshots: QuerySet[DraftSnapshot]) -> int:
    return snapshots.update(content={}) if snapshots.exists() else 0
