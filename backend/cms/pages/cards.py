"""Page cards: what a link to a page shows of it, for the pages that readers may see."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import get_page_models

from cms.contract.references import Loaded, WireObject
from cms.contract.schemas import Schema, build_object, nullable, ref
from cms.core.base_page import BasePage
from cms.core.prepared_queries import PreparedQuery
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

# What each page type has in a table of its own.
_OWN: Final = ("summary", "hero_image")


def fetch_page_cards(page_ids: frozenset[int]) -> Loaded:
    """The cards of those pages that everybody may read, by id, in one query.

    Pages of Wagtail's own, which have no summary, are left out.
    """
    columns = _find_columns()
    cards: dict[int, WireObject] = {}
    image_ids: dict[int, int] = {}
    for page_id, type_id, title, url_path, *own in _CARDS.fetch(page_ids):
        model = ContentType.objects.get_for_id(type_id).model_class()
        label = "" if model is None else model._meta.label
        if label not in columns:
            continue
        summary, image = columns[label]
        path = build_public_path(url_path)
        cards[page_id] = {
            "id": page_id,
            "type": label,
            "title": title,
            "path": path,
            "html_url": build_public_url(path),
            "summary": own[summary],
            "image": None,
        }
        if image is not None and own[image]:
            image_ids[page_id] = own[image]
    return Loaded(cards, "image", "image", image_ids)


@cache
def _find_columns() -> Mapping[str, tuple[int, int | None]]:
    """Which of the columns are the summary and the main picture of each type that has a summary."""
    names = list(_iterate_columns())
    return {
        label: (
            names.index((label, "summary")),
            # Not every page type has a main picture.
            names.index((label, "hero_image")) if (label, "hero_image") in names else None,
        )
        for label, name in names
        if name == "summary"
    }


def _iterate_columns() -> Iterator[tuple[str, str]]:
    for model in get_page_models():
        if issubclass(model, BasePage):
            names = {field.name for field in model._meta.get_fields()}
            yield from ((model._meta.label, name) for name in _OWN if name in names)


def _build_query(page_ids: list[int]) -> QuerySet[Any, Any]:
    own = (
        f"{apps.get_model(label)._meta.model_name}__{name}" for label, name in _iterate_columns()
    )
    found = get_public_pages().filter(pk__in=page_ids)
    columns: QuerySet[Any, Any] = found.values_list("pk", "content_type", "title", "url_path", *own)
    return columns


_CARDS: Final = PreparedQuery(_build_query, -1)
