"""What the conditions app adds to the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from cms.conditions.attention import find_tasks
from cms.conditions.models import ConditionIndexPage
from cms.conditions.snippets import PeopleAndTopicsGroup

register_snippet(PeopleAndTopicsGroup)


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
