"""The record of paths at which everybody could once read a page.

It is how the API tells `gone` (once public, now deleted, unpublished or expired) from
`not_found` (never public, or made private since). It holds paths alone: no title, no content.
"""

from collections.abc import Iterable
from typing import Final

from django.db import models, transaction
from wagtail.models import Page

from cms.core.batches import iterate_batches
from cms.core.public_pages import build_public_path, get_public_pages

# As long as every database indexes, in characters of up to four bytes.
LONGEST_PATH: Final = 600
_BATCH_SIZE: Final = 500


class PublicPath(models.Model):
    """A path, in lower case, at which a page is or was public."""

    # Usage counts in the admin are about content, which this is not.
    wagtail_reference_index_ignore = True

    path = models.CharField(max_length=LONGEST_PATH, unique=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The page that was public there last; nothing once it is deleted.",
    )

    class Meta:
        verbose_name = "public path"
        verbose_name_plural = "public paths"

    def __str__(self) -> str:
        return self.path


def was_once_public(path: str) -> bool:
    """Whether everybody could once read a page at `path`, and nothing was made private there."""
    return (
        len(path) <= LONGEST_PATH
        and PublicPath.objects.filter(path=build_recorded_path(path)).exists()
    )


def build_recorded_path(path: str) -> str:
    """`path` as the record spells it; readers reach a page in any mix of cases."""
    return path.lower()


@transaction.atomic
def update_public_paths(page: Page) -> None:
    """Bring the record up to date for `page` and everything below it.

    Public pages are recorded where they are now, and keep the paths they had. Pages in a private
    section lose every path they ever had. Drafts and unpublished pages change nothing.
    """
    section = Page.objects.descendant_of(page, inclusive=True)
    PublicPath.objects.filter(page__in=section.private().values("pk")).delete()
    visible = get_public_pages().descendant_of(page, inclusive=True).order_by("path")
    found = visible.values_list("pk", "url_path").iterator()
    for batch in map(_build_rows, iterate_batches(found, _BATCH_SIZE)):
        PublicPath.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["path"], update_fields=["page"]
        )


def _build_rows(pages: Iterable[tuple[int, str]]) -> list[PublicPath]:
    # Two pages whose paths differ in case alone would be one row twice in one statement.
    page_ids = {build_recorded_path(build_public_path(url_path)): pk for pk, url_path in pages}
    return [
        PublicPath(path=path, page_id=page_id)
        for path, page_id in page_ids.items()
        if len(path) <= LONGEST_PATH
    ]
