from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from PIL import Image

from cms.images.uploads import PictureField
from tests.factories.images import build_picture, build_upload

ORIENTATION, MAKE, GPS_INFO = 0x0112, 0x010F, 0x8825
QUARTER_TURN = 6


def clean(name: str, content: bytes) -> Image.Image:
    checked = PictureField().clean(build_upload(name, content))
    checked.seek(0)
    return Image.open(BytesIO(checked.read()))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        PictureField().clean(build_upload(name, content))
    return " ".join(refused.value.messages)


def build_exif(**tags: int | str) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "Some Camera"
    exif.get_ifd(GPS_INFO)[1] = "N"
    exif[ORIENTATION] = tags.get("orientation", 1)
    return exif


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.gif", "GIF"), ("a.webp", "WEBP"), ("a.avif", "AVIF")],
)
def test_upload__still_picture_of_a_known_kind__is_kept_byte_for_byte(name: str, kind: str) -> None:
    content = build_picture(kind=kind)

    checked = PictureField().clean(build_upload(name, content))

    assert checked.read() == content


@pytest.mark.parametrize("length", [24, 300, 500])
def test_upload__truncated_photograph__is_refused_with_advice(length: int) -> None:
    content = build_picture(size=(300, 200))[:length]

    assert "again" in refusal("a.jpg", content) or "valid image" in refusal("a.jpg", content)


def test_upload__text_called_jpg__is_refused() -> None:
    assert "valid image" in refusal("a.jpg", b"not a picture")


def test_upload__wrong_extension__is_refused() -> None:
    assert "does not match" in refusal("a.png", build_picture(kind="JPEG"))


@override_settings(WAGTAILIMAGES_MAX_IMAGE_PIXELS=1_000_000)
def test_upload__too_many_pixels__is_refused_with_both_numbers() -> None:
    message = refusal("a.png", build_picture(size=(2000, 1000), kind="PNG"))

    assert "has 2 megapixels; at most 1 are allowed" in message


def test_upload__decompression_bomb__is_refused_before_it_is_decoded() -> None:
    output = BytesIO()
    Image.new("1", (20_000, 10_000)).save(output, "PNG")

    assert "megapixels; at most 50 are allowed" in refusal("a.png", output.getvalue())


@override_settings(WAGTAILIMAGES_MAX_UPLOAD_SIZE=100)
def test_upload__too_large_file__is_refused_with_both_sizes() -> None:
    message = refusal("a.jpg", build_picture())

    assert "at most 100\xa0bytes are allowed" in message


def test_upload__moving_picture__is_refused() -> None:
    output = BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])

    assert "moves" in refusal("a.gif", output.getvalue())


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")]
)
def test_upload__photograph_on_its_side__is_stored_upright(name: str, kind: str) -> None:
    content = build_picture(kind=kind, exif=build_exif(orientation=QUARTER_TURN))

    cleaned = clean(name, content)

    assert cleaned.size == (40, 60)
    assert cleaned.getexif().get(ORIENTATION, 1) == 1


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")]
)
def test_upload__photograph_with_place_and_camera__loses_them(name: str, kind: str) -> None:
    content = build_picture(kind=kind, exif=build_exif(), xmp=b"<x:xmpmeta>GPS</x:xmpmeta>")

    cleaned = clean(name, content)

    assert cleaned.size == (60, 40)
    assert not cleaned.getexif()
    assert "xmp" not in cleaned.info


def test_upload__photograph_with_colour_profile__keeps_it() -> None:
    content = build_picture(exif=build_exif(), icc_profile=b"a profile")

    assert clean("a.jpg", content).info["icc_profile"] == b"a profile"
