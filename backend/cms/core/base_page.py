"""What every page of the site has in common."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from wagtail.models import Page
from wagtail.search import index

from cms.core.page_form import BasePageForm
from cms.core.previews import SitePreviewMixin
from cms.core.public_pages import build_public_path
from cms.core.publishing import PublishProblem, PublishRule

SUMMARY_LENGTHS = (40, 200)
SUMMARY_HELP = (
    "One or two sentences, 40 to 200 characters. Readers see them under the title and in search "
    "results; so do Google and others."
)


def check_summary(page: "BasePage") -> list[PublishProblem]:
    """A page needs a summary that is neither too short nor too long to be a search result."""
    shortest, longest = SUMMARY_LENGTHS
    length = len(page.summary.strip())
    if length == 0:
        message = f"Write a summary of {shortest} to {longest} characters."
    elif length < shortest:
        message = f"The summary is too short: {length} characters. It needs at least {shortest}."
    elif length > longest:
        message = f"The summary is too long: {length} characters. It may have {longest}."
    else:
        return []
    return [PublishProblem("summary", message, "Summary")]


class BasePage(SitePreviewMixin, Page):
    """A page with a summary, a public path, and rules for publishing it."""

    summary = models.TextField(blank=True, max_length=SUMMARY_LENGTHS[1], help_text=SUMMARY_HELP)

    base_form_class = BasePageForm
    publish_rules: ClassVar[tuple[PublishRule, ...]] = (check_summary,)
    # The dependency tags of what the page lists without naming it, such as "listing:conditions".
    listing_tags: ClassVar[tuple[str, ...]] = ()

    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]

    class Meta:
        abstract = True

    @property
    def public_path(self) -> str:
        """The path on the public site, such as "/conditions/multiple-sclerosis/"."""
        return build_public_path(self.url_path)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Wagtail's site id, root address and path; readers' addresses are on `SITE_URL`.

        Wagtail's own root address takes "https" for port 443 alone.
        """
        parts = super().get_url_parts(request)
        return None if parts is None else (parts[0], settings.SITE_URL, parts[2])

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision, or leave everything as it was. Raises `PublishRefusedError`."""
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy the page, wholly or not at all. Raises `PublishRefusedError`."""
        with transaction.atomic():
            return super().copy(*args, **kwargs)
