"""`manage.py check_scheduler`: whether the scheduler is alive, for whoever watches the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.scheduling.heartbeat import WHAT_TO_DO, fetch_heartbeat


class Command(BaseCommand):
    """Ends with 0 where the scheduler ran lately and nothing failed, else with 1 and the reason."""

    help = "Say when the scheduler last ran; fail when that is long ago, or something failed."

    def handle(self, *args: Any, **options: Any) -> None:
        heartbeat = fetch_heartbeat()
        if heartbeat.is_late:
            raise CommandError(f"{heartbeat}. To do: {WHAT_TO_DO}.")
        if heartbeat.failure:
            raise CommandError(f"{heartbeat}, and failed:\n{heartbeat.failure}")
        self.stdout.write(f"{heartbeat}.")
