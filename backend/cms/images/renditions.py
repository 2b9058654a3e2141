"""Making the renditions that pictures lack. This takes seconds: only the worker does it."""

from collections import defaultdict
from collections.abc import Collection
from io import BytesIO
from pathlib import Path, PurePath
from typing import Final

from django.core.files import File
from django.db.models.fields.files import FieldFile
from wagtail.images.models import Filter

from cms.images.errors import UnreadablePictureError
from cms.images.models import SiteImage, SiteRendition
from cms.images.specs import ALL_SPECS, RenditionSpec, build_specs

# The stored path has 100 characters, and a store may add some to tell two files apart.
_LONGEST_STEM: Final = 60


def fetch_missing_specs(images: Collection[SiteImage]) -> dict[int, list[RenditionSpec]]:
    """What each of `images` lacks, by its id; those that lack nothing are absent. One query."""
    existing: defaultdict[int, set[str]] = defaultdict(set)
    stored = SiteRendition.objects.filter(image__in=images, filter_spec__in=ALL_SPECS)
    for image_id, filter_spec in stored.values_list("image_id", "filter_spec"):
        existing[image_id].add(filter_spec)
    missing = {
        image.pk: [
            spec
            for spec in build_specs(image.width, image.file.name or "")
            if spec.filter_spec not in existing[image.pk]
        ]
        for image in images
    }
    return {image_id: specs for image_id, specs in missing.items() if specs}


def make_missing_renditions(image: SiteImage) -> int:
    """Make what `image` lacks, the fallback first; how many that was.

    Raises `UnreadablePictureError`; what was made before stays.
    """
    specs = fetch_missing_specs([image]).get(image.pk, [])
    for spec in reversed(specs):
        try:
            _make_rendition(image, spec)
        except (OSError, ValueError, SyntaxError) as error:
            # Pillow has no common error for files that it cannot decode.
            raise UnreadablePictureError(
                f"{spec.filter_spec} of image {image.pk} ({image.file.name}): {error}"
            ) from error
    return len(specs)


def _make_rendition(image: SiteImage, spec: RenditionSpec) -> None:
    # Not Wagtail's get_rendition(): its cache may still hold those of a file that was replaced,
    # and it leaves temporary files open.
    wanted = Filter(spec.filter_spec)
    with BytesIO() as output:
        wanted.run(image, output)
        stem = PurePath(image.file.name or "").stem[:_LONGEST_STEM]
        image.renditions.get_or_create(
            filter_spec=wanted.spec,
            focal_point_key=wanted.get_cache_key(image),
            defaults={"file": File(output, name=f"{stem}-{spec.width}.{spec.extension}")},
        )


def delete_lost_renditions(image: SiteImage) -> int:
    """Forget the renditions of `image` whose files are gone; how many those were."""
    lost = [rendition for rendition in image.renditions.all() if is_lost(rendition.file)]
    for rendition in lost:
        rendition.delete()
    return len(lost)


def is_lost(file: FieldFile) -> bool:
    """Whether a stored file is known to be gone. A remote store is trusted: asking it is slow."""
    if not file:
        return True
    try:
        path = file.path
    except NotImplementedError:
        return False
    return not Path(path).is_file()
