"""Page cards: what a link to a page shows of it, for the pages that readers may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType

from cms.contract.references import Loaded, Wanted, WireObject, fetch_references
from cms.contract.schemas import Schema, build_object, nullable, ref
from cms.core.base_page import BasePage
from cms.core.public_pages import build_public_path, build_public_url, get_public_pages

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
    found = get_public_pages().filter(pk__in=page_ids)
    rows = found.values_list("pk", "content_type", "title", "url_path")
    names = {page_id: _build_name(title, url_path) for page_id, _, title, url_path in rows}
    specific = list(_iterate_specific((page_id, type_id) for page_id, type_id, *_ in rows))
    wanted = Wanted()
    wanted.update("image", (image_id for *_, image_id in specific))
    references = fetch_references(wanted)
    cards = {
        page_id: {
            "id": page_id,
            "type": label,
            **names[page_id],
            "summary": summary,
            "image": references.get_or_none("image", image_id),
        }
        for page_id, label, summary, image_id in specific
    }
    return Loaded(cards, references.tags())


def _build_name(title: str, url_path: str) -> WireObject:
    path = build_public_path(url_path)
    return {"title": title, "path": path, "html_url": build_public_url(path)}


def _iterate_specific(
    pages: Iterable[tuple[int, int]],
) -> Iterator[tuple[int, str, str, int | None]]:
    """Id, type, summary and the id of the picture of each of `pages`, ids with content types.

    Pages of Wagtail's own, which have no summary, are left out. A whole page is ten times the work.
    """
    by_type: defaultdict[int, list[int]] = defaultdict(list)
    for page_id, type_id in pages:
        by_type[type_id].append(page_id)
    for type_id, page_ids in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is None or not issubclass(model, BasePage):
            continue
        # Not every page type has a main picture.
        has_image = any(field.name == "hero_image" for field in model._meta.get_fields())
        names = ("pk", "summary", *(["hero_image"] if has_image else []))
        for row in model._default_manager.filter(pk__in=page_ids).values_list(*names):
            yield row[0], model._meta.label, row[1], row[2] if has_image else None
