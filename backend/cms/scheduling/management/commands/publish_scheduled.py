"""Wagtail's command, which a page that fails neither stops nor passes."""

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from cms.scheduling.scheduled_pages import publish_due, unpublish_expired


class Command(WagtailCommand):
    """Publish what is due and unpublish what has expired. A dry run changes nothing."""

    help = "Publishes what is due and unpublishes what has expired; reports what may not go live."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            for revision, reasons in publish_due():
                title, page_id = revision.object_str, revision.object_id
                self.stderr.write(f"Not published: {title} ({page_id}): {' '.join(reasons)}")
            unpublish_expired()
        # What is left failed above; Wagtail meets it once more, and fails aloud.
        super().handle(*args, **options)
