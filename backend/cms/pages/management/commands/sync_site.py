"""`manage.py sync_site`: writes Wagtail's site record from `SITE_URL`."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.pages.site_record import sync_site


class Command(BaseCommand):
    """Run at every start; changes nothing where all is right already."""

    help = "Writes Wagtail's site record from SITE_URL, with the home page as its root."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the record and say what it is."""
        site = sync_site()
        message = f"The site is {site.root_url}." if site else "There is no home page yet."
        self.stdout.write(message)
