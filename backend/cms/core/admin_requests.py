"""What happens around every change that somebody makes in the admin."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin import messages
from wagtail.models import Page

from cms.core.publishing import PublishRefusedError

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# What somebody types is kept for their own preview twice a second, and readers never see it: no
# lock of the database's is held while the form is read.
_PREVIEWS: Final = frozenset({"preview_on_add", "preview_on_edit"})


class AdminChangeMiddleware:
    """Each change is made whole or not at all; a refused publication tells the editor why.

    It calls the view itself, inside a transaction, so it must be the last middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """The answer to an unsafe admin request; None leaves any other to Django."""
        is_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if request.method in _SAFE_METHODS or not is_admin or _is_preview(request):
            return None
        try:
            return _answer_in_transaction(request, view, args, kwargs)
        except PublishRefusedError as refusal:
            return _explain(request, refusal, kwargs)


def _is_preview(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in _PREVIEWS


def _answer_in_transaction(
    request: HttpRequest,
    view: Callable[..., HttpResponse],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    with transaction.atomic():
        response = view(request, *args, **kwargs)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            transaction.set_rollback(True)
        return response


def _explain(
    request: HttpRequest, refusal: PublishRefusedError, kwargs: dict[str, Any]
) -> HttpResponse:
    editor = _find_editor(refusal.page, kwargs)
    if request.accepts("text/html"):
        reasons = render_to_string("core/publish_refused.html", {"refusal": refusal})
        messages.error(request, reasons)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        # The moderation dialogue follows this step.
        return JsonResponse({"step": "success", "redirect": editor})
    if not request.accepts("text/html"):
        answer = {
            "success": False,
            "error_code": "publish_refused",
            "error_message": " ".join(refusal.messages),
        }
        return JsonResponse(answer, status=HTTPStatus.BAD_REQUEST)
    return redirect(editor)


def _find_editor(page: Page, kwargs: dict[str, Any]) -> str:
    """The editor of the refused page; of the page it was to be a copy of; else the first screen."""
    for page_id in (page.pk, kwargs.get("page_id")):
        if page_id is not None and Page.objects.filter(pk=page_id).exists():
            return reverse("wagtailadmin_pages:edit", args=[page_id])
    return reverse("wagtailadmin_home")
