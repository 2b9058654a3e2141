"""The ways to shared drafts in the admin, and what a page's history says of them."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.dateparse import parse_datetime
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.utils.timestamps import render_timestamp

from cms.core.base_page import BasePage
from cms.previews import editor_hooks, share_urls  # noqa: F401  # the former's own hooks
from cms.previews.share_views import ICON
from cms.previews.sharing import REVOKE_ACTION, SHARE_ACTION, may_see_list, may_share

SAVE_AND_SHARE: Final = "action-save-and-share"


@hooks.register("register_admin_urls")
def register_share_urls() -> list[URLResolver]:
    """The screens of shared drafts."""
    return [path("previews/", include(share_urls))]


class SharedDraftsMenuItem(MenuItem):
    """Shown to whoever may have links to look after."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_list(request.user)


@hooks.register("register_reports_menu_item")
def register_shared_drafts() -> MenuItem:
    """The list of all links, among the reports."""
    return SharedDraftsMenuItem(
        "Shared drafts", reverse("previews:shared"), name="shared-drafts", icon_name=ICON, order=650
    )


class ShareDraftButton(PageMenuItem):
    """Leads to the screen on which a page's draft is shared."""

    label = "Share draft"
    icon_name = ICON
    url_name = "previews:share"

    def is_shown(self, user: Any) -> bool:
        return may_share(self.page, user)


@hooks.register("register_page_header_buttons")
def add_header_button(page: Page, **kwargs: Any) -> Iterator[PageMenuItem]:
    """In the menu of the editor's and the explorer's header, after "Add child page"."""
    yield ShareDraftButton(page=page, priority=16)


@hooks.register("register_page_listing_more_buttons")
def add_listing_button(page: Page, **kwargs: Any) -> Iterator[PageMenuItem]:
    """In the menu of a page in a listing, after "View draft"."""
    yield ShareDraftButton(page=page, priority=5)


class SaveAndShareMenuItem(ActionMenuItem):
    """Saves what is typed as a draft, and goes on to share it."""

    name = SAVE_AND_SHARE
    label = "Save and share draft"
    icon_name = ICON

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Wherever what is typed can be saved, but not over a newer version."""
        if context["view"] == "create":
            return _creates_page_of_ours(context["request"])
        is_editor = context["view"] == "edit" and not context["locked_for_user"]
        return is_editor and may_share(context["page"], context["request"].user)


@hooks.register("register_page_action_menu_item")
def add_save_and_share() -> ActionMenuItem:
    """Below "Save draft", at the foot of the editor."""
    return SaveAndShareMenuItem(order=10)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def go_on_to_share(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead to the screen on which the draft is shared, once it is saved."""
    if SAVE_AND_SHARE not in request.POST or not may_share(page, request.user):
        return None
    return redirect("previews:share", page.pk)


@hooks.register("register_log_actions")
def register_log_messages(actions: LogActionRegistry) -> None:
    """What a page's history says. It names whom a link is for, never the link."""

    @actions.register_action(SHARE_ACTION)
    class ShareFormatter(LogFormatter):
        label = "Share draft"

        def format_message(self, log_entry: Any) -> str:
            expires_at = parse_datetime(log_entry.data["expires_at"])
            return f"Draft shared{_name_reader(log_entry)}, until {render_timestamp(expires_at)}"

    @actions.register_action(REVOKE_ACTION)
    class RevokeFormatter(LogFormatter):
        label = "Withdraw link to a draft"

        def format_message(self, log_entry: Any) -> str:
            return f"Link to a draft withdrawn{_name_reader(log_entry)}"


def _name_reader(log_entry: Any) -> str:
    note = log_entry.data["note"]
    return f" (for {note})" if note else ""


def _creates_page_of_ours(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    app_label, name = (
        match.kwargs[key] for key in ("content_type_app_name", "content_type_model_name")
    )
    model = ContentType.objects.get_by_natural_key(app_label, name).model_class()
    return model is not None and issubclass(model, BasePage)
