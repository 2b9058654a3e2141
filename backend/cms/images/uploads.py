"""Checking and cleaning an uploaded picture before it is stored."""

from io import BytesIO
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField

DAMAGED: Final = (
    "This file is damaged or incomplete, so it cannot be shown. Save the picture again in the "
    "program it comes from, then upload the new file."
)
MOVING: Final = (
    "This picture moves. Readers cannot stop a moving picture, and some are made ill by it. "
    "Please upload a still one."
)
TOO_MANY_PIXELS: Final = (
    "This picture has {actual} megapixels; at most {allowed:.0f} are allowed. Make it smaller in a "
    "picture editor, for example 4000 pixels wide, then upload it again."
)
TOO_LARGE: Final = (
    "This file has %(file_size)s; at most %(max_filesize)s are allowed. Make the picture smaller "
    "in a picture editor, for example 4000 pixels wide, then upload it again."
)

_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1
# Besides EXIF, where programs put the place, the camera's number and the author's name.
_PRIVATE_INFO: Final = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")
_QUALITY: Final = {"JPEG": 92, "WEBP": 92, "AVIF": 85}


class PictureField(WagtailImageField):
    """A picture to upload: refused where it cannot be shown, else turned upright and cleaned."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        # The form field keeps the limits that Wagtail's settings give; only the words are ours.
        self.error_messages["file_too_large"] = TOO_LARGE
        self.error_messages["file_too_large_unknown_size"] = TOO_LARGE % {
            "file_size": "more",
            "max_filesize": filesizeformat(self.max_upload_size),
        }

    def to_python(self, data: "UploadedFile[Any] | None") -> "UploadedFile[Any] | None":
        """The checked picture. Raises `ValidationError` that says what to do."""
        if data is None or not data.size or data.size > self.max_upload_size:
            return self._check(data)
        self._check_without_decoding(data)
        checked = self._check(data)
        return None if checked is None else build_clean_upload(checked)

    def _check(self, data: "UploadedFile[Any] | None") -> "UploadedFile[Any] | None":
        try:
            checked: UploadedFile[Any] | None = super().to_python(data)
        except (OSError, ValueError, SyntaxError) as error:
            # Pillow has no common error for files that it cannot decode.
            raise ValidationError(DAMAGED, code="damaged") from error
        return checked

    def _check_without_decoding(self, data: "UploadedFile[Any]") -> None:
        # A few kilobytes may decode to gigabytes, so the size is read from the header first.
        data.seek(0)
        try:
            with Image.open(data) as image:
                pixels = image.width * image.height
                is_moving = image.format != "MPO" and getattr(image, "is_animated", False)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            least = (Image.MAX_IMAGE_PIXELS or self.max_image_pixels) / 1e6
            raise self._too_many_pixels(f"more than {least:.0f}") from error
        except (OSError, ValueError, SyntaxError):
            return  # not a picture at all, which Wagtail's own check says
        finally:
            data.seek(0)
        if pixels > self.max_image_pixels:
            raise self._too_many_pixels(f"{pixels / 1e6:.0f}")
        if is_moving:
            raise ValidationError(MOVING, code="moving")

    def _too_many_pixels(self, actual: str) -> ValidationError:
        message = TOO_MANY_PIXELS.format(actual=actual, allowed=self.max_image_pixels / 1e6)
        return ValidationError(message, code="file_too_many_pixels")


def build_clean_upload(upload: "UploadedFile[Any]") -> "UploadedFile[Any]":
    """`upload` turned upright, without what a camera writes into a file (place, time, owner).

    A file that has none of it comes back as it is.
    """
    upload.seek(0)
    with Image.open(upload) as image:
        exif = image.getexif()
        if not exif and not any(image.info.get(name) for name in _PRIVATE_INFO):
            upload.seek(0)
            return upload
        cleaned = BytesIO()
        _save_clean(image, cleaned, is_upright=exif.get(_ORIENTATION, _UPRIGHT) == _UPRIGHT)
    return SimpleUploadedFile(upload.name or "", cleaned.getvalue(), upload.content_type or "")


def _save_clean(image: Image.Image, output: BytesIO, *, is_upright: bool) -> None:
    image_format = "JPEG" if image.format == "MPO" else str(image.format)
    options: dict[str, object] = {"exif": b""}
    if icc_profile := image.info.get("icc_profile"):
        options["icc_profile"] = icc_profile
    if is_upright and image.format == "JPEG":
        options["quality"] = "keep"
    elif image_format in _QUALITY:
        options["quality"] = _QUALITY[image_format]
    picture = image if is_upright else ImageOps.exif_transpose(image)
    for name in _PRIVATE_INFO:
        picture.info.pop(name, None)
    picture.save(output, image_format, **options)
