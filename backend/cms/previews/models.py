"""The record of drafts that somebody may see on the site."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from wagtail.models import Page


class SnapshotKind(models.TextChoices):
    """What a snapshot is for."""

    EDITOR = "editor", "What an editor is typing"
    VERSION = "version", "A version that an editor looks at"
    SHARED = "shared", "A shared draft"


class DraftSnapshot(models.Model):
    """A draft's own copy of its content, shown on the site to whoever has its token.

    What an editor types is one row for each user and object, written again and again. The others
    never change; a shared one ends when it expires or is revoked, and its content goes with it.
    """

    # Usage counts in the admin are about content that readers may see.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=SnapshotKind.choices)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    """Empty for an object that was never saved."""
    parent_object_id = models.CharField(max_length=40, blank=True)
    """The page below which a page that was never saved is to be."""
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="draft_snapshots"
    )
    """The page itself, of every snapshot of a saved page: with the page goes the snapshot."""
    title = models.CharField(max_length=255, blank=True)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    """As `cms.previews.snapshots` writes and reads it; empty once the link has ended."""
    note = models.CharField("for whom", max_length=120, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "draft on the site"
        verbose_name_plural = "drafts on the site"
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "content_type", "object_id", "parent_object_id"],
                condition=models.Q(kind=SnapshotKind.EDITOR),
                name="one_editor_preview_each",
            )
        ]
        indexes = [models.Index(fields=["page", "kind", "-created_at"])]

    def __str__(self) -> str:
        return self.title or "Untitled draft"

    @property
    def is_open(self) -> bool:
        """Whether whoever has the token may still see it."""
        return self.revoked_at is None and self.expires_at > timezone.now()
