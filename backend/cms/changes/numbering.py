"""Gives changes their numbers, after their commit and under one lock.

A number is given when everybody can see what it is about. So whoever has seen a number misses
nothing below it, in whatever order the transactions began and ended.
"""

import logging
from typing import Final

from django.db import connection, transaction

from cms.changes.cursors import make_nonce
from cms.changes.epochs import fetch_or_start_feed, take_lock
from cms.changes.models import Change, PendingChange

logger = logging.getLogger(__name__)

_MOST_AT_ONCE: Final = 1000


def number_pending_or_log() -> None:
    """Number what was committed. A failure is logged: the next reader of the feed tries again."""
    if not may_number():
        return
    try:
        number_pending()
    except Exception:
        logger.exception("Changes could not be numbered yet; the next poll tries again")


def may_number() -> bool:
    """Whether this is outside of any transaction, which may hold changes of its own.

    A test case's own transaction is none in this sense.
    """
    return all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def number_pending() -> None:
    """Give what was committed its number: one for all that waits.

    Raises `DatabaseError`.
    """
    with transaction.atomic():
        take_lock()
        pending = list(PendingChange.objects.order_by("pk")[:_MOST_AT_ONCE])
        if not pending:
            return
        feed = fetch_or_start_feed()
        change = Change.objects.create(
            number=feed.number + 1,
            nonce=make_nonce(),
            tags=sorted({tag for each in pending for tag in each.tags}),
            at=max(each.at for each in pending),
        )
        feed.number, feed.nonce = change.number, change.nonce
        feed.save(update_fields=["number", "nonce"])
        PendingChange.objects.filter(pk__in=[each.pk for each in pending]).delete()
