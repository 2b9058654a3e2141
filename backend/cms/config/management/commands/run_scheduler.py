"""`manage.py run_scheduler`: does what has a time, as its own process."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.scheduling.heartbeat import note_turn_finished, note_turn_started

logger = logging.getLogger(__name__)

# From one start to the next: a page appears within a minute of its time even if a turn takes half
# of one.
SECONDS_BETWEEN_TURNS = 20.0
# After a turn that took longer than that.
SECONDS_OF_REST = 1.0
# Commands that may run as often as one likes and do only what is due; what readers wait for first.
COMMANDS = (
    "publish_scheduled",
    "announce_closed_comments",
    "check_comments",
    "send_comment_mail",
    "report_comment_decisions",
    "delete_old_comments",
    "delete_old_previews",
    "delete_old_searches",
    "delete_old_changes",
)


class Command(BaseCommand):
    """Publishes and unpublishes pages at their time, until it is told to stop."""

    help = "Publish and unpublish what is due, and tidy up, three times a minute, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            started = time.monotonic()
            run_turn()
            stopped.wait(get_pause(time.monotonic() - started))


def get_pause(took: float) -> float:
    """How many seconds to wait after a turn that took so many."""
    return max(SECONDS_OF_REST, SECONDS_BETWEEN_TURNS - took)


def run_turn() -> None:
    """Run every command once, and give the sign of life. No failure ends the turn."""
    close_old_connections()
    run_guarded("The scheduler's sign of life", note_turn_started)
    failures = [run_command(name) for name in COMMANDS]
    reported = [failure for failure in failures if failure]
    run_guarded("The scheduler's sign of life", lambda: note_turn_finished(reported))


def run_command(name: str) -> str:
    """Run one command; what it failed with, in one line for the admin, "" if it did not."""
    close_old_connections()
    return run_guarded(name, lambda: call_command(name))


def run_guarded(name: str, action: Callable[[], object]) -> str:
    """Do one thing; log what it fails with and answer it in one line."""
    try:
        action()
    except Exception as error:
        logger.exception("%s failed; it is tried again next turn", name)
        first_line = str(error).strip().partition("\n")[0]
        return f"{name}: {first_line or type(error).__name__}"
    return ""
