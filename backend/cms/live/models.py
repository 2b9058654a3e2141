"""What was published from the admin lately, and what its public address showed."""

from django.db import models
from django.utils import timezone
from wagtail.models import Page


class Outcome(models.TextChoices):
    """What the worker found at the public address of a page."""

    WAITING = "waiting", "Nobody has looked yet"
    AGREES = "agrees", "It shows what it should"
    NO_VERSION = "no_version", "It does not say which version it shows"
    OTHER_VERSION = "other_version", "It shows another version"
    OTHER_STATUS = "other_status", "It answered something else"
    REFUSED = "refused", "It could not be connected to"
    TIMED_OUT = "timed_out", "It took too long"


class Publication(models.Model):
    """Pages that somebody published, or took off the site, at one go.

    They share one change of the feed. The worker looks at the first one, `page`, alone.
    """

    # Usage counts in the admin are about content that readers may see.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    page_count = models.PositiveIntegerField(default=1)
    is_public = models.BooleanField(help_text="No: they were taken off the site.")
    epoch = models.CharField(max_length=8)
    number = models.BigIntegerField(help_text="Of the change in the feed.")
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.WAITING)
    status = models.PositiveSmallIntegerField(
        null=True, help_text="The HTTP status of the public address."
    )

    def __str__(self) -> str:
        return f"{self.page_id} at {self.number}"
