"""What the admin shows on top of Wagtail's own."""

from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem

UNNEEDED_MENUS: Final = frozenset({"documents", "help"})


@hooks.register("insert_global_admin_css")
def link_admin_css() -> str:
    """The admin's own look. Addressed in full: the user bar takes it along to the site."""
    address = urljoin(settings.CMS_URL, static("core/admin.css"))
    return format_html('<link rel="stylesheet" href="{}">', address)


@hooks.register("construct_main_menu")
def hide_unneeded_menus(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what this site has no use for: documents, and help that is about Wagtail itself."""
    menu_items[:] = [item for item in menu_items if item.name not in UNNEEDED_MENUS]


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_document_count(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Leave out the number of documents, which is always none."""
    items[:] = [item for item in items if not isinstance(item, DocumentsSummaryItem)]
