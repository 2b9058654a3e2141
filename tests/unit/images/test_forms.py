from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cms.images.models import SiteImage
from tests.factories.images import SiteImageFactory, build_picture, build_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor"))
    return client


def test_admin__picture_uploaded__has_its_renditions(admin: Client) -> None:
    admin.post(reverse("wagtailimages:add"), {"title": "New", "file": build_upload()})

    assert SiteImage.objects.get(title="New").renditions.count() == 3


def test_admin__picture_dropped_on_the_uploader__has_its_renditions(admin: Client) -> None:
    response = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": build_upload(), "title": "Dropped"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert response.json()["success"]
    assert SiteImage.objects.get(title="Dropped").renditions.count() >= 3


def test_admin__damaged_picture_dropped__is_refused_with_advice(admin: Client) -> None:
    damaged = build_upload(content=build_picture(size=(300, 200))[:600])

    response = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": damaged, "title": "Damaged"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert "damaged or incomplete" in response.json()["error_message"]
    assert not SiteImage.objects.exists()


def test_admin__file_replaced__has_renditions_of_the_new_one(admin: Client) -> None:
    image = SiteImageFactory()

    admin.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "Wide",
            "file": build_upload("wide.png", build_picture(size=(500, 9), kind="PNG")),
        },
    )

    image.refresh_from_db()
    assert (image.title, image.width) == ("Wide", 500)
    specs = set(image.renditions.values_list("filter_spec", flat=True))
    assert {"width-400|format-png", "width-800|format-avif"} <= specs
    assert not any(spec.endswith("jpeg") for spec in specs)


def test_admin__description__is_explained_in_plain_words(admin: Client) -> None:
    response = admin.get(reverse("wagtailimages:add"))

    assert "Description for people who cannot see it" in response.content.decode()
