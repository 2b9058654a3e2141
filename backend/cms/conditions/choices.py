"""The closed vocabularies of condition pages."""

from django.db import models


class TermKind(models.TextChoices):
    """What kind of other name a term is."""

    ABBREVIATION = "abbreviation", "Abbreviation"
    SYNONYM = "synonym", "Another medical name"
    LAY_TERM = "lay_term", "Everyday word"
    MISSPELLING = "misspelling", "Common misspelling (found by search, never shown)"


class ExploreWish(models.TextChoices):
    """What an editor wants of a page under “More to explore”."""

    PIN = "pin", "Show it first, in this order"
    LEAVE_OUT = "leave_out", "Never show it here"
