"""What the admin says about pages that appear and disappear by themselves."""

from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.scheduling.heartbeat import Heartbeat, fetch_heartbeat
from cms.scheduling.scheduled_pages import REFUSED_ACTION

WARNING_TEMPLATE: Final = "scheduling/warning.html"


class LastRunItem(SummaryItem):
    """When the scheduler last ran, beside the number of pages."""

    name = "scheduler-last-run"
    template_name = "scheduling/last_run.html"
    order = 400

    def is_shown(self) -> bool:
        return _may_publish(self.request)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"heartbeat": fetch_heartbeat()}


class WarningPanel(Component):
    """Above everything else: pages do not appear and disappear at their time."""

    name = "scheduler-warning"
    template_name = "scheduling/warning_panel.html"
    order = 10

    def __init__(self, heartbeat: Heartbeat) -> None:
        self.heartbeat = heartbeat

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"heartbeat": self.heartbeat}


@hooks.register("construct_homepage_summary_items")
def add_last_run(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Tell those who may publish that the scheduler is alive."""
    items.append(LastRunItem(request))


@hooks.register("construct_homepage_panels")
def add_warning(request: HttpRequest, panels: list[Component]) -> None:
    """Tell those who may publish when it is not."""
    if _may_publish(request) and not (heartbeat := fetch_heartbeat()).is_healthy:
        panels.append(WarningPanel(heartbeat))


@hooks.register("before_edit_page")
def warn_in_editor(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens a page with a time ahead that nothing will happen then."""
    if request.method == "GET":
        _warn_about(request, page)


@hooks.register("after_publish_page")
def warn_after_scheduling(request: HttpRequest, page: Page) -> None:
    """Tell whoever gave a page a time just now that nothing will happen then."""
    _warn_about(request, page)


@hooks.register("register_log_actions")
def register_refusals(actions: LogActionRegistry) -> None:
    """Show in a page's history that it did not go live on its day, and why."""

    @actions.register_action(REFUSED_ACTION)
    class RefusedFormatter(LogFormatter):
        label = "Not published on schedule"

        def format_message(self, log_entry: Any) -> str:
            return "Not published on schedule: " + " ".join(log_entry.data["reasons"])


def _warn_about(request: HttpRequest, page: Page) -> None:
    if not _has_time_ahead(page):
        return
    heartbeat = fetch_heartbeat()
    if not heartbeat.is_healthy:
        messages.warning(request, render_to_string(WARNING_TEMPLATE, {"heartbeat": heartbeat}))


def _has_time_ahead(page: Page) -> bool:
    """Whether `page` is to appear or disappear; late is ahead too, for it has not happened yet."""
    now = timezone.now()
    is_to_appear = page.go_live_at is not None and page.go_live_at > now
    is_to_disappear = page.expire_at is not None and (page.live or page.expire_at > now)
    return bool(is_to_appear or is_to_disappear or page.approved_schedule)


def _may_publish(request: HttpRequest) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_permission(request.user, "publish"))
