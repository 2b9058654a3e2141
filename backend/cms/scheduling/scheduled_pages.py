"""Pages that were to go live by themselves, and those of them that could not."""

import logging
from typing import Final

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

logger = logging.getLogger(__name__)

REFUSED_ACTION: Final = "cms.publish.refused"
UNREADABLE: Final = (
    "This version could not be read or published. Open the page's history, go back to a version "
    "that opens, and publish that one."
)


def publish_due() -> list[tuple[Revision, list[str]]]:
    """Publish every revision that is due, each by itself, so that none stops another.

    What may not go live, or fails, is taken off the schedule; the reasons are logged and noted in
    the page's history. The answer lists them by revision. What the database itself failed at stays
    due.
    """
    held_back = []
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        reasons = _publish(revision)
        if reasons and _hold_back(revision, reasons):
            held_back.append((revision, reasons))
    return held_back


def unpublish_expired() -> None:
    """Take every page whose time is over off the site, each by itself, so that none stops another.

    What fails is logged and stays due.
    """
    for page in Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
        try:
            with transaction.atomic():
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        except Exception:
            logger.exception("Not unpublished yet: %s, page %s", page.title, page.pk)


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


def _publish(revision: Revision) -> list[str]:
    """Why `revision` could not be published; empty once it is, or when it is to be tried again."""
    try:
        _check_readable(revision)
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refusal:
        return list(refusal.messages)
    except (InterfaceError, OperationalError):
        logger.exception("Not published yet: %s, revision %s", revision.object_str, revision.pk)
    except Exception:
        logger.exception("Cannot be published: %s, revision %s", revision.object_str, revision.pk)
        return [UNREADABLE]
    return []


def _check_readable(revision: Revision) -> None:
    """Raise `ValueError` for stored values that do not fit their fields.

    Django refuses them by the same error as a page that an editor has to complete.
    """
    try:
        revision.as_object()
    except ValidationError as error:
        raise ValueError(f"A stored value does not fit: {' '.join(error.messages)}") from error


def _hold_back(revision: Revision, reasons: list[str]) -> bool:
    """Take `revision` off the schedule and say why; False where it is off already, as when it
    went live and only what follows a publication failed.
    """
    with transaction.atomic():
        # Not by `save`, which would read the content to log it.
        scheduled = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
        if not scheduled.update(approved_go_live_at=None):
            return False
        page = _get_page_or_none(revision)
        if page is not None:
            log(instance=page, action=REFUSED_ACTION, revision=revision, data={"reasons": reasons})
    title, text = revision.object_str, " ".join(reasons)
    logger.error("Not published on schedule: %s (%s): %s", title, revision.object_id, text)
    return True


def _get_page_or_none(revision: Revision) -> Page | None:
    model = revision.base_content_type.model_class()
    return Page.objects.filter(pk=revision.object_id).first() if model is Page else None
