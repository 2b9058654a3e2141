"""What the conditions app adds to the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.conditions.attention import find_tasks
from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.conditions.snippets import SharedListsGroup

register_snippet(SharedListsGroup)


class StartPanel(Component):
    """The first screen: how to begin, and the pages that need attention."""

    name = "start"
    template_name = "conditions/start_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"tasks": find_tasks(), "index": ConditionIndexPage.objects.first()}


@hooks.register("construct_homepage_panels")
def add_start_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Open the admin with what there is to do."""
    panels.append(StartPanel())


@hooks.register("before_edit_page")
def mark_autosave(request: HttpRequest, page: Page) -> None:
    """Tell the form whether the editor's own timer saves, which asks for JSON."""
    if isinstance(page, ConditionPage):
        page.is_autosaved = not request.accepts("text/html")
