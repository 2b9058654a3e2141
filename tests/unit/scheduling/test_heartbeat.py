"""The scheduler's sign of life, in words and as an exit status."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.scheduling.heartbeat import fetch_heartbeat, note_turn_finished, note_turn_started
from cms.scheduling.models import SchedulerRun

pytestmark = pytest.mark.django_db


def finish_turn(*failures: str, seconds_ago: float = 0) -> None:
    """Leave behind a turn that finished so long ago."""
    note_turn_finished(failures)
    then = timezone.now() - datetime.timedelta(seconds=seconds_ago)
    SchedulerRun.objects.update(last_finished=then)


def check_scheduler() -> str:
    output = StringIO()
    call_command("check_scheduler", stdout=output)
    return output.getvalue().strip()


@pytest.mark.parametrize(
    ("seconds_ago", "words"),
    [
        (0, "last ran 0 seconds ago"),
        (1, "last ran 1 second ago"),
        (20, "last ran 20 seconds ago"),
        (61, "last ran 1 minute ago"),
        (299, "last ran 4 minutes ago"),
        (3 * 3600 + 5, "last ran 3 hours ago"),
        (-3600, "last ran 0 seconds ago"),
    ],
)
def test_heartbeat__says_how_long_ago_in_words(seconds_ago: float, words: str) -> None:
    finish_turn(seconds_ago=seconds_ago)

    assert str(fetch_heartbeat()) == f"Scheduled publishing {words}"


@pytest.mark.parametrize(("seconds_ago", "is_late"), [(20, False), (295, False), (301, True)])
def test_heartbeat__is_late_after_five_minutes(seconds_ago: float, is_late: bool) -> None:
    finish_turn(seconds_ago=seconds_ago)

    assert fetch_heartbeat().is_late == is_late


def test_heartbeat__without_a_finished_turn__has_never_run_and_is_late() -> None:
    assert str(fetch_heartbeat()) == "Scheduled publishing has never run"
    note_turn_started()
    assert fetch_heartbeat().is_late


def test_heartbeat__a_turn_that_began_and_hangs__is_no_sign_of_life() -> None:
    finish_turn(seconds_ago=600)
    note_turn_started()

    assert fetch_heartbeat().is_late


def test_check_scheduler__alive__says_when_it_last_ran() -> None:
    finish_turn(seconds_ago=20)

    assert check_scheduler() == "Scheduled publishing last ran 20 seconds ago."


def test_check_scheduler__never_ran__fails_and_says_what_to_do() -> None:
    with pytest.raises(CommandError, match=r"has never run.*manage\.py run_scheduler"):
        check_scheduler()


def test_check_scheduler__late__fails_and_says_since_when() -> None:
    finish_turn(seconds_ago=600)

    with pytest.raises(CommandError, match="last ran 10 minutes ago"):
        check_scheduler()


def test_check_scheduler__something_failed__fails_and_says_what() -> None:
    finish_turn("publish_scheduled: database is locked", seconds_ago=20)

    with pytest.raises(CommandError, match="publish_scheduled: database is locked"):
        check_scheduler()
