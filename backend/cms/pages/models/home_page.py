"""The front page of the site."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks.publish_rules import check_body
from cms.blocks.streams import StandardBody
from cms.contract.common_fields import COMMON_API_FIELDS
from cms.contract.fields import BodyField, ImageField, PageCardsField, TextField
from cms.core.base_page import BasePage
from cms.core.content_field import ContentField
from cms.core.hero_image import check_hero_image
from cms.core.publishing import PublishProblem
from cms.pages.panels import build_home_page_panels
from cms.search.documents import SearchDocument, build_page_document


def check_welcome(page: "HomePage") -> list[PublishProblem]:
    """The front page needs its large heading, and a page in every row of its cards."""
    problems = []
    if not page.hero_heading.strip():
        problems.append(PublishProblem("hero_heading", "Write a heading.", "Welcome heading"))
    if any(row.page_id is None for row in page.featured_pages.all()):
        problems.append(PublishProblem("featured_pages", "Choose a page in each row.", "Pages"))
    return problems


class HomePage(BasePage):
    """The front page: a welcome, a few pages worth reading first, and anything else below."""

    hero_heading = models.CharField(
        max_length=80,
        blank=True,
        verbose_name="Welcome heading",
        help_text="The large words at the top of the site.",
    )
    hero_text = models.TextField(
        max_length=400,
        blank=True,
        verbose_name="Welcome text",
        help_text="One or two sentences under the heading.",
    )
    hero_image = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="Main picture",
        help_text="Shown beside the welcome. Its description comes from the picture itself.",
    )
    body = ContentField(StandardBody(), blank=True, verbose_name="Content")

    edit_handler = build_home_page_panels()
    page_description = "The front page of the site. There is one."
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["conditions.ConditionIndexPage", "pages.StandardPage"]
    max_count = 1

    publish_rules = (*BasePage.publish_rules, check_welcome, check_hero_image, check_body)
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("hero_heading"),
        index.SearchField("hero_text"),
        index.SearchField("body"),
    ]
    api_fields = [
        *COMMON_API_FIELDS,
        APIField("hero_heading", serializer=TextField()),
        APIField("hero_text", serializer=TextField()),
        APIField("hero_image", serializer=ImageField()),
        APIField("featured", serializer=PageCardsField()),
        APIField("body", serializer=BodyField(StandardBody())),
    ]

    class Meta:
        verbose_name = "home page"

    def build_search_document(self) -> SearchDocument:
        """What the search knows of the page."""
        return build_page_document(self, f"{self.hero_heading} {self.hero_text}", self.body)

    @property
    def featured(self) -> list[int]:
        """The ids of the pages that are shown on the front page, in order."""
        return [row.page_id for row in self.featured_pages.all() if row.page_id is not None]


class FeaturedPage(Orderable):
    """A page that the front page shows as a card."""

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_pages")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = "page"
        verbose_name_plural = "pages"

    def __str__(self) -> str:
        return str(self.page) if self.page else "No page chosen"
