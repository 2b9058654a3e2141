"""What the answer of a page was made from: the dependency tags of its content and its place."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from cms.contract.references import References
from cms.core.base_page import BasePage

# Which path leads where.
PATHS_TAG = "paths"


def build_page_tags(
    page: Page, detail: dict[str, Any], references: References, ancestors: Iterable[int]
) -> set[str]:
    """The tags of all that the detail of `page` shows, and of what it looked for and left out."""
    tags = {f"page:{page.pk}", *references.tags()}
    # The page above is named; a private one is not.
    tags.update(f"page:{page_id}" for page_id in ancestors)
    if page.alias_of_id:
        tags.add(f"page:{page.alias_of_id}")
    tags.update(f"body_system:{system['id']}" for system in detail.get("body_systems", []))
    # Such as the index of conditions, whose letters are counted from other pages.
    tags.update(page.listing_tags if isinstance(page, BasePage) else ())
    return tags


def fetch_ancestor_ids(page: Page) -> list[int]:
    """The ids of the pages above, but for the root that no reader knows."""
    above = Page.objects.ancestor_of(page).filter(depth__gt=1)
    return list(above.values_list("pk", flat=True))
