"""Wagtail's command, which a page that cannot be published neither stops nor passes."""

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from cms.core.scheduled_pages import publish_due


class Command(WagtailCommand):
    """Publish what is due and unpublish what has expired. A dry run changes nothing."""

    help = "Publishes what is due and unpublishes what has expired; reports what may not go live."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            for revision, reasons in publish_due():
                title, page_id = revision.object_str, revision.object_id
                self.stderr.write(f"Not published: {title} ({page_id}): {' '.join(reasons)}")
        super().handle(*args, **options)
