"""The script of the editor's message, and the list of sites among the reports."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.live import urls
from cms.live.views import ICON, TITLE


@hooks.register("register_admin_urls")
def register_live_urls() -> list[URLResolver]:
    """The addresses of what is live."""
    return [path("live/", include(urls))]


@hooks.register("register_reports_menu_item")
def register_sites() -> MenuItem:
    """The sites that report, below what readers searched for."""
    return MenuItem(TITLE, reverse("live:sites"), name="live-sites", icon_name=ICON, order=60)


@hooks.register("insert_global_admin_js")
def link_status_script() -> str:
    """A publication may lead back to any screen."""
    return format_html('<script type="module" src="{}"></script>', static("live/status.js"))
