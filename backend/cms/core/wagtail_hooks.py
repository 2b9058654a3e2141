"""What the admin shows on top of Wagtail's own."""

from typing import Any, Final

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.core.scheduled_pages import REFUSED_ACTION

UNNEEDED_MENUS: Final = frozenset({"documents", "help"})


@hooks.register("register_log_actions")
def register_refusals(actions: LogActionRegistry) -> None:
    """Show in a page's history that it did not go live on its day, and why."""

    @actions.register_action(REFUSED_ACTION)
    class RefusedFormatter(LogFormatter):
        label = "Not published on schedule"

        def format_message(self, log_entry: Any) -> str:
            return "Not published on schedule: " + " ".join(log_entry.data["reasons"])


@hooks.register("insert_global_admin_css")
def link_admin_css() -> str:
    """The admin's own look."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))


@hooks.register("construct_main_menu")
def hide_unneeded_menus(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what this site has no use for: documents, and help that is about Wagtail itself."""
    menu_items[:] = [item for item in menu_items if item.name not in UNNEEDED_MENUS]


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_document_count(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Leave out the number of documents, which is always none."""
    items[:] = [item for item in items if not isinstance(item, DocumentsSummaryItem)]
