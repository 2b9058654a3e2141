from pathlib import Path
from typing import Any

import pytest

from cms.images.models import SiteRendition
from tests.factories.images import SiteImageFactory
from tests.factories.pages import build_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_publish__picture_without_renditions__asks_for_them() -> None:
    shown, unused = SiteImageFactory.create_batch(2)
    home = build_site(hero_image=shown)
    SiteRendition.objects.all().delete()

    home.save_revision().publish()

    assert shown.renditions.count() == 3
    assert unused.renditions.count() == 0


def test_draft_saved__picture_without_renditions__asks_for_nothing() -> None:
    image = SiteImageFactory()
    home = build_site(hero_image=image)
    SiteRendition.objects.all().delete()

    home.save_revision()

    assert image.renditions.count() == 0
