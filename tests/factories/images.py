"""Pictures, small by default so that tests that need any picture stay fast."""

from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.images.models import SiteImage


def build_picture(
    *, size: tuple[int, int] = (60, 40), kind: str = "JPEG", color: str = "teal", **options: Any
) -> bytes:
    """The bytes of a plain picture, as Pillow writes the format `kind`."""
    output = BytesIO()
    Image.new("RGB", size, color).save(output, kind, **options)
    return output.getvalue()


def build_upload(name: str = "picture.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    """A picture as a browser sends it."""
    return SimpleUploadedFile(name, build_picture() if content is None else content)


class SiteImageFactory(factory.django.DjangoModelFactory[SiteImage]):
    """A stored picture of 60 x 40 pixels."""

    class Meta:
        model = SiteImage

    title = factory.Sequence("Picture {}".format)
    description = "A teal rectangle"
    file = factory.LazyFunction(build_upload)
