"""The ways to readers' responses in the admin."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from cms.comments.admin import urls
from cms.comments.admin.list_view import ICON, TITLE
from cms.comments.admin.waiting import count_waiting
from cms.comments.models import Comment
from cms.comments.moderation import PERMISSION, may_moderate
from cms.comments.page import CommentedPage
from cms.comments.privacy import hooks as privacy_hooks  # noqa: F401  # its own hooks

_APP_LABEL, _CODENAME = PERMISSION.split(".")
_MENU_ORDER: Final = 250


@hooks.register("register_admin_urls")
def register_comment_urls() -> list[URLResolver]:
    """The screens on which people decide about responses."""
    return [path("responses/", include(urls))]


@hooks.register("register_permissions")
def register_permission() -> QuerySet[Permission]:
    """Whether a group may moderate is a tick on the group's screen."""
    return Permission.objects.filter(content_type__app_label=_APP_LABEL, codename=_CODENAME)


class CommentsMenuItem(MenuItem):
    """Says how many responses wait, to whoever may decide about them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if waiting := count_waiting():
            component.label = f"{self.label} ({waiting:,})"
        return component


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Between the pages and the pictures."""
    return CommentsMenuItem(
        TITLE, reverse("comments:index"), name="responses", icon_name=ICON, order=_MENU_ORDER
    )


class WaitingPanel(Component):
    """The first screen: how many responses wait."""

    name = "comments-waiting"
    template_name = "comments/admin/waiting_panel.html"
    order = 40

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"waiting": self.waiting}


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Tell whoever may decide about responses that some wait."""
    if may_moderate(request.user) and (waiting := count_waiting()):
        panels.append(WaitingPanel(waiting))


class PageCommentsButton(PageMenuItem):
    """Leads to the responses of a page."""

    label = TITLE
    icon_name = ICON

    @property
    def url(self) -> str:
        """The list, narrowed to the page."""
        return f"{reverse('comments:index')}?status=any&page={self.page.pk}"

    def is_shown(self, user: Any) -> bool:
        return issubclass(self.page.specific_class or Page, CommentedPage) and may_moderate(user)


@hooks.register("register_page_header_buttons")
def add_header_button(page: Page, **kwargs: Any) -> Iterator[PageMenuItem]:
    """In the menu of the editor's and the explorer's header, after "Share draft"."""
    yield PageCommentsButton(page=page, priority=17)


class CommentURLFinder(ModelAdminURLFinder):
    """Where the admin's reports lead from a response that they name."""

    def get_edit_url(self, instance: Comment) -> str | None:
        """Its screen, for whoever may see it."""
        if self.user is not None and not may_moderate(self.user):
            return None
        return reverse("comments:detail", args=[instance.pk])


register_admin_url_finder(Comment, CommentURLFinder)
