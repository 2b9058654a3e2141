import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.conf import settings as django_settings
from wagtail.models import Collection, CollectionViewRestriction

from cms.contract.schemas import get_example, get_registered_schemas
from cms.images.contract import fetch_images
from cms.images.models import SiteImage, SiteRendition
from tests.factories.images import SiteImageFactory, build_picture, build_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def fetch_one(image: SiteImage) -> dict[str, Any] | None:
    return fetch_images(frozenset({image.pk})).get(image.pk)


def validate(wire: dict[str, Any], schema_name: str = "Image") -> None:
    components = {"components": {"schemas": get_registered_schemas()}}
    jsonschema.validate(wire, {"$ref": f"#/components/schemas/{schema_name}", **components})


def test_image__example__fits_its_schema() -> None:
    validate(get_example("Image"))


def test_draft_image__without_a_description__fits_its_schema_and_no_live_one() -> None:
    undescribed = {**get_example("Image"), "alt": None}
    validate(get_example("Image"), "DraftImage")
    validate(undescribed, "DraftImage")
    with pytest.raises(jsonschema.ValidationError):
        validate(undescribed)


def test_image__with_renditions__lists_formats_in_order_from_narrow_to_wide() -> None:
    image = SiteImageFactory(file=build_upload(content=build_picture(size=(900, 600))))

    wire = fetch_one(image)

    assert wire is not None
    validate(wire)
    assert (wire["width"], wire["height"], wire["alt"]) == (900, 600, "A teal rectangle")
    assert [(source["mime_type"], source["width"]) for source in wire["sources"]] == [
        (mime_type, width)
        for mime_type in ("image/avif", "image/webp", "image/jpeg")
        for width in (400, 800, 900)
    ]
    assert {urlsplit(source["url"])[:2] for source in wire["sources"]} == {
        urlsplit(django_settings.CMS_URL)[:2]
    }


@pytest.mark.parametrize(
    ("name", "kind", "mime_type"),
    [
        ("a.jpg", "JPEG", "image/jpeg"),
        ("a.avif", "AVIF", "image/avif"),
        ("a.gif", "GIF", "image/gif"),
    ],
)
def test_image__before_the_worker_came__has_its_original(
    name: str, kind: str, mime_type: str
) -> None:
    image = SiteImageFactory(file=build_upload(name, build_picture(kind=kind)))
    SiteRendition.objects.all().delete()

    wire = fetch_one(image)

    assert wire is not None
    assert wire["sources"] == [
        {"mime_type": mime_type, "width": 60, "height": 40, "url": image.file.url}
    ]


def test_image__renditions_of_the_admin__are_not_listed() -> None:
    image = SiteImageFactory()
    image.renditions.create(filter_spec="max-165x165", file=build_upload())

    wire = fetch_one(image)

    assert wire is not None
    assert len(wire["sources"]) == 3


def test_images__of_any_number__cost_one_query(django_assert_num_queries: Any) -> None:
    images = SiteImageFactory.create_batch(5)

    with django_assert_num_queries(1):
        assert len(fetch_images(frozenset({images[0].pk}))) == 1
    with django_assert_num_queries(1):
        assert len(fetch_images(frozenset(image.pk for image in images))) == 5


def test_image__deleted__is_absent_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert fetch_images(frozenset({999_999})) == {}

    assert "Image 999999 is left out" in caplog.text


def test_image__rendition_file_gone__leaves_out_that_source() -> None:
    image = SiteImageFactory()
    Path(image.renditions.get(filter_spec__endswith="avif").file.path).unlink()

    wire = fetch_one(image)

    assert wire is not None
    assert [source["mime_type"] for source in wire["sources"]] == ["image/webp", "image/jpeg"]


def test_image__all_files_gone__is_absent_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    image = SiteImageFactory()
    for file in [image.file, *(rendition.file for rendition in image.renditions.all())]:
        Path(file.path).unlink()

    with caplog.at_level(logging.WARNING):
        assert fetch_one(image) is None

    assert f"Image {image.pk} is left out" in caplog.text


def test_image__in_or_below_a_private_collection__is_absent() -> None:
    root = Collection.get_first_root_node()
    private = root.add_child(name="Private")
    below = private.add_child(name="Below")
    public = root.add_child(name="Public")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    images = {
        name: SiteImageFactory(collection=collection)
        for name, collection in (("private", private), ("below", below), ("public", public))
    }

    found = fetch_images(frozenset(image.pk for image in images.values()))

    assert found.keys() == {images["public"].pk}
