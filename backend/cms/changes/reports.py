"""What sites say of themselves when they poll."""

import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from cms.changes.cursors import Cursor
from cms.changes.models import SiteReport

# A site that has nothing new to say is noted so often.
_NOTED_AFTER: Final = datetime.timedelta(seconds=20)
_MOST_SITES: Final = 100
_FORGOTTEN_AFTER: Final = datetime.timedelta(days=7)
_NOTED: Final = """
    SELECT 1 FROM changes_sitereport WHERE name = %s AND epoch = %s AND number = %s
    AND page_count = %s AND refreshed_count = %s AND reported_at > %s
"""


def note_report(name: str, cursor: Cursor, pages: int, refreshed: int) -> None:
    """Note what a site has applied and how many pages it keeps, where that is news."""
    now = timezone.now()
    if _is_noted(name, cursor, pages, refreshed, now - _NOTED_AFTER):
        return
    known = SiteReport.objects.filter(name=name).first()
    is_same_place = known is not None and (known.epoch, known.number) == (
        cursor.epoch,
        cursor.number,
    )
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


def _is_noted(
    name: str, cursor: Cursor, pages: int, refreshed: int, since: datetime.datetime
) -> bool:
    """Whether a site said just that a short time ago. It is asked with every poll."""
    reported_at = connection.ops.adapt_datetimefield_value(since)
    with connection.cursor() as database:
        database.execute(_NOTED, [name, cursor.epoch, cursor.number, pages, refreshed, reported_at])
        return database.fetchone() is not None


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
