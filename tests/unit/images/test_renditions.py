import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image, features
from wagtail.images.models import Filter

from cms.images.models import SiteImage, SiteRendition
from cms.images.tasks import make_image_renditions
from tests.factories.images import SiteImageFactory, build_picture, build_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def formats(image: SiteImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


def test_pillow__here__encodes_avif() -> None:
    assert features.check("avif")


def test_upload__any_picture__asks_for_every_format() -> None:
    image = SiteImageFactory(file=build_upload(content=build_picture(size=(500, 250))))

    assert formats(image) == {
        "width-400|format-avif",
        "width-400|format-webp",
        "width-400|format-jpeg",
        "width-800|format-avif",
        "width-800|format-webp",
        "width-800|format-jpeg",
    }
    for rendition in image.renditions.all():
        with Image.open(rendition.file.path) as made:
            assert f"format-{str(made.format).lower()}" in rendition.filter_spec
            assert made.size == (rendition.width, rendition.height)
    assert max(image.renditions.values_list("width", flat=True)) == 500


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.gif", "GIF"), ("a.webp", "WEBP"), ("a.avif", "AVIF")]
)
def test_upload__other_kinds__have_three_renditions(name: str, kind: str) -> None:
    image = SiteImageFactory(file=build_upload(name, build_picture(kind=kind)))

    assert image.renditions.count() == 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_upload__unusual_colour_mode__has_three_renditions(mode: str, tmp_path: Path) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.new(mode, (500, 50)).save(path)

    image = SiteImageFactory(file=build_upload(path.name, path.read_bytes()))

    assert image.renditions.count() == 6


def test_description_saved__nothing_missing__asks_for_nothing() -> None:
    image = SiteImageFactory()
    before = list(SiteRendition.objects.order_by("pk").values_list("pk", flat=True))

    image.description = "Other words"
    image.save()

    assert list(SiteRendition.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_task__file_gone__warns_and_makes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    image = SiteImageFactory()
    image.renditions.all().delete()
    Path(image.file.path).unlink()

    with caplog.at_level(logging.WARNING):
        result = make_image_renditions.call(image.pk)

    assert result == 0
    assert "Upload the picture again" in caplog.text


def test_task__image_deleted_meanwhile__makes_nothing() -> None:
    assert make_image_renditions.call(999_999) == 0


def test_task__rendition_left_in_the_cache__is_made_again() -> None:
    image = SiteImageFactory()
    image.get_rendition(Filter("width-400|format-avif"))
    SiteRendition.objects.all()._raw_delete("default")

    assert make_image_renditions.call(image.pk) == 3


def test_command__renditions_and_files_missing__makes_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    complete, without_row, without_file = SiteImageFactory.create_batch(3)
    without_row.renditions.get(filter_spec="width-400|format-webp").delete()
    Path(without_file.renditions.get(filter_spec="width-400|format-avif").file.path).unlink()

    call_command("make_renditions")

    assert "2 renditions made." in capsys.readouterr().out
    assert [image.renditions.count() for image in (complete, without_row, without_file)] == [3] * 3


def test_command__one_unreadable_picture__names_it_and_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken, fine = SiteImageFactory(title="The broken one"), SiteImageFactory()
    SiteRendition.objects.all().delete()
    Path(broken.file.path).write_bytes(b"not a picture")

    call_command("make_renditions")

    assert "The broken one" in capsys.readouterr().err
    assert fine.renditions.count() == 3
