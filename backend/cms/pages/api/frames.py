"""What stands around a page on the wire: what is above it, what is related, what it is called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from wagtail.models import Page

from cms.core.prepared_queries import PreparedQuery
from cms.core.public_pages import build_public_condition, build_public_path

Wire = dict[str, Any]

# The root of the tree is no page that anybody knows.
_ABOVE: Final = PreparedQuery(
    lambda paths: (
        Page.objects.filter(path__in=paths, depth__gt=1)
        .annotate(is_public=build_public_condition())
        .order_by("depth")
        .values_list("pk", "title", "url_path", "is_public")
    ),
    "the place of a page in the tree",
)


@dataclass(frozen=True)
class PageAbove:
    """A page above another, whether readers may see it or not."""

    page_id: int
    title: str
    url_path: str
    is_public: bool


def fetch_pages_above(page: Page) -> list[PageAbove]:
    """The pages above, from the home page down, in one query."""
    path, step = page.path, page.steplen
    above = [path[:length] for length in range(step, len(path), step)]
    rows = _ABOVE.fetch(above)
    return [PageAbove(pk, title, url, bool(is_public)) for pk, title, url, is_public in rows]


def build_breadcrumbs(above: Iterable[PageAbove]) -> list[Wire]:
    """Those of the pages above that readers may see."""
    return [
        {"title": page.title, "path": build_public_path(page.url_path)}
        for page in above
        if page.is_public
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
