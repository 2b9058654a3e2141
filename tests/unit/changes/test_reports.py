"""What sites say of themselves: noted where it is news, for as many sites as there may be."""

import datetime

import pytest
from django.utils import timezone

from cms.changes.cursors import Cursor
from cms.changes.models import SiteReport
from cms.changes.reports import note_report

pytestmark = pytest.mark.django_db
CURSOR = Cursor("0123abcd", 7, "89abcdef")


def test_report__nothing_new__is_not_written_again() -> None:
    note_report("web-1", CURSOR, 14, 6)
    before = SiteReport.objects.get()
    note_report("web-1", CURSOR, 14, 6)
    assert SiteReport.objects.get().reported_at == before.reported_at


def test_report__same_place_other_count__keeps_when_it_was_applied() -> None:
    note_report("web-1", CURSOR, 14, 0)
    before = SiteReport.objects.get()
    note_report("web-1", CURSOR, 14, 6)
    after = SiteReport.objects.get()
    assert (after.applied_at, after.refreshed_count) == (before.applied_at, 6)


def test_report__of_one_site_more_than_are_kept__takes_the_place_of_the_oldest() -> None:
    now = timezone.now()
    SiteReport.objects.bulk_create(
        SiteReport(
            name=f"old-{number}",
            epoch=CURSOR.epoch,
            number=1,
            applied_at=now,
            reported_at=now - datetime.timedelta(minutes=100 - number),
            page_count=1,
            refreshed_count=0,
        )
        for number in range(100)
    )
    note_report("web-1", CURSOR, 14, 6)
    names = set(SiteReport.objects.values_list("name", flat=True))
    assert len(names) == 100
    assert "old-0" not in names
    assert {"old-1", "old-99", "web-1"} <= names
