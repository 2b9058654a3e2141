"""`manage.py run_scheduler`: does what has a time, as its own process."""

import logging
import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_RUNS = 30
# Commands that may run as often as one likes and do only what is due.
COMMANDS = ("publish_scheduled",)


class Command(BaseCommand):
    """Publishes and unpublishes pages at their time, until it is told to stop."""

    help = "Publish and unpublish what is due, twice a minute, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            for name in COMMANDS:
                run_guarded(name)
            stopped.wait(SECONDS_BETWEEN_RUNS)


def run_guarded(name: str) -> None:
    """Run one command. A failure is logged and stops neither the others nor the next turn."""
    close_old_connections()
    try:
        call_command(name)
    except Exception:
        logger.exception("%s failed; it is tried again in %s s", name, SECONDS_BETWEEN_RUNS)
