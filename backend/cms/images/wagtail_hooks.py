"""What the images app adds to the admin."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.images.change_sources import record_images
from cms.images.models import SiteImage


@hooks.register("after_bulk_action")
def note_moved_images(
    _request: HttpRequest, action_type: str, objects: Collection[Any], _action: object
) -> None:
    """Say that pictures were put into another collection, which Wagtail writes past its models."""
    if action_type == "add_to_collection":
        record_images([each.pk for each in objects if isinstance(each, SiteImage)])
