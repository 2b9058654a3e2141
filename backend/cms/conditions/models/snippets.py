"""What condition pages share: the people behind them and the systems of the body."""

from django.db import models
from wagtail.search import index


class Person(index.Indexed, models.Model):
    """Somebody who writes or reviews pages, or speaks from experience."""

    name = models.CharField(max_length=120)
    credentials = models.CharField(
        max_length=120,
        blank=True,
        help_text="The letters after the name, such as “BCTMB” or “MD”.",
    )
    role = models.CharField(
        max_length=120, blank=True, help_text="Such as “Massage therapist” or “Neurologist”."
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


class BodySystem(models.Model):
    """A system of the body that a condition affects."""

    name = models.CharField(max_length=80, unique=True, help_text="Such as “Nervous system”.")
    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The name as it stands in web addresses, such as “nervous-system”.",
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "body system"
        verbose_name_plural = "body systems"

    def __str__(self) -> str:
        return self.name
