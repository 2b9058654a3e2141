"""Wagtail's user bar for drafts on the site: its checks run there and report into the editor.

The site has another address than the CMS, so everything in the bar is addressed in full, and the
two windows of the content checker are told to believe each other.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem, Userbar

from cms.core.base_page import BasePage
from cms.previews.snapshots import Draft

# Wagtail's own rules, and two more that our pages can break: a picture without a description, and
# a link that says nothing.
_MORE_RULES = ("image-alt",)


class SiteCheckerItem(ContentCheckerItem):
    """The content checker, across the addresses of the CMS and the site."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *_MORE_RULES]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": "A picture has no description",
            "help_text": "Describe it in “Alt text”, or mark it as decorative",
        },
        # Readers' search engines are told the summary where nothing else is given.
        "empty-meta-description": {
            "error_name": "There is no summary",
            "help_text": "Fill in “Summary” on the first tab",
        },
    }

    def get_axe_spec(self, request: HttpRequest) -> dict[str, Any]:
        """Wagtail's rules, and whose messages the checker believes."""
        origins = ["<same_origin>", _get_origin(settings.CMS_URL), _get_origin(settings.SITE_URL)]
        return {**super().get_axe_spec(request), "allowedOrigins": origins}


class SiteUserbar(Userbar):
    """The user bar, which starts once the draft is painted."""

    template_name = "previews/user_bar.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """With the address that the bar's messages are for."""
        context = super().get_context_data(parent_context)
        return {**context, "editor_origin": _get_origin(settings.CMS_URL)}


@hooks.register("construct_wagtail_userbar")
def use_site_checker(request: HttpRequest, items: list[Any], page: object) -> None:
    """Put our checker in the place of Wagtail's, in the bar and in the editor alike."""
    items[:] = [
        SiteCheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


def render_userbar(draft: Draft, user: Any, *, in_preview_panel: bool) -> SafeString:
    """The HTML of the user bar for `user`, who made the draft and may not be logged in here."""
    request = _build_request(user, in_preview_panel=in_preview_panel)
    page = draft if isinstance(draft, BasePage) else None
    html: SafeString = SiteUserbar(object=page).render_html({"request": request})
    return html


def _build_request(user: Any, *, in_preview_panel: bool) -> HttpRequest:
    address = urlsplit(settings.CMS_URL)
    is_secure = address.scheme == "https"
    request: Any = HttpRequest()
    request.META = {
        "SERVER_NAME": address.hostname,
        "SERVER_PORT": str(address.port or (443 if is_secure else 80)),
        "HTTP_HOST": address.netloc,
    }
    request._get_scheme = lambda: address.scheme
    request.user = user
    request.in_preview_panel = in_preview_panel
    # Wagtail leaves "Edit this page" out of what the editor has beside the editor already.
    request.is_preview = request.is_editing = True
    checked: HttpRequest = request
    return checked


def _get_origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
