"""The closed vocabularies of condition pages."""

from django.db import models


class TermKind(models.TextChoices):
    """What kind of other name a term is."""

    ABBREVIATION = "abbreviation", "Abbreviation"
    SYNONYM = "synonym", "Another medical name"
    LAY_TERM = "lay_term", "Everyday word"
    MISSPELLING = "misspelling", "Common misspelling (found by search, never shown)"
