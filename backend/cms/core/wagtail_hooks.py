"""What the admin shows on top of Wagtail's own."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.core.scheduled_pages import REFUSED_ACTION


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
