"""Reading the feed of changes."""

import datetime
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cms.changes.cursors import Cursor
from cms.changes.epochs import FEED_ID, fetch_or_start_feed
from cms.changes.models import Change
from cms.changes.numbering import number_pending_or_log

MOST_CHANGES = 500
# Written out, since sites ask for it all day and Django takes longer to put it together than the
# database to answer. What waits for its number although its transaction ended long ago; or what
# seems to be yet to come, since the clock was set back or another machine's is ahead.
_POSITION: Final = """
    SELECT epoch, number, nonce, EXISTS (
        SELECT 1 FROM changes_pendingchange WHERE at <= %s OR at > %s
    ) FROM changes_changefeed WHERE id = %s
"""


@dataclass(frozen=True)
class NumberedChange:
    """A change and the tags of what it touched."""

    number: int
    at: datetime.datetime
    tags: list[str]


@dataclass(frozen=True)
class ChangeSet:
    """What happened after a cursor; `cursor` is where to go on.

    `start_over`: nothing that was known before can be relied upon.
    """

    cursor: Cursor
    start_over: bool = False
    has_more: bool = False
    changes: list[NumberedChange] = field(default_factory=list)


def get_position() -> Cursor:
    """Where the feed is now. One query, unless something has waited long for its number.

    Whoever commits a change numbers it right after; only where that process has died, others do.
    """
    position, is_waiting = _read()
    if is_waiting:
        number_pending_or_log()
        position, _ = _read()
    return position


def fetch_changes(after: Cursor, limit: int = MOST_CHANGES) -> ChangeSet:
    """The changes after a cursor, the oldest first; at most `limit` of them.

    "Start over" answers a cursor of another epoch, one that is ahead of the feed, one whose change
    is not kept any more, and one whose number a restored database has given again.
    """
    position = get_position()
    if after == position:
        return ChangeSet(position)
    if after.epoch != position.epoch or after.number > position.number:
        return ChangeSet(position, start_over=True)
    # With the change that the cursor is of, to see that it is the same one.
    rows = list(Change.objects.filter(number__gte=after.number).order_by("number")[: limit + 2])
    if not rows or (rows[0].number, rows[0].nonce) != (after.number, after.nonce):
        return ChangeSet(position, start_over=True)
    shown = rows[1 : limit + 1]
    last = shown[-1] if shown else rows[0]
    return ChangeSet(
        cursor=Cursor(position.epoch, last.number, last.nonce),
        has_more=len(rows) > limit + 1,
        changes=[NumberedChange(row.number, row.at, row.tags) for row in shown],
    )


def _read() -> tuple[Cursor, bool]:
    now, longest = timezone.now(), datetime.timedelta(seconds=settings.CHANGES_NUMBERED_AFTER)
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(_POSITION, [adapt(now - longest), adapt(now + longest), FEED_ID])
        row = cursor.fetchone()
    if row is None:
        feed = fetch_or_start_feed()
        return Cursor(feed.epoch, feed.number, feed.nonce), True
    epoch, number, nonce, is_waiting = row
    return Cursor(epoch, number, nonce), bool(is_waiting)
