"""Page models on the wire: one named schema for each, from its `api_fields`."""

from wagtail.models import Page, get_page_models

from cms.contract.fields import iterate_typed_fields
from cms.contract.schemas import Schema, build_object, first_line, nullable, ref, register_schema

_PARENT_META: Schema = build_object(
    {
        "type": {"type": "string"},
        "detail_url": {"type": "string", "format": "uri"},
        "html_url": nullable({"type": "string", "format": "uri"}),
    },
    "Where another page is.",
)
_PARENT: Schema = build_object(
    {
        "id": {"type": "integer"},
        "meta": ref("PageParentMeta"),
        "title": {"type": "string"},
    },
    "Another page, by name.",
)
_META: Schema = build_object(
    {
        "type": {"type": "string", "description": "Such as `conditions.ConditionPage`."},
        "detail_url": {"type": "string", "format": "uri"},
        "html_url": nullable({"type": "string", "format": "uri"}),
        "slug": {"type": "string"},
        "show_in_menus": {"type": "boolean"},
        "seo_title": {"type": "string"},
        "search_description": {"type": "string"},
        "first_published_at": nullable({"type": "string", "format": "date-time"}),
        "alias_of": nullable(ref("PageParent")),
        "parent": nullable(ref("PageParent")),
    },
    "What Wagtail says of every page.",
)
_DRAFT_META: Schema = build_object(
    {
        "type": {"type": "string", "description": "Such as `conditions.ConditionPage`."},
        "slug": {"type": "string"},
        "html_url": {
            **nullable({"type": "string", "format": "uri"}),
            "description": "Where the page is, or will be, on the public site.",
        },
        "seo_title": {"type": "string"},
        "search_description": {"type": "string"},
        "show_in_menus": {"type": "boolean"},
        "first_published_at": nullable({"type": "string", "format": "date-time"}),
    },
    "What Wagtail says of every page, published or not.",
)


def get_described_page_models() -> list[type[Page]]:
    """The page models that the API serves, in the order of their names."""
    models = [model for model in get_page_models() if model is not Page]
    return sorted(models, key=lambda model: str(model._meta.label))


def register_page_schemas() -> None:
    """Register a schema for each page model, and `Page`, the union of them all.

    Raises `UndescribedFieldError` for an API field whose serializer has no schema.
    """
    register_schema("PageParentMeta", _PARENT_META)
    register_schema("PageParent", _PARENT)
    register_schema("PageMeta", _META)
    references = []
    for model in get_described_page_models():
        register_schema(model.__name__, _build_page_schema(model))
        references.append(ref(model.__name__))
    register_schema(
        "Page", {"description": "Any page; `meta.type` says which.", "oneOf": references}
    )


def register_draft_page_schemas() -> None:
    """Register the draft form of each page model, and `DraftPage`, the union of them all.

    Raises `UndescribedFieldError` for an API field whose serializer has no schema.
    """
    register_schema("DraftPageMeta", _DRAFT_META)
    references = []
    for model in get_described_page_models():
        register_schema(f"Draft{model.__name__}", _build_draft_page_schema(model))
        references.append(ref(f"Draft{model.__name__}"))
    register_schema(
        "DraftPage",
        {
            "description": "Any page in its draft form, where nothing is required; `meta.type` "
            "says which.",
            "oneOf": references,
        },
    )


def _build_page_schema(model: type[Page]) -> Schema:
    properties: dict[str, Schema] = {
        "id": {"type": "integer"},
        "meta": _build_meta_schema("PageMeta", model),
        "title": {"type": "string"},
    }
    for name, field in iterate_typed_fields(model):
        properties[name] = field.schema()
    return build_object(properties, first_line(model.__doc__))


def _build_draft_page_schema(model: type[Page]) -> Schema:
    properties: dict[str, Schema] = {
        "id": {
            **nullable({"type": "integer"}),
            "description": "Null while the page was never saved.",
        },
        "meta": _build_meta_schema("DraftPageMeta", model),
        "title": {"type": "string"},
    }
    for name, field in iterate_typed_fields(model):
        properties[name] = field.draft_schema()
    return build_object(properties, f"In a draft. {first_line(model.__doc__)}")


def _build_meta_schema(name: str, model: type[Page]) -> Schema:
    return {"allOf": [ref(name), {"properties": {"type": {"const": str(model._meta.label)}}}]}
