"""The closed vocabularies of the search."""

from django.db import models


class NameKind(models.TextChoices):
    """What kind of name of a page a term is; the first counts most."""

    NAME = "name", "Name"
    ABBREVIATION = "abbreviation", "Abbreviation"
    SYNONYM = "synonym", "Another medical name"
    LAY_TERM = "lay_term", "Everyday word"
    MISSPELLING = "misspelling", "Common misspelling"


class PassageKind(models.TextChoices):
    """Which part of a page a passage of text is from; the first counts most."""

    SYMPTOM = "symptom", "Symptom"
    SUMMARY = "summary", "Summary"
    GUIDANCE = "guidance", "Massage guidance"
    TEXT = "text", "Text"


class FacetName(models.TextChoices):
    """By what results can be narrowed."""

    BODY_SYSTEM = "body_system", "Body system"
    ADVICE = "advice", "Massage advice"


class MatchKind(models.TextChoices):
    """What of a page a query matched, besides its text."""

    NAME = "name", "Name"
    ABBREVIATION = "abbreviation", "Abbreviation"
    SYNONYM = "synonym", "Also called"
    LAY_TERM = "lay_term", "Also called"
    SYMPTOM = "symptom", "Symptom"


class ExploreReasonKind(models.TextChoices):
    """Why a page is among those to explore next; the first counts most."""

    PINNED = "pinned", "Chosen by an editor"
    SYMPTOMS = "symptoms", "Shared symptoms"
    BODY_SYSTEMS = "body_systems", "Same body system"
    CAUTIONS = "cautions", "Shared cautions"
