"""`manage.py delete_old_previews`: forgets drafts that nobody may see any more."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.previews.cleanup import delete_old_previews


class Command(BaseCommand):
    """Deletes old previews and the content of shared drafts whose links have ended."""

    help = "Delete previews that are over a day old, and the content of shared drafts that ended."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = str(delete_old_previews())
        if forgotten and options["verbosity"] > 0:
            self.stdout.write(f"Old previews: {forgotten}.")
