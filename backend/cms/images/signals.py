"""When the worker is asked for renditions: on an upload, and on publishing a page with pictures."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published

from cms.contract.fields import collect_references
from cms.contract.references import Wanted
from cms.images.models import SiteImage
from cms.images.tasks import enqueue_missing_renditions


def connect() -> None:
    """Connect the handlers, at start-up."""
    post_save.connect(on_image_saved, sender=SiteImage, dispatch_uid="images.on_image_saved")
    page_published.connect(on_page_published, dispatch_uid="images.on_page_published")


def on_image_saved(
    instance: SiteImage,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """A picture was saved, with its file unless `update_fields` says otherwise."""
    if not raw and (update_fields is None or "file" in update_fields):
        enqueue_missing_renditions([instance])


def on_page_published(instance: Page, **kwargs: Any) -> None:
    """A page was published; pictures that were uploaded before it may lack a rendition."""
    wanted = Wanted()
    collect_references(instance, wanted)
    image_ids = wanted.get("image")
    if image_ids:
        enqueue_missing_renditions(list(SiteImage.objects.filter(pk__in=image_ids)))
