"""Noting what one request of the admin publishes, and starting to watch for it on the site."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.changes.feed import get_position
from cms.changes.models import Change
from cms.changes.recording import ALL
from cms.live.models import Publication
from cms.live.tasks import enqueue_check

_KEPT: Final = datetime.timedelta(days=1)
# Changes that others may have made between the commit and this look at the feed.
_LATEST_CHANGES: Final = 20


@dataclass
class Published:
    """What a request has published, or taken off the site, so far: page ids, in order."""

    page_ids: list[int] = field(default_factory=list)
    is_public: bool = True
    began_at: datetime.datetime = field(default_factory=timezone.now)


_collecting: ContextVar[Published | None] = ContextVar("live_published", default=None)


def connect() -> None:
    """Listen to what is published; called once, at start."""
    page_published.connect(_page_published, dispatch_uid="live_page_published")
    page_unpublished.connect(_page_unpublished, dispatch_uid="live_page_unpublished")


@contextmanager
def collect_published() -> Iterator[Published]:
    """What is published in the block, whichever way."""
    published = Published()
    token = _collecting.set(published)
    try:
        yield published
    finally:
        _collecting.reset(token)


def start_watching_or_none(published: Published) -> Publication | None:
    """Note what was published and let the worker look at it; None where no reader could notice.

    To be called after the commit: only then has the change its number. Raises `DatabaseError`.
    """
    if not published.page_ids:
        return None
    with transaction.atomic():
        Publication.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()
    position = get_position()
    change = _find_change_or_none(published, position.number)
    if change is None:
        return None
    page_ids = [each for each in published.page_ids if {f"page:{each}", ALL} & set(change.tags)]
    # A page that the same request has deleted is not looked at.
    page_id = Page.objects.filter(pk__in=page_ids[:1]).values_list("pk", flat=True).first()
    if page_id is None:
        return None
    with transaction.atomic():
        publication = Publication.objects.create(
            page_id=page_id,
            page_count=len(page_ids),
            is_public=published.is_public,
            epoch=position.epoch,
            number=change.number,
            changed_at=change.at,
        )
        enqueue_check(publication)
    return publication


def _find_change_or_none(published: Published, number: int) -> Change | None:
    latest = Change.objects.filter(
        number__gt=number - _LATEST_CHANGES, number__lte=number, at__gte=published.began_at
    )
    wanted = {ALL, *(f"page:{page_id}" for page_id in published.page_ids)}
    changes = latest.order_by("-number")
    return next((change for change in changes if wanted.intersection(change.tags)), None)


def _page_published(instance: Page, **_: Any) -> None:
    _note(instance, is_public=True)


def _page_unpublished(instance: Page, **_: Any) -> None:
    _note(instance, is_public=False)


def _note(page: Page, *, is_public: bool) -> None:
    published = _collecting.get()
    if published is not None:
        published.is_public = is_public
        if page.pk not in published.page_ids:
            published.page_ids.append(page.pk)
