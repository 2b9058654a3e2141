"""Forgetting changes that every site has long applied."""

import datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone

from cms.changes.models import Change, ChangeFeed, SiteReport

KEPT_FOR: Final = datetime.timedelta(days=7)
MOST_KEPT: Final = 20_000
# A turn of the scheduler locks the table no longer than that.
_MOST_AT_ONCE: Final = 5000


def delete_old_changes() -> int:
    """Forget old changes, and say how many; whoever asks after one of them starts over.

    The latest stays, however old: whoever is up to date has its cursor.
    """
    latest = ChangeFeed.objects.values_list("number", flat=True).first()
    if latest is None:
        return 0
    old = Q(at__lt=timezone.now() - KEPT_FOR) | Q(number__lte=latest - MOST_KEPT)
    numbers = list(
        Change.objects.filter(old, number__lt=latest)
        .order_by("number")
        .values_list("number", flat=True)[:_MOST_AT_ONCE]
    )
    if not numbers:
        return 0
    return Change.objects.filter(number__lte=numbers[-1], number__lt=latest).delete()[0]


def delete_old_reports() -> int:
    """Forget the sites that have not been heard of for as long."""
    old = SiteReport.objects.filter(reported_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0] if old.exists() else 0
