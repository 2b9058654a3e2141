"""Load the demo, once."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.demo.loader import DEMO_PASSWORD, DEMO_USERNAME, is_site_empty, load_demo


class Command(BaseCommand):
    """Fills an empty site with the demo; a site that has a home page is left as it is."""

    help = "Fill an empty site with the demo. Does nothing to a site that has a home page."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say why not."""
        if not is_site_empty():
            self.stdout.write("The site has content; the demo was not loaded.")
            return
        count = load_demo()
        self.stdout.write(
            f"Loaded the demo: {count} conditions. Login: {DEMO_USERNAME} / {DEMO_PASSWORD}"
        )
