"""The words that a comment and its page are described with."""

from django.db import models


class CommentsMode(models.TextChoices):
    """What readers find at the end of a page."""

    OPEN = "open", "Open: readers may respond"
    CLOSED = "closed", "Closed: responses are shown, no form"
    HIDDEN = "hidden", "Hidden: neither responses nor form"


class CommentStatus(models.TextChoices):
    """Where a comment is. Only what is approved is ever public."""

    HELD = "held", "Waiting"
    APPROVED = "approved", "Approved"
    SPAM = "spam", "Spam"
    BINNED = "binned", "Bin"


class Verdict(models.TextChoices):
    """What a spam check makes of a comment."""

    HAM = "ham", "No spam"
    SPAM = "spam", "Spam"
    DISCARD = "discard", "Certainly spam"
    UNKNOWN = "unknown", "Not known"
