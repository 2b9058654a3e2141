"""`manage.py bootstrap`: bring an installation up to date, and a new one to life."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from cms.changes.epochs import start_over_if_moved
from cms.config.first_start import create_first_login, create_page_tree
from cms.pages.site_record import sync_site
from cms.search.indexing import is_index_outdated


class Command(BaseCommand):
    """Safe to run at every start: what is there already stays as it is."""

    help = "Migrate; give a new installation its pages, site record and first login."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Fill a new installation with the demo."
        )

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        if demo:
            call_command("load_demo", stdout=self.stdout)
        elif create_page_tree():
            self.stdout.write("Made the home page and the index of conditions, both empty.")
        sync_site()
        if start_over_if_moved():
            self.stdout.write("The database is another one than before: sites fetch all anew.")
        # Says what is wrong with Akismet, and goes on: comments are held for a person then.
        call_command("check", tags=["akismet"], deploy=True, fail_level="CRITICAL")
        if is_index_outdated():
            call_command("rebuild_search", stdout=self.stdout)
        if demo:
            call_command("make_renditions", stdout=self.stdout)
        if login := create_first_login():
            shown = login.password if login.is_generated else "as set in ADMIN_PASSWORD"
            self.stdout.write(f"Made the first login: {login.username}, password: {shown}")
            if login.is_generated:
                self.stdout.write("Write the password down: it is not shown again.")
