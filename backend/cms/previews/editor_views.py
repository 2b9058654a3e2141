"""The addresses behind the editor's preview panel, in place of Wagtail's own.

Wagtail keeps the form, and builds the page from it again for the panel. Here the page is built
once and kept as a snapshot, and the panel goes straight to the site: no redirect, no cookie.
"""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.contrib.settings.views import PreviewOnEdit as PreviewSettingsOnEdit
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.models import Page

from cms.core.base_page import BasePage
from cms.previews.links import build_preview_url
from cms.previews.opening import get_typed, keep_typed, keep_version
from cms.previews.snapshots import Draft
from cms.previews.typed_forms import build_draft

logger = logging.getLogger(__name__)


class OnSiteMixin(PreviewOnEdit):
    """Keeps what is typed, and says where the site shows it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail's own answer for a page of a kind that the site does not know."""
        if not isinstance(self.object, Draft):
            return HttpResponse("The site shows no pages of this kind.", status=404)
        self.key = {"parent_object_id": str(self.parent_object_id)}
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Keep what is typed. It is never refused: a draft may be as unfinished as it is."""
        try:
            draft = self.build_draft()
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as error:
            # Parts of the form are missing, or are not of its making: no browser sends that.
            logger.warning("A form could not be read for a preview", exc_info=error)
            return JsonResponse({"is_valid": False, "is_available": False}, status=400)
        snapshot = keep_typed(draft, request.user, **self.key)
        answer = {"is_valid": True, "is_available": True, "render_url": build_preview_url(snapshot)}
        return JsonResponse(answer)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the draft on the site: as it was typed last, else as it was saved last."""
        snapshot = get_typed(self.object, request.user, **self.key).first()
        if snapshot is None or not snapshot.is_open:
            snapshot = keep_version(self.object, request.user, **self.key)
        return HttpResponseRedirect(build_preview_url(snapshot))

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Forget what was typed."""
        get_typed(self.object, request.user, **self.key).delete()
        return JsonResponse({"success": True})

    def build_draft(self) -> Draft:
        """What is typed, as the object that it describes."""
        return build_draft(self.get_form(self.request.POST))


class PagePreviewMixin(OnSiteMixin):
    """Leaves empty what Wagtail's own preview would fill in with a made-up title and slug."""

    def build_draft(self) -> Draft:
        """What is typed, and no more."""
        draft = super().build_draft()
        if isinstance(draft, BasePage):
            draft.title = draft.title if self.request.POST.get("title", "").strip() else ""
            draft.slug = draft.slug if self.request.POST.get("slug", "").strip() else ""
        return draft


class PreviewPageOnEditView(PagePreviewMixin, PreviewOnEditView):
    """The draft of a page that is saved already."""


class PreviewPageOnCreateView(PagePreviewMixin, PreviewOnCreateView):
    """The draft of a page that was never saved."""


class PreviewSettingsView(OnSiteMixin, PreviewSettingsOnEdit):
    """The draft of the branding."""

    def get_form_class(self) -> Any:
        """The form of the settings' own screen, with its panels."""
        return get_setting_edit_handler(self.model).get_form_class()


class SitePageViewSet(PageViewSet):
    """Wagtail's views of every page, with previews on the site."""

    model = Page
    preview_on_add_view_class = PreviewPageOnCreateView
    preview_on_edit_view_class = PreviewPageOnEditView
