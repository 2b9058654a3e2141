"""Pictures: served by the site, those that its pages show and no other, never an old one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import LoopThread, SiteClient
from tests.web.test_store import build_site, get_store, settings, wait_until
from web.config import Settings

__all__ = ["settings"]


@pytest.fixture
def shown(cms: FakeCms) -> str:
    """The path of a picture that the MS page shows."""
    picture = {"mime_type": "image/webp", "width": 90, "height": 60}
    cms.resolutions[content.MS_PATH]["shown"] = {
        **picture,
        "url": f"{cms.origin}/media/a.webp",
    }
    return "/media/a.webp"


@pytest.fixture
def site(settings: Settings, shown: str, loop_thread: LoopThread) -> Iterator[SiteClient]:
    with build_site(settings, loop_thread) as site:
        wait_until(lambda: get_store(site).has(content.MS_PATH))
        yield site


def count_asked(cms: FakeCms, path: str) -> int:
    return cms.requests.count(path)


def test_picture__that_a_page_shows__is_served(site: SiteClient, shown: str) -> None:
    answer = site.get(shown)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert site.get(shown, {"if-none-match": answer.headers["etag"]}).status == 304


def test_picture__that_no_page_shows__is_not_fetched(site: SiteClient, cms: FakeCms) -> None:
    assert site.get("/media/other.webp").status == 404
    assert site.get("/media/../media/a.webp").status == 404
    assert count_asked(cms, "/media/other.webp") == 0


def test_picture__cms_away__is_served(site: SiteClient, cms: FakeCms, shown: str) -> None:
    wait_until(lambda: count_asked(cms, shown) == 1)
    assert site.get(shown).status == 200
    cms.fault = "500"
    assert site.get(shown).status == 200


def test_picture__restart_without_cms__is_served(
    settings: Settings,
    site: SiteClient,
    cms: FakeCms,
    shown: str,
    loop_thread: LoopThread,
) -> None:
    before = site.get(shown).body
    wait_until(lambda: (Path(settings.store_dir) / "state.json").exists())
    cms.fault = "500"
    with build_site(settings, loop_thread) as other:
        assert other.get(shown).body == before


def test_picture__replaced_under_its_name__is_the_new_one(
    site: SiteClient, cms: FakeCms, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.get(shown)
    monkeypatch.setattr("tests.web.fake_cms._PICTURE", "<svg>another</svg>")
    assert "another" not in site.get(shown).text
    cms.announce("image:5")
    wait_until(lambda: "another" in site.get(shown).text)


def test_picture__shown_no_more__leaves_the_disk(
    settings: Settings, site: SiteClient, cms: FakeCms, shown: str
) -> None:
    pictures = site.app.state.services.pictures
    file = pictures._find_file(Path(settings.store_dir) / "pictures", shown)
    wait_until(file.exists)
    page_id = cms.resolutions[content.MS_PATH]["page"]["id"]
    del cms.resolutions[content.MS_PATH]["shown"]
    cms.announce(f"page:{page_id}", "paths")
    wait_until(lambda: not file.exists())
    assert site.get(shown).status == 404


def test_pages__show_pictures_from_this_site(site: SiteClient, cms: FakeCms) -> None:
    assert f"{cms.origin}/media/" not in site.get(content.MS_PATH).text
