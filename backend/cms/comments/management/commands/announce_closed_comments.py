"""`manage.py announce_closed_comments`: tell sites which pages take no responses any more."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.comments.closing import announce_closed_comments


class Command(BaseCommand):
    """Runs in each turn of the scheduler."""

    help = "Write into the feed of changes on which pages responses have closed by themselves."

    def handle(self, *args: Any, **options: Any) -> None:
        if closed := announce_closed_comments():
            self.stdout.write(f"Pages whose responses have closed: {closed}")
