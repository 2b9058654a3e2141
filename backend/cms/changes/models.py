"""The outbox of changes, the numbered feed made from it, and what sites report of themselves."""

from typing import Any

from django.db import models


class _FeedTable(models.Model):
    # Usage counts in the admin are about content, which this is not.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class PendingChange(_FeedTable):
    """A change as its own transaction writes it: committed with it, or not at all."""

    tags: models.JSONField[Any, list[str]] = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return ", ".join(self.tags)


class Change(_FeedTable):
    """A change that has its number, which it gets when everybody can see what it is about.

    The first one, numbered 0, names nothing: a new feed begins after it.
    """

    number = models.BigIntegerField(primary_key=True)
    nonce = models.CharField(max_length=8, help_text="Tells it from another of the same number.")
    tags: models.JSONField[Any, list[str]] = models.JSONField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number}: {', '.join(self.tags)}"


class ChangeFeed(_FeedTable):
    """The one row that says how far the feed has come; nearly every poll reads nothing else."""

    epoch = models.CharField(max_length=8, help_text="New after a restore.")
    number = models.BigIntegerField(help_text="Of the latest change.")
    nonce = models.CharField(max_length=8, help_text="Of the latest change.")
    made_for = models.CharField(max_length=100, help_text="The database that the epoch is of.")

    def __str__(self) -> str:
        return f"{self.epoch}-{self.number}-{self.nonce}"


class SiteReport(_FeedTable):
    """What a site last said of itself; `cursor` is what it has applied."""

    name = models.CharField(max_length=100, unique=True)
    epoch = models.CharField(max_length=8)
    number = models.BigIntegerField()
    applied_at = models.DateTimeField(help_text="When it first reported this number.")
    reported_at = models.DateTimeField()
    page_count = models.PositiveIntegerField()
    refreshed_count = models.PositiveIntegerField(
        help_text="Pages that it rendered again for the last changes it applied."
    )

    def __str__(self) -> str:
        return self.name
