"""The screens of shared drafts in the admin."""

import uuid
from typing import Any, Final

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import GenericPageBreadcrumbsMixin
from wagtail.models import Page

from cms.core.base_page import BasePage
from cms.core.public_pages import get_public_pages
from cms.previews import sharing
from cms.previews.links import build_preview_url
from cms.previews.models import DraftSnapshot, SnapshotKind

ICON: Final = "link"


class ShareForm(forms.Form):
    """How long a link is to work, and for whom it is."""

    lifetime = forms.ChoiceField(
        label="How long should the link work?",
        choices=[(name, name) for name in sharing.LIFETIMES],
        initial=sharing.DEFAULT_LIFETIME,
    )
    note = forms.CharField(
        label="Who is it for? (You may leave this empty.)",
        help_text="A name, so that you know your links apart. Only editors see it.",
        max_length=DraftSnapshot._meta.get_field("note").max_length,
        required=False,
    )


class StateFilterSet(WagtailFilterSet):
    """Which links to list."""

    state = django_filters.ChoiceFilter(
        label="State",
        method="filter_state",
        choices=sharing.LinkState.choices,
        empty_label="All",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = DraftSnapshot
        fields = ["state"]

    def filter_state(
        self, links: QuerySet[DraftSnapshot], name: str, value: str
    ) -> QuerySet[DraftSnapshot]:
        """Those that are in the chosen state now."""
        return links.filter(sharing.build_state_query(sharing.LinkState(value)))


class LinkPaginator(WagtailPaginator):
    """Calls what it counts links."""

    verbose_name = "link"
    verbose_name_plural = "links"


class SharedListing(BaseListingView):
    """A list of links, with what can be done with each."""

    results_template_name = "previews/shared_results.html"
    header_icon = ICON
    paginate_by = 20
    paginator_class = LinkPaginator
    names_pages = True
    """Whether each link is listed with the title of its page."""
    first_column = "Draft"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["links"] = [_describe(snapshot) for snapshot in context["object_list"]]
        return context


class SharedDraftsView(SharedListing):
    """The links to drafts of every page that the user may edit or publish."""

    page_title = "Shared drafts"
    template_name = "previews/shared.html"
    verbose_name_plural = "shared drafts"
    index_url_name = "previews:shared"
    index_results_url_name = "previews:shared_results"
    is_searchable = True
    search_fields = ["title", "page__title", "note"]
    filterset_class = StateFilterSet

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail's refusal for whoever may edit nothing."""
        if not sharing.may_see_list(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[DraftSnapshot]:
        return sharing.get_shared_drafts(self.request.user)


class SharePageView(GenericPageBreadcrumbsMixin, SharedListing):
    """Makes a link to the draft of one page, and lists those there are."""

    page_title = "Share draft"
    template_name = "previews/share.html"
    names_pages = False
    first_column = "For"
    no_results_message = "There are no links to drafts of this page."

    def setup(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Page, pk=page_id).specific
        if not isinstance(self.object, BasePage):
            raise Http404
        self.form = ShareForm()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail's refusal for whoever may neither edit nor publish the page."""
        if not sharing.may_share(self.object, request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a link, and show it."""
        self.form = ShareForm(request.POST)
        if not self.form.is_valid():
            response: HttpResponse = self.get(request, *args, **kwargs)
            return response
        lifetime = sharing.LIFETIMES[self.form.cleaned_data["lifetime"]]
        note = self.form.cleaned_data["note"]
        draft = self.object.get_latest_revision_as_object()
        snapshot = sharing.share_draft(draft, request.user, lifetime, note)
        return redirect(f"{self.index_url}?new={snapshot.pk.hex}")

    def get_base_queryset(self) -> QuerySet[DraftSnapshot]:
        return sharing.get_shared_drafts_of(self.object)

    def get_index_url(self) -> str:
        return reverse("previews:share", args=[self.object.pk])

    def get_page_subtitle(self) -> str:
        return str(self.object.get_admin_display_title())

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        public = get_public_pages().filter(pk=self.object.pk)
        return {
            **super().get_context_data(*args, **kwargs),
            "page": self.object,
            "form": self.form,
            "new_link": self._build_new_link_or_none(),
            "revision": self.object.get_latest_revision(),
            "can_edit": self.object.permissions_for_user(self.request.user).can_edit(),
            "is_public": self.object.live and public.exists(),
        }

    def _build_new_link_or_none(self) -> dict[str, Any] | None:
        """The link that was made right before, as the address of this screen says."""
        try:
            key = uuid.UUID(self.request.GET.get("new", ""))
        except ValueError:
            return None
        snapshot = self.get_base_queryset().filter(pk=key).first()
        return None if snapshot is None or not snapshot.is_open else _describe(snapshot)


class RevokeView(WagtailAdminTemplateMixin, TemplateView):
    """Asks whether a link is to end, and ends it."""

    page_title = "Withdraw link"
    template_name = "previews/revoke.html"
    header_icon = ICON

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Wagtail's refusal for whoever may not see the link."""
        shared = DraftSnapshot.objects.filter(kind=SnapshotKind.SHARED)
        self.snapshot = get_object_or_404(shared, pk=kwargs["pk"])
        self.shared_page = get_object_or_404(Page, pk=self.snapshot.page_id).specific
        if not sharing.may_share(self.shared_page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the link."""
        if sharing.revoke(self.snapshot, request.user):
            messages.success(request, "The link was withdrawn. It shows the draft to nobody now.")
        else:
            messages.info(request, "The link had ended already.")
        return redirect(self.get_next_url())

    def get_page_subtitle(self) -> str:
        return str(self.snapshot)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("previews:shared"), "label": "Shared drafts"},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_next_url(self) -> str:
        """Where the question was asked; else the screen of the page."""
        asked_at = get_valid_next_url_from_request(self.request)
        return asked_at or reverse("previews:share", args=[self.shared_page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "snapshot": self.snapshot, "next_url": self.get_next_url()}


def _describe(snapshot: DraftSnapshot) -> dict[str, Any]:
    """What the screens say of a link; it has an `address` for as long as it opens anything."""
    state = sharing.get_state(snapshot)
    is_open = state == sharing.LinkState.OPEN
    return {
        "snapshot": snapshot,
        "name": f"“{snapshot}” for {snapshot.note}" if snapshot.note else f"“{snapshot}”",
        "state": state,
        "is_open": is_open,
        "address": build_preview_url(snapshot) if is_open else "",
    }
