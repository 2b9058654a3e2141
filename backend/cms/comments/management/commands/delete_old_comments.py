"""`manage.py delete_old_comments`: forget what is kept of comments for a time only."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.comments.cleanup import delete_old_comments


class Command(BaseCommand):
    """Runs in each turn of the scheduler."""

    help = "Delete old spam, old originals of edits, and what says who sent a response."

    def handle(self, *args: Any, **options: Any) -> None:
        if forgotten := str(delete_old_comments()):
            self.stdout.write(forgotten)
