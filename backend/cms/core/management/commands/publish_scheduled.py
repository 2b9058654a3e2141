"""Wagtail's command, which a page that may not be published neither stops nor passes."""

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from cms.core.scheduled_pages import hold_back_refused


class Command(WagtailCommand):
    """Publish what is due and unpublish what has expired. A dry run changes nothing."""

    help = "Publishes what is due and unpublishes what has expired; reports what may not go live."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            for page, reasons in hold_back_refused():
                self.stderr.write(f"Not published: {page} ({page.pk}): {' '.join(reasons)}")
        super().handle(*args, **options)
