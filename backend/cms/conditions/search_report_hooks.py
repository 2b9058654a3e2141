"""The ways to what readers searched for, and what a page's history says of names from there."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.conditions import search_report_urls
from cms.conditions.search_report import may_see_searches
from cms.conditions.search_report_names import ADD_NAME_ACTION
from cms.conditions.search_report_views import ICON, TITLE

# Wagtail's own, of searches that are counted in its tables: here, there are none.
_EMPTY_REPORTS: Final = frozenset({"search-terms"})


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLResolver]:
    """The screens of what readers searched for."""
    return [path("searches/", include(search_report_urls))]


class SearchReportMenuItem(MenuItem):
    """Shown to whoever may do something about searches."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_searches(request.user)


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """The first of the reports."""
    return SearchReportMenuItem(
        TITLE, reverse("search_report:index"), name="searches", icon_name=ICON, order=50
    )


@hooks.register("construct_reports_menu")
def hide_empty_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out a report that would always be empty, beside ours of nearly the same name."""
    menu_items[:] = [item for item in menu_items if item.name not in _EMPTY_REPORTS]


@hooks.register("register_log_actions")
def register_log_messages(actions: LogActionRegistry) -> None:
    """What a page's history says."""

    @actions.register_action(ADD_NAME_ACTION)
    class AddNameFormatter(LogFormatter):
        label = "Add a name that readers searched for"

        def format_message(self, log_entry: Any) -> str:
            return f"Name added that readers searched for: “{log_entry.data['term']}”"
