"""The choices of the branding. Their values are part of the API."""

from django.db import models


class BadgeKind(models.TextChoices):
    """Which badge of allyship the site shows."""

    TRANSGENDER_FLAG = "transgender_flag", "Transgender flag"
    TRANSGENDER_ALLY_FLAG = "transgender_ally_flag", "Transgender ally flag"
    PROGRESS_FLAG = "progress_flag", "Progress pride flag"
    OWN_IMAGE = "own_image", "A picture of your own"


class BadgePlacement(models.TextChoices):
    """Where on every page the badge is."""

    HEADER = "header", "At the top of every page"
    FOOTER = "footer", "At the bottom of every page"
