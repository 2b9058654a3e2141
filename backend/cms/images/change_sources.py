"""What changes about pictures for readers: their words, their files, whether they are public."""

from collections.abc import Collection as Fields
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction

from cms.changes.recording import ALL, record_change
from cms.images.models import SiteImage, SiteRendition
from cms.images.specs import ALL_SPECS

_MOST_IMAGES: Final = 1000


def connect() -> None:
    """Listen to the changes; called once, at start."""
    for signal in (post_save, post_delete):
        signal.connect(_image_changed, sender=SiteImage, dispatch_uid="changes_image")
        signal.connect(_rendition_changed, sender=SiteRendition, dispatch_uid="changes_rendition")
    post_save.connect(_collection_changed, sender=Collection, dispatch_uid="changes_collection")
    post_save.connect(
        _privacy_changed, sender=CollectionViewRestriction, dispatch_uid="changes_images_private"
    )
    post_delete.connect(
        _privacy_removed, sender=CollectionViewRestriction, dispatch_uid="changes_images_public"
    )


def record_images(image_ids: Sequence[int]) -> None:
    """Say that some pictures changed, or are shown where they were not, or no more."""
    if len(image_ids) > _MOST_IMAGES:
        record_change(ALL)
    else:
        record_change(*(f"image:{image_id}" for image_id in image_ids))


def _image_changed(
    instance: SiteImage,
    created: bool = False,
    raw: bool = False,
    update_fields: Fields[str] | None = None,
    **_: Any,
) -> None:
    # Nothing shows a picture that has only just been uploaded.
    if not created and not raw:
        record_change(f"image:{instance.pk}")


def _rendition_changed(instance: SiteRendition, raw: bool = False, **_: Any) -> None:
    # Others are the admin's own.
    if not raw and instance.filter_spec in ALL_SPECS:
        record_change(f"image:{instance.image_id}")


def _collection_changed(
    instance: Collection, created: bool = False, raw: bool = False, **_: Any
) -> None:
    # It may have come into a private one, or out of it.
    if not created and not raw:
        _record_collection(instance)


def _privacy_changed(instance: CollectionViewRestriction, raw: bool = False, **_: Any) -> None:
    if not raw:
        _record_collection(instance.collection)


def _privacy_removed(instance: CollectionViewRestriction, origin: object, **_: Any) -> None:
    # A private collection that is deleted is empty, and takes its restriction with it.
    removed_model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(removed_model, CollectionViewRestriction):
        _record_collection(instance.collection)


def _record_collection(collection: Collection) -> None:
    inside = SiteImage.objects.filter(collection__path__startswith=collection.path)
    record_images(list(inside.values_list("pk", flat=True)[: _MOST_IMAGES + 1]))
