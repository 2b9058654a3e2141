"""Comments that close by themselves: nobody saves anything then, but readers see another page."""

import datetime
from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from cms.comments.change_sources import record_shown_comments
from cms.comments.choices import CommentsMode
from cms.comments.models import ClosingWatch
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.page import CommentedPage

_ONLY_ROW: Final = 1
# Nothing has to be written for a turn in which nothing closed.
_NOTED_AFTER: Final = datetime.timedelta(hours=1)


@transaction.atomic
def announce_closed_comments() -> int:
    """Say of which pages the comments have closed since this was last asked; how many those are.

    However long ago that was: it is written down in the same transaction.
    """
    now = timezone.now()
    watch, is_new = ClosingWatch.objects.get_or_create(pk=_ONLY_ROW, defaults={"looked_until": now})
    if is_new:
        return 0
    closed = set(_iterate_closed(watch.looked_until, now))
    record_shown_comments(closed)
    if closed or now - watch.looked_until > _NOTED_AFTER:
        watch.looked_until = now
        watch.save(update_fields=["looked_until"])
    return len(closed)


def _iterate_closed(after: datetime.datetime, until: datetime.datetime) -> Iterator[int]:
    usual_days = get_comment_settings().close_after_days
    for model in apps.get_models():
        if not issubclass(model, CommentedPage):
            continue
        pages = model.objects.filter(live=True, comments_mode=CommentsMode.OPEN)
        periods = pages.order_by().values_list("comments_close_after_days", flat=True).distinct()
        for own_days in periods:
            days = own_days or usual_days
            if days is None:
                continue
            period = datetime.timedelta(days=days)
            yield from pages.filter(
                comments_close_after_days=own_days,
                first_published_at__gt=after - period,
                first_published_at__lte=until - period,
            ).values_list("pk", flat=True)
