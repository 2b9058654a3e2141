"""What a reader said below a page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from cms.comments.choices import CommentStatus, Verdict

LONGEST_NAME = 80
LONGEST_TEXT = 10_000
LONGEST_HEADER = 500


class Comment(models.Model):
    """A comment, or the reply to one. `moderation` alone changes it once it is there.

    What says who the sender is (`email`, `address`, `user_agent`, `referrer`) leaves in no public
    answer, log or mail; `cleanup` says how long it is kept.
    """

    # Usage counts in the admin are about content that editors write.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    """The comment that this one replies to; replies have no replies."""
    name = models.CharField(max_length=LONGEST_NAME)
    email = models.EmailField("e-mail", blank=True, db_index=True)
    """In lower case."""
    text = models.TextField(max_length=LONGEST_TEXT)
    status = models.CharField(
        max_length=10, choices=CommentStatus.choices, default=CommentStatus.HELD
    )
    sent_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    """When it got its status from a person, or from the check that let it through."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who wrote it in the admin."""
    is_therapist = models.BooleanField(default=False)
    """Whether it was written in the admin, by whoever that was."""
    is_erased = models.BooleanField(default=False)
    """Whether name and text were taken out, at the sender's wish."""

    idempotency_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """What the sender's form gave, so that a second try makes no second comment."""
    text_key = models.CharField(max_length=64, db_index=True)
    """A hash of the folded text, for comments that say the same."""

    honeypot = models.CharField(max_length=LONGEST_HEADER, blank=True)
    form_opened_at = models.DateTimeField(null=True, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    user_agent = models.CharField(max_length=LONGEST_HEADER, blank=True)
    referrer = models.CharField(max_length=LONGEST_HEADER, blank=True)

    checked_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    """What the check found: objects with `provider`, `code` and `text`, for the moderator."""
    is_report_due = models.BooleanField(default=False)
    """Whether a person has decided what the spam services are still to be told."""

    mailed_at = models.DateTimeField(null=True, blank=True)
    """When mail about it went to the therapist, or was found not to be wanted."""
    mail_claimed_at = models.DateTimeField(null=True, blank=True)
    """When a process set out to send that mail."""

    class Meta:
        verbose_name = "response"
        verbose_name_plural = "responses"
        ordering = ["-sent_at", "-pk"]
        permissions: ClassVar = [("moderate_comment", "Can moderate responses")]
        default_permissions: ClassVar = ()
        indexes = [
            models.Index(fields=["page", "status", "sent_at"]),
            models.Index(fields=["status", "-sent_at"]),
            models.Index(fields=["address_hash", "sent_at"]),
            models.Index(
                fields=["sent_at"],
                name="comments_unchecked",
                condition=models.Q(checked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Response by {self.name}"

    @property
    def is_reply(self) -> bool:
        """Whether it answers another comment."""
        return self.parent_id is not None


class OriginalComment(models.Model):
    """What a comment said before somebody edited it; kept for 30 days, for moderators alone."""

    wagtail_reference_index_ignore = True

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="original")
    name = models.CharField(max_length=LONGEST_NAME)
    text = models.TextField()
    kept_since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"What {self.name} wrote first"
