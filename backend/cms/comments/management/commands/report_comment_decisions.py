"""`manage.py report_comment_decisions`: tell the spam services what moderators decided."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.comments.reports import report_decisions


class Command(BaseCommand):
    """Runs in each turn of the scheduler. What fails is tried again for 30 days."""

    help = "Tell Akismet which responses moderators took for spam, or not, other than it did."

    def handle(self, *args: Any, **options: Any) -> None:
        if failures := report_decisions():
            raise CommandError(
                f"Akismet could not be told of {failures} decisions; they are tried again."
            )
