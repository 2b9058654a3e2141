"""The page that lists every condition, A to Z."""

from typing import Any, ClassVar

from django.apps import apps
from django.db.models import Count
from wagtail.api import APIField
from wagtail.search import index

from cms.conditions.api_fields import LettersField
from cms.conditions.letters import sort_key
from cms.conditions.panels import build_index_page_panels
from cms.contract.common_fields import COMMON_API_FIELDS
from cms.contract.fields import RichTextField as RichTextApiField
from cms.core.base_page import BasePage
from cms.core.public_pages import get_public_pages
from cms.core.rich_text_field import SafeRichTextField
from cms.search.documents import SearchDocument, build_page_document


class ConditionIndexPage(BasePage):
    """The A to Z of conditions."""

    intro = SafeRichTextField(
        blank=True,
        verbose_name="Introduction",
        help_text="A short paragraph above the A to Z.",
    )

    edit_handler = build_index_page_panels()
    page_description = "Lists every condition, A to Z. There is one."
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["conditions.ConditionPage"]
    max_count = 1

    listing_tags: ClassVar[tuple[str, ...]] = ("listing:conditions",)

    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    api_fields = [
        *COMMON_API_FIELDS,
        APIField("intro", serializer=RichTextApiField()),
        APIField("letters", serializer=LettersField()),
    ]

    class Meta:
        verbose_name = "list of conditions"

    @property
    def letters(self) -> list[dict[str, Any]]:
        """The letters that have pages for readers, A to Z then "#", each with their number."""
        pages = apps.get_model("conditions", "ConditionPage").objects.child_of(self)
        counts = dict(
            pages.filter(pk__in=get_public_pages().values("pk"))
            .order_by()
            .values_list("letter")
            .annotate(Count("pk"))
        )
        return [
            {"letter": letter, "count": counts[letter]} for letter in sorted(counts, key=sort_key)
        ]

    def build_search_document(self) -> SearchDocument:
        """What the search knows of the page."""
        return build_page_document(self, self.intro)
