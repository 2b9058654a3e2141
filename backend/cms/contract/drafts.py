"""The fields of a page in draft form: whatever is in them, and nothing required."""

from typing import Any

from django.db.models import Model
from rest_framework import serializers

from cms.contract.fields import iterate_typed_fields
from cms.contract.references import References


def build_draft_fields(page: Model, references: References) -> dict[str, Any]:
    """Every API field of `page` in its draft form, by name.

    `page` may be half filled and may never have been saved, but has its place in the tree (`path`,
    `depth` and `url_path`). `references` holds what `collect_references` has noted of it.
    """
    parent: serializers.Serializer[Any] = serializers.Serializer(context={"references": references})
    return {
        name: field.bound_to(name, parent).to_draft(page)
        for name, field in iterate_typed_fields(type(page))
    }
