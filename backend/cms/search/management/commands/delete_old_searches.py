"""`manage.py delete_old_searches`: forgets what readers searched for long ago."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.search.searches import delete_old_searches


class Command(BaseCommand):
    """Deletes the counts of searches that are kept no longer."""

    help = "Delete the counts of searches that are more than 90 days old."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = delete_old_searches()
        if deleted and options["verbosity"] > 0:
            self.stdout.write(f"Old counts of searches: {deleted}.")
