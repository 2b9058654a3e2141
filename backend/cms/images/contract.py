"""Pictures on the wire."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.fields.files import FieldFile
from wagtail.models import CollectionViewRestriction

from cms.contract.references import WireObject, register_loader
from cms.contract.schemas import Schema, build_object, nullable, ref, register_schema
from cms.core.prepared_queries import PreparedQuery
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
    """The pictures that readers may see, by id; one query, no file is opened.

    A picture that was deleted, is in a private collection or has no file left is absent.
    """
    found: dict[int, WireObject] = {}
    for own, rows in groupby(_STORED.fetch(image_ids), itemgetter(slice(5))):
        pk, name, width, height, alt = own
        renditions = {row[5]: _File(SiteRendition, *row[6:]) for row in rows if row[5]}
        sources = _build_sources(_File(SiteImage, name, width, height), renditions)
        if sources:
            found[pk] = {"id": pk, "alt": alt, "width": width, "height": height, "sources": sources}
    for image_id in sorted(image_ids - found.keys()):
        logger.warning("Image %s is left out: it is deleted, private or without a file", image_id)
    return found


def _restrictions() -> QuerySet[Any]:
    # A restriction covers the collections below its own, whose paths start with its path.
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    restrictions: QuerySet[Any] = CollectionViewRestriction.objects.alias(image_path=path)
    return restrictions.filter(image_path__startswith=F("collection__path"))


# Each picture with each of its renditions that readers get.
_STORED: Final = PreparedQuery(
    lambda image_ids: (
        SiteImage.objects.filter(pk__in=image_ids)
        .exclude(Exists(_restrictions()))
        .annotate(
            made=FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=ALL_SPECS))
        )
        .order_by("pk", "made__pk")
        .values_list(
            *("pk", "file", "width", "height", "description"),
            *("made__filter_spec", "made__file", "made__width", "made__height"),
        )
    ),
    -1,
)


@dataclass(frozen=True)
class _File:
    """The file of a picture or a rendition, and its size in pixels."""

    model: type[SiteImage | SiteRendition]
    name: str
    width: int
    height: int

    @property
    def stored(self) -> FieldFile:
        """The file where it is stored."""
        field: Any = self.model._meta.get_field("file")
        file: FieldFile = field.attr_class(None, field, self.name)
        return file


def _build_sources(original: _File, renditions: Mapping[str, _File]) -> list[WireObject]:
    specs = build_specs(original.width, original.name)
    sources = [
        _build_source(spec.mime_type, rendition)
        for spec in specs
        if (rendition := renditions.get(spec.filter_spec)) is not None
        and not is_lost(rendition.stored)
    ]
    has_fallback = any(source["mime_type"] == specs[-1].mime_type for source in sources)
    if not has_fallback and not is_lost(original.stored):
        sources.append(_build_source(get_original_mime_type(original.name), original))
    return sources


def _build_source(mime_type: str, file: _File) -> WireObject:
    return {
        "mime_type": mime_type,
        "width": file.width,
        "height": file.height,
        "url": urljoin(f"{settings.CMS_URL}/", file.stored.url),
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
