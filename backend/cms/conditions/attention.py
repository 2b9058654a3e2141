"""Pages that somebody should look at: shown on the first screen of the admin."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from cms.conditions.models import ConditionPage
from cms.contract.bodies import unreadable_critical_blocks
from cms.core.content_field import count_unreadable_parts
from cms.scheduling.scheduled_pages import get_refused_pages


@dataclass(frozen=True)
class Task:
    """One page to look at, and why."""

    page: Page
    reason: str
    is_urgent: bool = False


def find_tasks() -> list[Task]:
    """What needs attention, the urgent first: guidance that readers cannot see, pages that did not
    go live on their day, pages whose review is due.
    """
    return [*_find_unreadable(), *_find_refused(), *_find_due()]


def _find_unreadable() -> Iterator[Task]:
    for page in ConditionPage.objects.live().order_by("title"):
        names = unreadable_critical_blocks(page.body)
        if names:
            children = page.body.stream_block.child_blocks
            labels = " and ".join(dict.fromkeys(str(children[name].label) for name in names))
            yield Task(
                page,
                f"{labels} cannot be shown to readers. They see a notice to ask before booking. "
                "Open the page, look for empty or unusual choices, and publish it again.",
                is_urgent=True,
            )
        if count_unreadable_parts(page.body):
            yield Task(
                page,
                "A part of the content cannot be read, and readers do not see it. "
                "Open the page, look for what is missing, and publish it again.",
                is_urgent=True,
            )


def _find_refused() -> Iterator[Task]:
    for page, reasons in get_refused_pages():
        yield Task(page, f"Did not go live on its day. {' '.join(reasons)}", is_urgent=True)


def _find_due() -> Iterator[Task]:
    due = ConditionPage.objects.live().filter(review_due__lte=timezone.localdate())
    for page in due.order_by("review_due"):
        yield Task(page, f"To be reviewed since {date_format(page.review_due, 'j F Y')}.")
