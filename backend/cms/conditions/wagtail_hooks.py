"""What the conditions app adds to the admin."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from cms.conditions import search_report_hooks  # noqa: F401  # its own hooks
from cms.conditions.attention import find_tasks
from cms.conditions.models import ConditionIndexPage, Person
from cms.conditions.people_in_use import find_pages_naming
from cms.conditions.search_report import describe_missed, may_see_searches
from cms.conditions.snippets import SharedListsGroup

REVIEW_FIELD: Final = "whole_page_reviewed"

register_snippet(SharedListsGroup)


class StartPanel(Component):
    """The first screen: how to begin, and the pages that need attention."""

    name = "start"
    template_name = "conditions/start_panel.html"
    order = 50

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "tasks": find_tasks(),
            "index": ConditionIndexPage.objects.first(),
            "missed": describe_missed() if may_see_searches(self.user) else "",
        }


@hooks.register("construct_homepage_panels")
def add_start_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Open the admin with what there is to do."""
    panels.append(StartPanel(request.user))


@hooks.register("before_create_page")
@hooks.register("before_edit_page")
def untick_review_in_autosave(request: HttpRequest, *args: Any) -> None:
    """Leave the tick out of what the editor's own timer saves, which asks for JSON.

    Autosave must not write what a second thought, seconds later, takes back.
    """
    if not request.accepts("text/html") and REVIEW_FIELD in request.POST:
        data = request.POST.copy()
        del data[REVIEW_FIELD]
        request.POST = data  # type: ignore[assignment]


@hooks.register("before_delete_snippet")
def keep_people_in_use(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Say which pages name the people that were to be deleted, and delete none of them."""
    uses = {person: find_pages_naming(person) for person in instances if isinstance(person, Person)}
    refused = {person: pages for person, pages in uses.items() if pages}
    for person, pages in refused.items():
        context = {"person": person, "pages": pages}
        messages.error(request, render_to_string("conditions/person_in_use.html", context))
    return redirect("wagtailsnippets_conditions_person:list") if refused else None
