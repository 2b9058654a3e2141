"""`manage.py check_comments`: check the comments that the worker has lost."""

import datetime
from typing import Any, Final

from django.core.management.base import BaseCommand

from cms.comments.checking import check, fetch_unchecked

# The worker is much quicker, unless it does not run.
OVERDUE: Final = datetime.timedelta(minutes=1)


class Command(BaseCommand):
    """Runs in each turn of the scheduler."""

    help = "Check for spam what readers sent a minute ago and the worker has not checked."

    def handle(self, *args: Any, **options: Any) -> None:
        for comment_id in fetch_unchecked(OVERDUE):
            check(comment_id)
