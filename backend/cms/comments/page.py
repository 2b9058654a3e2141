"""What a page type is based on so that readers may respond to its pages."""

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.comments.choices import CommentsMode
from cms.comments.models.comment_settings import MOST_DAYS_OPEN, CommentSettings
from cms.core.base_page import BasePage


class CommentedPage(BasePage):
    """A page that readers may respond to, unless an editor closes or hides its responses."""

    comments_mode = models.CharField(
        "responses", max_length=10, choices=CommentsMode.choices, default=CommentsMode.OPEN
    )
    comments_close_after_days = models.PositiveSmallIntegerField(
        "close after so many days",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS_OPEN)],
        help_text=(
            "Counted from the first publication. Empty: as the settings of all responses say."
        ),
    )

    class Meta:
        abstract = True

    def get_comments_closing_time(self, settings: CommentSettings) -> datetime.datetime | None:
        """When responses close by themselves, or closed; None where they do not."""
        days = self.comments_close_after_days or settings.close_after_days
        published_at: datetime.datetime | None = self.first_published_at
        if days is None or published_at is None:
            return None
        return published_at + datetime.timedelta(days=days)

    def get_comments_mode(self, settings: CommentSettings) -> CommentsMode:
        """What readers find now. A mode that this version does not know shows nothing."""
        if self.comments_mode not in CommentsMode.values:
            return CommentsMode.HIDDEN
        mode = CommentsMode(self.comments_mode)
        closes_at = self.get_comments_closing_time(settings)
        is_over = closes_at is not None and closes_at <= timezone.now()
        return CommentsMode.CLOSED if mode == CommentsMode.OPEN and is_over else mode


def build_comments_panel() -> Any:
    """The panel of the editor in which a page's responses are opened, closed or hidden."""
    return MultiFieldPanel(
        [
            FieldRowPanel(
                [FieldPanel("comments_mode"), FieldPanel("comments_close_after_days")],
            )
        ],
        heading="Responses of readers",
        icon="comment",
    )
