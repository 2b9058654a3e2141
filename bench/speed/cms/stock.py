"""Wagtail's own v2 endpoint over our pages, with Wagtail's own serializers."""

from typing import Any

from django.db.models import Model
from wagtail.api.v2.views import PagesAPIViewSet


class StockPagesViewSet(PagesAPIViewSet):
    """As Wagtail comes: what `api_fields` names, without the serializers that we name there."""

    @classmethod
    def get_field_serializer_overrides(cls, model: type[Model]) -> dict[str, Any]:
        """None but Wagtail's own."""
        ours = {field.name for field in getattr(model, "api_fields", ())}
        overrides: dict[str, Any] = super().get_field_serializer_overrides(model)
        return {name: field for name, field in overrides.items() if name not in ours}
