"""`manage.py check_comments`: check the comments that the worker has lost."""

import datetime
import logging
import time
import traceback
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from cms.comments.checking import check, fetch_unchecked

logger = logging.getLogger(__name__)

# The worker is much quicker, unless it does not run.
OVERDUE: Final = datetime.timedelta(minutes=1)
# Seconds, plus one check: the scheduler has other things to do while a service is slow.
LONGEST_TURN: Final = 10.0


class Command(BaseCommand):
    """Runs in each turn of the scheduler. What there is no time for is checked in the next."""

    help = "Check for spam what readers sent a minute ago and the worker has not checked."

    def handle(self, *args: Any, **options: Any) -> None:
        until = time.monotonic() + LONGEST_TURN
        failures = 0
        for comment_id in fetch_unchecked(OVERDUE):
            failures += not _try_to_check(comment_id)
            if time.monotonic() >= until:
                break
        if failures:
            raise CommandError(f"{failures} responses could not be checked; they are tried again.")


def _try_to_check(comment_id: int) -> bool:
    """Check one; whether that went well. One that cannot be checked keeps no other waiting."""
    try:
        check(comment_id)
    except Exception as error:
        # What was raised may quote the comment, so neither it nor its trace is logged whole.
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = type(error).__name__
        logger.error(
            "Response %s was not checked: %s, %s:%s",
            comment_id,
            kind,
            place.filename,
            place.lineno,
        )
        return False
    return True
