"""What stands around a page on the wire: what is above it, what is related, what it is called."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page

from cms.core.public_pages import build_public_path, get_public_pages

Wire = dict[str, Any]


def build_breadcrumbs(page: Page) -> list[Wire]:
    """The pages above that readers may see, from the home page down."""
    above = get_public_pages().ancestor_of(page).order_by("depth")
    return [
        {"title": title, "path": build_public_path(url_path)}
        for title, url_path in above.values_list("title", "url_path")
    ]


def iterate_related(body: Iterable[Wire]) -> Iterator[Wire]:
    """The cards of the conditions that `body` relates to, in order, each once."""
    seen = set()
    for block in body:
        if block["type"] == "related_conditions":
            for item in block["value"]["items"]:
                card = item["page"]
                # A draft may have a row without a page.
                if card is not None and card["id"] not in seen:
                    seen.add(card["id"])
                    yield card


def build_seo(page: Page, detail: Wire) -> Wire:
    """What search engines and link previews are told of a page with this detail."""
    return {
        "title": page.seo_title or page.title,
        "description": page.search_description or detail.get("summary", ""),
        "canonical_url": detail["meta"]["html_url"],
        "image": detail.get("hero_image"),
        "noindex": False,
    }
