"""Page models on the wire: one named schema for each, from its `api_fields`."""

from wagtail.models import Page, get_page_models

from cms.contract.errors import UndescribedFieldError
from cms.contract.fields import TypedField
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


def _build_page_schema(model: type[Page]) -> Schema:
    type_name = str(model._meta.label)
    properties: dict[str, Schema] = {
        "id": {"type": "integer"},
        "meta": {
            "allOf": [ref("PageMeta"), {"properties": {"type": {"const": type_name}}}],
        },
        "title": {"type": "string"},
    }
    for api_field in getattr(model, "api_fields", ()):
        serializer = getattr(api_field, "serializer", None)
        if not isinstance(serializer, TypedField):
            raise UndescribedFieldError(
                f"{type_name}.{api_field.name} has no schema in the contract: give it a "
                "serializer from cms.contract.fields in api_fields."
            )
        properties[api_field.name] = serializer.schema()
    return build_object(properties, first_line(model.__doc__))
