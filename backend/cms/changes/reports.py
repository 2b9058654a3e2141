"""What sites say of themselves when they poll."""

import datetime
from typing import Final

from django.utils import timezone

from cms.changes.cursors import Cursor
from cms.changes.models import SiteReport

# A site that has nothing new to say is noted so often.
_NOTED_AFTER: Final = datetime.timedelta(seconds=20)
_MOST_SITES: Final = 100
_FORGOTTEN_AFTER: Final = datetime.timedelta(days=7)


def note_report(name: str, cursor: Cursor, pages: int, refreshed: int) -> None:
    """Note what a site has applied and how many pages it keeps, where that is news."""
    now = timezone.now()
    known = SiteReport.objects.filter(name=name).first()
    is_same_place = known is not None and (known.epoch, known.number) == (
        cursor.epoch,
        cursor.number,
    )
    if (
        known is not None
        and is_same_place
        and (known.page_count, known.refreshed_count) == (pages, refreshed)
        and now - known.reported_at < _NOTED_AFTER
    ):
        return
    if known is None:
        _make_room()
    applied_at = known.applied_at if known is not None and is_same_place else now
    SiteReport.objects.update_or_create(
        name=name,
        defaults={
            "epoch": cursor.epoch,
            "number": cursor.number,
            "applied_at": applied_at,
            "reported_at": now,
            "page_count": pages,
            "refreshed_count": refreshed,
        },
    )


def _make_room() -> None:
    """Forget who was not heard of for longest: containers have another name at each start."""
    latest_first = SiteReport.objects.order_by("-reported_at").values_list("pk", flat=True)
    oldest = list(latest_first[_MOST_SITES - 1 :])
    if oldest:
        SiteReport.objects.filter(pk__in=oldest).delete()


def fetch_reports() -> list[SiteReport]:
    """The sites that were heard of within a week, by name."""
    since = timezone.now() - _FORGOTTEN_AFTER
    return list(SiteReport.objects.filter(reported_at__gte=since).order_by("name"))
