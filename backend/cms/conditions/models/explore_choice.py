"""What an editor wants of the pages that readers are led to at the end of a condition page."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.conditions.choices import ExploreWish


class ExploreChoice(Orderable):
    """A page that “More to explore” shows before all others, or never."""

    condition = ParentalKey(
        "conditions.ConditionPage", on_delete=models.CASCADE, related_name="explore_choices"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    wish = models.CharField(
        max_length=10,
        choices=ExploreWish.choices,
        default=ExploreWish.PIN,
        verbose_name="Show it or not",
    )

    class Meta(Orderable.Meta):
        verbose_name = "page to explore"
        verbose_name_plural = "pages to explore"

    def __str__(self) -> str:
        return str(self.page) if self.page else "No page chosen"
