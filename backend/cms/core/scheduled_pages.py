"""Pages that were to go live by themselves, and cannot."""

import logging
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from cms.core.publishing import publish_problems

logger = logging.getLogger(__name__)

REFUSED_ACTION: Final = "cms.publish.refused"


def hold_back_refused() -> list[tuple[Page, list[str]]]:
    """Take every page that is due, and may not be published, off the schedule.

    The reasons are logged and noted in the page's history. The answer lists them by page.
    """
    held_back = []
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        page = revision.as_object()
        reasons = _find_reasons(page) if isinstance(page, Page) else []
        if reasons:
            _hold_back(page, revision, reasons)
            held_back.append((page, reasons))
    return held_back


def get_refused_pages() -> list[tuple[Page, list[str]]]:
    """The pages whose last publication was refused on its day, each with the reasons then."""
    entries = PageLogEntry.objects.filter(action=REFUSED_ACTION, page__isnull=False)
    latest: dict[int, tuple[Page, list[str]]] = {}
    for entry in entries.select_related("page").order_by("-timestamp"):
        page = entry.page
        published_at = page.last_published_at
        is_settled = published_at is not None and published_at > entry.timestamp
        if page.pk not in latest and not is_settled and not page.approved_schedule:
            latest[page.pk] = (page, entry.data["reasons"])
    return list(latest.values())


def _find_reasons(page: Page) -> list[str]:
    problems = [str(problem) for problem in publish_problems(page)]
    if problems:
        return problems
    try:
        page.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def _hold_back(page: Page, revision: Revision, reasons: list[str]) -> None:
    logger.error("Not published on schedule: %s (%s): %s", page, page.pk, " ".join(reasons))
    with transaction.atomic():
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(instance=page, action=REFUSED_ACTION, revision=revision, data={"reasons": reasons})
