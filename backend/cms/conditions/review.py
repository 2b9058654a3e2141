"""When a page was last read as a whole, and when it is to be read again."""

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.conditions.models import ConditionPage


def record_review(page: "ConditionPage", today: datetime.date) -> None:
    """Note that the whole page was reviewed today; the next review is due in a year.

    A later day that somebody has chosen for it stays.
    """
    page.last_reviewed = today
    if page.review_due is None or page.review_due <= today:
        page.review_due = get_a_year_later(today)


def get_a_year_later(day: datetime.date) -> datetime.date:
    """The same day next year; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
