"""The guide to one condition."""

from typing import Any, ClassVar

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.api import APIField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks.publish_rules import check_body
from cms.blocks.streams import ConditionBody
from cms.comments.page import CommentedPage
from cms.conditions.api_fields import AlsoKnownAsField, BodySystemsField
from cms.conditions.choices import ExploreWish, TermKind
from cms.conditions.forms import ConditionPageForm
from cms.conditions.icd10 import validate_icd10_code
from cms.conditions.letters import OTHER_LETTER, get_letter
from cms.conditions.panels import build_condition_page_panels
from cms.conditions.publish_rules import (
    check_critical_blocks,
    check_explore_choices,
    check_guidance,
    check_names,
    check_review,
)
from cms.conditions.search_documents import build_condition_document
from cms.contract.common_fields import COMMON_API_FIELDS
from cms.contract.fields import (
    BodyField,
    BooleanField,
    DateField,
    ImageField,
    PersonField,
    TextField,
)
from cms.core.content_field import ContentField
from cms.core.hero_image import check_hero_image
from cms.search.documents import SearchDocument
from cms.search.explore import ExploreWishes


class ConditionPage(CommentedPage):
    """A structured guide to one health condition: what it is, and when massage is suitable."""

    condition_name = models.CharField(
        max_length=120,
        blank=True,
        verbose_name="Name of the condition",
        help_text="The name alone, such as “Multiple Sclerosis”. It stands so in the A to Z.",
    )
    letter = models.CharField(max_length=1, default=OTHER_LETTER, editable=False, db_index=True)
    hero_image = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="Main picture",
        help_text=(
            "Shown at the top of the page and when the page is shared. "
            "Its description comes from the picture itself."
        ),
    )
    body_systems = ParentalManyToManyField(
        "conditions.BodySystem", blank=True, verbose_name="Body systems"
    )
    icd10_code = models.CharField(
        max_length=8,
        blank=True,
        validators=[validate_icd10_code],
        verbose_name="ICD-10-CM code",
        help_text="If you know it: the diagnosis code that insurers use, such as G35.",
    )
    body = ContentField(ConditionBody(), blank=True, verbose_name="Content")
    author = models.ForeignKey(
        "conditions.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="Written by",
    )
    reviewed_by = models.ForeignKey(
        "conditions.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who checked that what the page says is right.",
    )
    last_reviewed = models.DateField(null=True, blank=True)
    review_due = models.DateField(
        null=True,
        blank=True,
        verbose_name="Next review",
        help_text="From this day on, the page is listed for review on the first screen.",
    )
    is_demo = models.BooleanField(
        default=False,
        verbose_name="This is demo content",
        help_text="Readers are told: “Demo content, not medically reviewed”.",
    )

    # The dependency tags of what lists it.
    listed_in: ClassVar[tuple[str, ...]] = ("listing:conditions",)

    edit_handler = build_condition_page_panels()
    base_form_class = ConditionPageForm
    page_description = "A guide to one condition, with the massage guidance."
    parent_page_types = ["conditions.ConditionIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    publish_rules = (
        *CommentedPage.publish_rules,
        check_names,
        check_hero_image,
        check_body,
        check_guidance,
        check_critical_blocks,
        check_review,
        check_explore_choices,
    )
    search_fields = [
        *CommentedPage.search_fields,
        index.SearchField("condition_name", boost=4),
        index.AutocompleteField("condition_name"),
        index.RelatedFields("also_known_as", [index.SearchField("term", boost=3)]),
        index.SearchField("body"),
        index.FilterField("condition_name"),
        index.FilterField("letter"),
    ]
    api_fields = [
        *COMMON_API_FIELDS,
        APIField("condition_name", serializer=TextField()),
        APIField("also_known_as", serializer=AlsoKnownAsField()),
        APIField("hero_image", serializer=ImageField()),
        APIField("body_systems", serializer=BodySystemsField()),
        APIField("icd10_code", serializer=TextField()),
        APIField("author", serializer=PersonField()),
        APIField("reviewed_by", serializer=PersonField()),
        APIField("last_reviewed", serializer=DateField()),
        APIField("review_due", serializer=DateField()),
        APIField("is_demo", serializer=BooleanField()),
        APIField("body", serializer=BodyField(ConditionBody())),
    ]

    class Meta:
        verbose_name = "condition"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page, under the letter of its name."""
        self.letter = get_letter(self.condition_name or self.title)
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and not {"condition_name", "title"}.isdisjoint(update_fields):
            kwargs["update_fields"] = {*update_fields, "letter"}
        return super().save(*args, **kwargs)

    def build_search_document(self) -> SearchDocument:
        """What the search knows of the page."""
        return build_condition_document(self)

    def get_explore_wishes(self) -> ExploreWishes:
        """Which pages an editor wants to be shown first under “More to explore”, or never."""
        by_wish: dict[str, list[int]] = {wish: [] for wish in ExploreWish.values}
        for row in self.explore_choices.all():
            if row.page_id is not None and row.wish in by_wish:
                by_wish[row.wish].append(row.page_id)
        return ExploreWishes(by_wish[ExploreWish.PIN], by_wish[ExploreWish.LEAVE_OUT])


class AlsoKnownAs(Orderable):
    """Another name under which readers look for a condition."""

    page = ParentalKey(ConditionPage, on_delete=models.CASCADE, related_name="also_known_as")
    term = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=TermKind.choices, default=TermKind.SYNONYM)

    class Meta(Orderable.Meta):
        verbose_name = "other name"
        verbose_name_plural = "other names"

    def __str__(self) -> str:
        return self.term
