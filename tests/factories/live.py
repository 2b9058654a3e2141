"""Publications, and reports of sites, as they would be written."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.changes.models import SiteReport
from cms.live.models import Publication

EPOCH = "e" * 8


def build_publication(page: Page, **fields: Any) -> Publication:
    """A page that was published a moment ago, with the change 41."""
    now = timezone.now()
    publication: Publication = Publication.objects.create(
        **{
            "page": page,
            "is_public": True,
            "epoch": EPOCH,
            "number": 41,
            "changed_at": now,
            "created_at": now,
            **fields,
        }
    )
    return publication


def build_report(name: str = "web-1", *, number: int = 41, **fields: Any) -> SiteReport:
    """What a site reports that took the change over 0.4 s after now; not saved."""
    now = timezone.now()
    return SiteReport(
        **{
            "name": name,
            "epoch": EPOCH,
            "number": number,
            "applied_at": now + datetime.timedelta(seconds=0.4),
            "reported_at": now,
            "page_count": 14,
            "refreshed_count": 6,
            **fields,
        }
    )
