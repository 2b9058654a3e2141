"""`manage.py rebuild_search`: brings the search index up to date with the pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.search.indexing import rebuild_index
from cms.search.models import IndexedPage


class Command(BaseCommand):
    """Rebuilds the search index. Readers may search all the while."""

    help = "Bring the search index up to date with the pages; readers may search all the while."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Write pages that have not changed, too."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild_index(unchanged_too=options["all"])
        self.stdout.write(f"Pages in the search index: {IndexedPage.objects.count()}.")
