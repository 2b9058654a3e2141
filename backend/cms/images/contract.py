"""Pictures on the wire."""

import logging
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
)
from django.db.models.fields.files import FieldFile
from wagtail.models import CollectionViewRestriction

from cms.contract.references import WireObject, register_loader
from cms.contract.schemas import Schema, build_object, nullable, ref, register_schema
from cms.images.models import SiteImage, SiteRendition
from cms.images.renditions import is_lost
from cms.images.specs import ALL_SPECS, RenditionSpec, build_specs, get_original_mime_type

logger = logging.getLogger(__name__)

_IMAGE_SOURCE: Schema = build_object(
    {
        "mime_type": {"type": "string", "description": "Such as `image/avif`."},
        "width": {"type": "integer", "minimum": 1, "description": "Pixels."},
        "height": {"type": "integer", "minimum": 1, "description": "Pixels."},
        "url": {"type": "string", "format": "uri"},
    },
    "One file of a picture.",
)
_IMAGE: Schema = build_object(
    {
        "id": {"type": "integer"},
        "alt": {
            "type": "string",
            "description": "What the picture shows; empty where it is only decorative.",
        },
        "width": {"type": "integer", "minimum": 1, "description": "Of the original, in pixels."},
        "height": {"type": "integer", "minimum": 1, "description": "Of the original, in pixels."},
        "sources": {
            "type": "array",
            "minItems": 1,
            "items": ref("ImageSource"),
            "description": (
                "AVIF, then WebP, then the format that every browser knows, each from narrow to "
                "wide. Right after an upload only the original is there."
            ),
        },
    },
    "A picture.",
)
_DRAFT_IMAGE: Schema = build_object(
    {
        **_IMAGE["properties"],
        "alt": {
            **nullable({"type": "string"}),
            "description": (
                "What the picture shows; empty where it is only decorative, null where neither "
                "has been said yet."
            ),
        },
    },
    "A picture in a draft.",
)


def register() -> None:
    """Register the schemas and the loader, at start-up."""
    register_schema("ImageSource", _IMAGE_SOURCE)
    register_schema("Image", _IMAGE, example=_build_example())
    register_schema("DraftImage", _DRAFT_IMAGE)
    register_loader("image", fetch_images, schema_name="Image")


def fetch_images(image_ids: frozenset[int]) -> dict[int, WireObject]:
    """The pictures that readers may see, by id; two queries, no file is opened.

    A picture that was deleted, is in a private collection or has no file left is absent.
    """
    stored = SiteRendition.objects.filter(filter_spec__in=ALL_SPECS)
    images = (
        SiteImage.objects.filter(pk__in=image_ids)
        .exclude(Exists(_restrictions()))
        .prefetch_related(Prefetch("renditions", stored, to_attr="prefetched_renditions"))
    )
    found: dict[int, WireObject] = {}
    for image in images:
        sources = _build_sources(image)
        if sources:
            found[image.pk] = _build_image(image, sources)
    for image_id in sorted(image_ids - found.keys()):
        logger.warning("Image %s is left out: it is deleted, private or without a file", image_id)
    return found


def _restrictions() -> QuerySet[Any]:
    # A restriction covers the collections below its own, whose paths start with its path.
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    restrictions: QuerySet[Any] = CollectionViewRestriction.objects.alias(image_path=path)
    return restrictions.filter(image_path__startswith=F("collection__path"))


def _build_image(image: SiteImage, sources: list[WireObject]) -> WireObject:
    return {
        "id": image.pk,
        "alt": image.default_alt_text,
        "width": image.width,
        "height": image.height,
        "sources": sources,
    }


def _build_sources(image: SiteImage) -> list[WireObject]:
    file_name = image.file.name or ""
    renditions = {
        rendition.filter_spec: rendition
        for rendition in image.prefetched_renditions
        if not is_lost(rendition.file)
    }
    specs = build_specs(image.width, file_name)
    sources = [
        _build_source(spec.mime_type, rendition.width, rendition.height, rendition.file)
        for spec in specs
        if (rendition := renditions.get(spec.filter_spec)) is not None
    ]
    has_fallback = any(source["mime_type"] == specs[-1].mime_type for source in sources)
    if not has_fallback and not is_lost(image.file):
        mime_type = get_original_mime_type(file_name)
        sources.append(_build_source(mime_type, image.width, image.height, image.file))
    return sources


def _build_source(mime_type: str, width: int, height: int, file: FieldFile) -> WireObject:
    return {
        "mime_type": mime_type,
        "width": width,
        "height": height,
        "url": urljoin(f"{settings.CMS_URL}/", file.url),
    }


def _build_example() -> WireObject:
    specs = build_specs(800, "shoulder.jpg")
    return {
        "id": 5,
        "alt": "A therapist supports the shoulder of a seated woman",
        "width": 800,
        "height": 600,
        "sources": [_build_example_source(spec) for spec in specs],
    }


def _build_example_source(spec: RenditionSpec) -> WireObject:
    return {
        "mime_type": spec.mime_type,
        "width": spec.width,
        "height": spec.width * 3 // 4,
        "url": f"https://cms.example/media/images/shoulder-{spec.width}.{spec.extension}",
    }
