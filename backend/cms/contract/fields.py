"""Serializer fields that know their schema and what they refer to.

Page models use them in `api_fields`, so that a page's detail and its description in the contract
come from the same line.
"""

import copy
import datetime
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.db.models import Model
from rest_framework import serializers
from wagtail.blocks import StreamBlock, StreamValue

from cms.contract.bodies import (
    build_body,
    build_draft_body,
    collect_body_references,
    register_body_schema,
    register_draft_body_schema,
)
from cms.contract.errors import UndescribedFieldError
from cms.contract.references import References, Wanted, get_schema_name
from cms.contract.schemas import Schema, nullable, ref
from cms.core.rich_text import expand_rich_text, iterate_page_links


class TypedField(serializers.Field[Any, Any, Any, Any]):
    """A read-only field with a schema. `context["references"]` holds what it refers to."""

    # What a draft has where the page has nothing.
    draft_empty: Any = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Another such field. Every serializer copies its fields.

        What this one was made with is shared: a body's block is large, and nothing writes to it.
        """
        # As the framework itself keeps them, for its own copies.
        made_with: Any = self
        return type(self)(*made_with._args, **made_with._kwargs)

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of the field's wire value."""

    def draft_schema(self) -> Schema:
        """The JSON Schema of the field's wire value in a draft."""
        return self.schema()

    def collect(self, name: str, instance: Model, wanted: Wanted) -> None:
        """Note what the field called `name` of `instance` refers to."""

    @property
    def references(self) -> References:
        """What the answer refers to, fetched before it is built."""
        references: References = self.context["references"]
        return references

    def to_representation(self, value: Any) -> Any:
        """The wire value; as stored unless a subclass says otherwise."""
        return value

    def to_draft(self, instance: Model) -> Any:
        """The wire value of a draft's field. `instance` may never have been saved."""
        value = self.get_attribute(instance)
        return self.draft_empty if value is None else self.to_representation(value)

    def bound_to(self, name: str, parent: serializers.BaseSerializer[Any]) -> Self:
        """A copy that reads the field called `name`, with the context of `parent`."""
        bound = copy.copy(self)
        bound.bind(name, parent)
        return bound


class TextField(TypedField):
    """Plain text; never null."""

    draft_empty = ""

    def schema(self) -> Schema:
        return {"type": "string"}


class BooleanField(TypedField):
    """True or false."""

    draft_empty = False

    def schema(self) -> Schema:
        return {"type": "boolean"}


class DateField(TypedField):
    """A day ("2026-01-31"), or null."""

    def schema(self) -> Schema:
        return nullable({"type": "string", "format": "date"})

    def to_representation(self, value: Any) -> Any:
        return value.isoformat()


class DateTimeField(DateField):
    """A moment in UTC ("2026-01-31T09:30:00Z"), or null."""

    def schema(self) -> Schema:
        return nullable({"type": "string", "format": "date-time"})

    def to_representation(self, value: Any) -> Any:
        return serializers.DateTimeField(default_timezone=datetime.UTC).to_representation(value)


class RichTextField(TypedField):
    """Clean HTML whose links point at the public site."""

    draft_empty = ""

    def schema(self) -> Schema:
        return {"type": "string", "contentMediaType": "text/html"}

    def collect(self, name: str, instance: Model, wanted: Wanted) -> None:
        wanted.update("page", iterate_page_links(getattr(instance, name) or ""))

    def to_representation(self, value: Any) -> Any:
        return expand_rich_text(value, self.references.page_href_or_none)


class ReferenceField(TypedField):
    """A foreign key to something of a registered kind, or null where readers may not see it."""

    kind: str

    def schema(self) -> Schema:
        return nullable(ref(get_schema_name(self.kind)))

    def collect(self, name: str, instance: Model, wanted: Wanted) -> None:
        wanted.add(self.kind, getattr(instance, f"{name}_id"))

    def get_attribute(self, instance: Model) -> Any:
        # The id is enough, and asking for the object would cost a query.
        return getattr(instance, f"{self.field_name}_id")

    def to_representation(self, value: Any) -> Any:
        return self.references.get_or_none(self.kind, value)


class ImageField(ReferenceField):
    """A picture, or null."""

    kind = "image"


class PersonField(ReferenceField):
    """A person, or null."""

    kind = "person"


class PageField(ReferenceField):
    """The card of a page, or null."""

    kind = "page"


class PageCardsField(TypedField):
    """Cards of several pages. The attribute gives their ids, in order."""

    def schema(self) -> Schema:
        return {"type": "array", "items": ref(get_schema_name("page"))}

    def collect(self, name: str, instance: Model, wanted: Wanted) -> None:
        wanted.update("page", getattr(instance, name))

    def to_representation(self, value: Iterable[int]) -> Any:
        cards = (self.references.get_or_none("page", page_id) for page_id in value)
        return [card for card in cards if card is not None]


class BodyField(TypedField):
    """A page body: a list of blocks, discriminated on `type`."""

    def __init__(self, body: StreamBlock, **kwargs: Any) -> None:
        self.body = body
        super().__init__(**kwargs)

    def schema(self) -> Schema:
        return register_body_schema(self.body)

    def draft_schema(self) -> Schema:
        return register_draft_body_schema(self.body)

    def collect(self, name: str, instance: Model, wanted: Wanted) -> None:
        collect_body_references(getattr(instance, name), wanted)

    def get_attribute(self, instance: Model) -> Any:
        body: StreamValue = getattr(instance, str(self.field_name))
        return build_body(body, self.references, source=_name(instance))

    def to_draft(self, instance: Model) -> Any:
        body: StreamValue = getattr(instance, str(self.field_name))
        return build_draft_body(body, self.references, source=_name(instance))


def iterate_typed_fields(model: type[Model]) -> Iterator[tuple[str, TypedField]]:
    """The name and the serializer field of each of a page model's `api_fields`.

    Raises `UndescribedFieldError` for one without a schema.
    """
    for api_field in getattr(model, "api_fields", ()):
        serializer = getattr(api_field, "serializer", None)
        if not isinstance(serializer, TypedField):
            raise UndescribedFieldError(
                f"{model._meta.label}.{api_field.name} has no schema in the contract: give it a "
                "serializer from cms.contract.fields in api_fields."
            )
        yield api_field.name, serializer


def collect_references(instance: Model, wanted: Wanted) -> None:
    """Note everything that the typed fields of `instance` refer to."""
    for name, field in iterate_typed_fields(type(instance)):
        field.collect(name, instance, wanted)


def _name(instance: Model) -> str:
    return f"{instance._meta.label} {instance.pk}"
