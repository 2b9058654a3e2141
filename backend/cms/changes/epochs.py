"""Epochs: a feed begins anew when its database is not the one that it was.

After a restore, numbers that sites have seen are given again, to other changes.
"""

from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from cms.changes.cursors import make_nonce
from cms.changes.models import Change, ChangeFeed

FEED_ID: Final = 1
# Any number, the same for every process.
_LOCK: Final = 0x6D61_6368


def fetch_or_start_feed() -> ChangeFeed:
    """The feed's row; of a database that has none yet, a new one."""
    return ChangeFeed.objects.filter(pk=FEED_ID).first() or start_feed(only_if_missing=True)


def start_feed(*, only_if_missing: bool = False) -> ChangeFeed:
    """A feed of a new epoch: whoever follows the old one starts over."""
    with transaction.atomic():
        take_lock()
        feed = ChangeFeed.objects.filter(pk=FEED_ID).first()
        if feed is not None and only_if_missing:
            return feed
        Change.objects.all().delete()
        first = Change.objects.create(number=0, nonce=make_nonce(), tags=[], at=timezone.now())
        feed, _ = ChangeFeed.objects.update_or_create(
            pk=FEED_ID,
            defaults={
                "epoch": make_nonce(),
                "number": first.number,
                "nonce": first.nonce,
                "made_for": describe_database(),
            },
        )
    return feed


def start_over_if_moved() -> bool:
    """Start a new epoch where the database is another one than the feed was made for."""
    feed = ChangeFeed.objects.filter(pk=FEED_ID).first()
    if feed is None or feed.made_for == describe_database():
        return False
    start_feed()
    return True


def describe_database() -> str:
    """What a copy of the database does not have in common with it.

    A file that is overwritten in place has it in common; then the cursors' nonces tell.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT oid, (SELECT system_identifier FROM pg_control_system())"
                " FROM pg_database WHERE datname = current_database()"
            )
            return "postgresql {} {}".format(*cursor.fetchone())
    name = str(connection.settings_dict["NAME"])
    try:
        status = Path(name).stat()
    except OSError:  # in memory
        return "sqlite"
    return f"sqlite {status.st_dev} {status.st_ino}"


def take_lock() -> None:
    """Wait until no other process writes the feed, and keep others out until the transaction ends.

    On SQLite, whose transactions are immediate, this transaction is the only writer already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
