"""The sites that report what they show, and which of them runs."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from cms.changes.feed import get_position
from cms.changes.models import SiteReport
from cms.changes.reports import fetch_reports
from cms.live.counts import count

# A site that runs is noted three times a minute.
RUNNING_WITHIN: Final = datetime.timedelta(seconds=60)


@dataclass(frozen=True)
class SiteState:
    """A site, and how many changes it still has to take over; None where that is not known."""

    report: SiteReport
    is_running: bool
    behind: int | None

    @property
    def progress(self) -> str:
        """How much is still to come, in words."""
        return f"{count(self.behind or 0, 'change')} behind"


def is_running(report: SiteReport, now: datetime.datetime) -> bool:
    """Whether the site was heard of lately."""
    return now - report.reported_at <= RUNNING_WITHIN


def fetch_site_states() -> list[SiteState]:
    """The sites heard of within a week, those that run first."""
    position, now = get_position(), timezone.now()
    states = [
        SiteState(
            report,
            is_running(report, now),
            max(0, position.number - report.number) if report.epoch == position.epoch else None,
        )
        for report in fetch_reports()
    ]
    return sorted(states, key=lambda state: not state.is_running)
