"""The scheduler's sign of life: written by each of its turns, read by the admin and operators."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.timesince import timesince

from cms.scheduling.models import SchedulerRun

LATE_AFTER: Final = datetime.timedelta(minutes=5)
WHAT_TO_DO: Final = "start `manage.py run_scheduler`, and look at what it says"
_ONLY_ROW: Final = 1


@dataclass(frozen=True)
class Heartbeat:
    """How long ago the scheduler finished a turn, and what failed in it.

    `age` is None when it never finished one; `failure` is empty when nothing failed.
    """

    age: datetime.timedelta | None
    failure: str = ""

    @property
    def is_late(self) -> bool:
        """Whether pages no longer appear and disappear at their time."""
        return self.age is None or self.age > LATE_AFTER

    @property
    def is_healthy(self) -> bool:
        """Whether nobody has to do anything."""
        return not self.is_late and not self.failure

    @property
    def last_run(self) -> str:
        """When it last ran, such as "last ran 20 seconds ago" or "has never run"."""
        if self.age is None:
            return "has never run"
        return f"last ran {_describe(self.age)} ago"

    def __str__(self) -> str:
        return f"Scheduled publishing {self.last_run}"


def fetch_heartbeat() -> Heartbeat:
    """The scheduler's sign of life as of now."""
    run = SchedulerRun.objects.filter(pk=_ONLY_ROW).first()
    if run is None or run.last_finished is None:
        return Heartbeat(age=None)
    # A clock that was set back makes no turn one of the future.
    age = max(timezone.now() - run.last_finished, datetime.timedelta())
    return Heartbeat(age, run.last_failure)


def note_turn_started() -> None:
    """Write down that a turn began now."""
    _note(last_started=timezone.now())


def note_turn_finished(failures: Sequence[str]) -> None:
    """Write down that a turn ended now, and what failed in it."""
    _note(last_finished=timezone.now(), last_failure="\n".join(failures))


def _note(**values: object) -> None:
    SchedulerRun.objects.update_or_create(pk=_ONLY_ROW, defaults=values)


def _describe(age: datetime.timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    now = timezone.now()
    return timesince(now - age, now, depth=1).replace("\xa0", " ")
