"""Background work on pictures, and what asks for it."""

import logging
from collections.abc import Collection

from django_tasks import task

from cms.images.errors import UnreadablePictureError
from cms.images.models import SiteImage
from cms.images.renditions import fetch_missing_specs, make_missing_renditions

logger = logging.getLogger(__name__)


@task(backend="background")
def make_image_renditions(image_id: int) -> int:
    """Make the renditions that the image lacks; how many that was."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image is None:
        logger.info("Image %s was deleted before its renditions were made", image_id)
        return 0
    try:
        return make_missing_renditions(image)
    except UnreadablePictureError as error:
        logger.warning("No rendition could be made. Upload the picture again. %s", error)
        return 0


def enqueue_missing_renditions(images: Collection[SiteImage]) -> None:
    """Ask the worker for the renditions that any of `images` lacks."""
    for image_id in fetch_missing_specs(images):
        make_image_renditions.enqueue(image_id)
