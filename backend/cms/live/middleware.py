"""The message, below Wagtail's own, in which the editor sees when a publication is on the site."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from cms.live.models import Publication
from cms.live.publications import Published, collect_published, start_watching_or_none

logger = logging.getLogger(__name__)

# By it, the script and the style sheet find the message's box.
TAG: Final = "live"


class LiveStatusMiddleware:
    """Tells whoever publishes, whichever way the admin has for it, that the site is being watched.

    It stands before `AdminChangeMiddleware`, in whose transaction a publication is made, and so
    speaks after the commit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        with collect_published() as published:
            response = self.get_response(request)
        if published.page_ids and response.status_code < HTTPStatus.BAD_REQUEST:
            _announce(request, published)
        return response


def _announce(request: HttpRequest, published: Published) -> None:
    try:
        publication = start_watching_or_none(published)
    except Exception:
        # What was published is committed: that it cannot be watched takes nothing from it.
        logger.exception("A publication cannot be watched")
        return
    if publication is not None:
        messages.info(request, build_message(publication), extra_tags=TAG)


def build_message(publication: Publication) -> str:
    """The message as HTML; without the script it says where to look."""
    return render_to_string("live/status.html", {"publication": publication})
