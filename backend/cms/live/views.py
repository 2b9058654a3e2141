"""Where a publication stands, for the script; and the sites that report, for people."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.changes.reports import fetch_reports
from cms.live.models import Publication
from cms.live.sites import fetch_site_states
from cms.live.verdicts import build_verdict

TITLE = "Public site"
ICON = "globe"


class PublicationView(View):
    """The verdict on a publication, to whoever may edit or publish its page."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, publication_id: int) -> JsonResponse:
        """The verdict as JSON; a publication of a page of others is unknown."""
        publication = Publication.objects.select_related("page").filter(pk=publication_id).first()
        if publication is None or not _may_see(publication, request.user):
            return _refuse("Nothing was published under this number, or not by you.")
        verdict = build_verdict(publication, fetch_reports(), timezone.now())
        return JsonResponse(asdict(verdict))


class SitesView(WagtailAdminTemplateMixin, TemplateView):
    """The sites that report, among the reports."""

    template_name = "live/sites.html"
    page_title = TITLE
    header_icon = ICON
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = fetch_site_states()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "states": states,
            "has_key": bool(settings.SITE_KEY),
            "site_url": settings.SITE_URL,
        }


def _may_see(publication: Publication, user: Any) -> bool:
    permissions = publication.page.permissions_for_user(user)
    return bool(permissions.can_publish() or permissions.can_edit())


def _refuse(message: str) -> JsonResponse:
    body = {"code": "unknown_publication", "message": message}
    return JsonResponse(body, status=HTTPStatus.NOT_FOUND)
