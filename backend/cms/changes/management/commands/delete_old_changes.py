"""`manage.py delete_old_changes`: forget changes that every site has long applied."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.changes.cleanup import delete_old_changes, delete_old_reports


class Command(BaseCommand):
    """Runs in each turn of the scheduler."""

    help = "Delete changes older than a week, and what sites said that are gone as long."

    def handle(self, *args: Any, **options: Any) -> None:
        if deleted := delete_old_changes():
            self.stdout.write(f"Changes: {deleted}")
        if deleted := delete_old_reports():
            self.stdout.write(f"Reports of sites: {deleted}")
