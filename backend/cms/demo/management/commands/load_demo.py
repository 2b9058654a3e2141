"""Load the demo, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.loader import is_site_empty, load_demo
from cms.demo.logins import DEMO_PASSWORD, DEMO_USERNAMES


class Command(BaseCommand):
    """Fills an empty site with the demo; a site that has a home page is left as it is."""

    help = "Fill an empty site with the demo. Does nothing to a site that has a home page."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say why not. Raises `CommandError` outside of development."""
        if not settings.DEBUG:
            raise CommandError(
                "The demo comes with a password that everybody knows: it is for development only."
            )
        if not is_site_empty():
            self.stdout.write("The site has content; the demo was not loaded.")
            return
        count = load_demo()
        self.stdout.write(f"Loaded the demo: {count} conditions.")
        self.stdout.write(f"Logins: {', '.join(DEMO_USERNAMES)}; password of each: {DEMO_PASSWORD}")
