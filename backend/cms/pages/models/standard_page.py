"""A page about anything that is not one condition."""

from typing import ClassVar

from django.db import models
from wagtail.api import APIField
from wagtail.search import index

from cms.blocks.publish_rules import check_body
from cms.blocks.streams import StandardBody
from cms.contract.common_fields import COMMON_API_FIELDS
from cms.contract.fields import BodyField, TextField
from cms.core.base_page import BasePage
from cms.core.content_field import ContentField
from cms.pages.panels import build_standard_page_panels
from cms.search.documents import SearchDocument, build_page_document


class StandardPage(BasePage):
    """A page such as “About me”, “Prices” or a statement."""

    intro = models.TextField(
        max_length=400,
        blank=True,
        verbose_name="Introduction",
        help_text="One or two sentences in larger type at the top of the page.",
    )
    body = ContentField(StandardBody(), blank=True, verbose_name="Content")

    edit_handler = build_standard_page_panels()
    page_description = "A page about anything else, such as “About me” or “Prices”."
    parent_page_types = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    publish_rules = (*BasePage.publish_rules, check_body)
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    api_fields = [
        *COMMON_API_FIELDS,
        APIField("intro", serializer=TextField()),
        APIField("body", serializer=BodyField(StandardBody())),
    ]

    class Meta:
        verbose_name = "standard page"

    def build_search_document(self) -> SearchDocument:
        """What the search knows of the page."""
        return build_page_document(self, self.intro, self.body)
