"""Page cards: what a link to a page shows of it, for the pages that readers may see."""

from cms.contract.references import Loaded, References, Wanted, WireObject, fetch_references
from cms.contract.schemas import Schema, build_object, nullable, ref
from cms.core.base_page import BasePage
from cms.core.public_pages import build_public_url, get_public_pages

PAGE_CARD: Schema = build_object(
    {
        "id": {"type": "integer"},
        "type": {"type": "string", "description": "Such as `conditions.ConditionPage`."},
        "title": {"type": "string"},
        "path": {"type": "string", "description": "On the public site, such as `/conditions/`."},
        "html_url": {"type": "string", "format": "uri"},
        "summary": {"type": "string"},
        "image": nullable(ref("Image")),
    },
    "A page in short, for a link to it.",
)
EXAMPLE_CARD: WireObject = {
    "id": 12,
    "type": "conditions.ConditionPage",
    "title": "Massage for Fibromyalgia",
    "path": "/conditions/fibromyalgia/",
    "html_url": "https://site.example/conditions/fibromyalgia/",
    "summary": "Pain and tiredness in the whole body, and how gentle massage can be adapted.",
    "image": None,
}


def fetch_page_cards(page_ids: frozenset[int]) -> Loaded:
    """The cards of those pages that everybody may read, by id.

    One query for the pages, one for each type among them, and those of their pictures.
    """
    found = get_public_pages().filter(pk__in=page_ids).specific().defer_streamfields()
    pages = [page for page in found if isinstance(page, BasePage)]
    wanted = Wanted()
    wanted.update("image", (_get_image_id(page) for page in pages))
    references = fetch_references(wanted)
    return Loaded({page.pk: _build_card(page, references) for page in pages}, references.tags())


def _build_card(page: BasePage, references: References) -> WireObject:
    return {
        "id": page.pk,
        "type": page._meta.label,
        "title": page.title,
        "path": page.public_path,
        "html_url": build_public_url(page.public_path),
        "summary": page.summary,
        "image": references.get_or_none("image", _get_image_id(page)),
    }


def _get_image_id(page: BasePage) -> int | None:
    # Not every page type has a main picture.
    image_id: int | None = getattr(page, "hero_image_id", None)
    return image_id
