"""`manage.py make_renditions`: every rendition that is missing, for a first load or a repair."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.images.errors import UnreadablePictureError
from cms.images.models import SiteImage
from cms.images.renditions import delete_lost_renditions, make_missing_renditions


class Command(BaseCommand):
    """Make the missing renditions of every picture, here and now."""

    help = "Make every missing rendition (size and format) of every picture."

    def handle(self, *args: Any, **options: Any) -> None:
        made = 0
        for image in SiteImage.objects.order_by("pk").iterator():
            delete_lost_renditions(image)
            try:
                made += make_missing_renditions(image)
            except UnreadablePictureError as error:
                self.stderr.write(f"“{image.title}” cannot be read. Upload it again. {error}")
        self.stdout.write(f"{made} renditions made.")
