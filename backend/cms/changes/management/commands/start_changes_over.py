"""`manage.py start_changes_over`: tell every site to fetch everything anew."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.changes.epochs import start_feed


class Command(BaseCommand):
    """To be run after a restore of the database."""

    help = "Start a new epoch of changes: every site makes its pages anew."

    def handle(self, *args: Any, **options: Any) -> None:
        feed = start_feed()
        self.stdout.write(f"Sites start over; the new epoch is {feed.epoch}.")
