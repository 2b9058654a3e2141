"""Previews of what this app and those above it hold; the app `previews` says how one is opened."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

PreviewOpener = Callable[[Model, HttpRequest], HttpResponse]

_OPENERS: Final[list[PreviewOpener]] = []


def register_preview_opener(opener: PreviewOpener) -> None:
    """Say how the draft in an instance's fields is shown to whoever makes the request."""
    _OPENERS[:] = [opener]


class SitePreviewMixin:
    """A model whose drafts the site shows. The CMS draws no page itself."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A redirect to the draft on the site."""
        if not _OPENERS:
            raise ImproperlyConfigured("Nothing opens previews: add cms.previews to the apps.")
        instance: Any = self
        return _OPENERS[0](instance, request)
