"""What the scheduler writes down about itself."""

from django.db import models


class SchedulerRun(models.Model):
    """The scheduler's latest turn: one row, written anew each turn. `heartbeat.py` reads it."""

    last_started = models.DateTimeField(null=True)
    last_finished = models.DateTimeField(null=True)
    last_failure = models.TextField(
        blank=True, help_text="What failed in the turn that finished last; empty if nothing did."
    )

    def __str__(self) -> str:
        return f"Last finished: {self.last_finished}"
