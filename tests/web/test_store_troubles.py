"""The page store in trouble: nothing waits, nothing loops, nothing old comes back."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import LoopThread, SiteClient
from tests.web.test_store import (
    ABOUT,
    build_site,
    count_made,
    get_store,
    rename,
    settings,
    settle,
    wait_until,
)
from web.api.changes import fetch_changes
from web.api.errors import CmsAwayError
from web.config import Settings

__all__ = ["settings"]

STRANGE = "/strange/"


@pytest.fixture
def site(settings: Settings, cms: FakeCms, loop_thread: LoopThread) -> Iterator[SiteClient]:
    """A site that follows the fake CMS and has made all its pages."""
    cms.lists_pages = True
    for resolved in cms.resolutions.values():
        if resolved["type"] == "page":
            path = resolved["page"]["path"]
            resolved["page"]["meta"]["html_url"] = f"http://localhost:3150{path}"
    with build_site(settings, loop_thread) as site:
        wait_until(lambda: get_store(site).has(content.MS_PATH) and get_store(site).has(ABOUT))
        settle(site, loop_thread)
        yield site


def add_strange_page(cms: FakeCms) -> None:
    """Give the CMS a page of a type that this site does not know, before all others."""
    meta = {"type": "later.LaterPage", "html_url": f"http://localhost:3150{STRANGE}"}
    page = {"type": "page", "page": {"path": STRANGE, "meta": meta}, "tags": ["page:99"]}
    cms.resolutions = {STRANGE: page, **cms.resolutions}


def count_listings(cms: FakeCms) -> int:
    return sum("fields=_,html_url" in request for request in cms.requests)


def change_about(cms: FakeCms, title: str) -> None:
    rename(cms, title)
    cms.announce(f"page:{cms.resolutions[ABOUT]['page']['id']}")


def make_strange(cms: FakeCms, path: str) -> None:
    """Make the page at `path` one that this site cannot show."""
    cms.resolutions[path]["page"]["meta"]["type"] = "later.LaterPage"
    cms.announce(f"page:{cms.resolutions[path]['page']['id']}")


class TestPageThatCannotBeMade:
    def test_holds_no_other_page_up(
        self, settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread
    ) -> None:
        add_strange_page(cms)
        cms.resolutions["/news/"] = {
            **cms.resolutions[ABOUT],
            "page": {
                **cms.resolutions[ABOUT]["page"],
                "path": "/news/",
                "meta": {
                    "type": "pages.StandardPage",
                    "html_url": "http://localhost:3150/news/",
                },
            },
        }
        cms.announce("paths")
        wait_until(lambda: get_store(site).has("/news/"))

    def test_is_not_asked_for_without_a_pause(self, site: SiteClient, cms: FakeCms) -> None:
        add_strange_page(cms)
        cms.announce("paths")
        wait_until(lambda: count_made(cms, STRANGE) > 0)
        cms.requests.clear()
        time.sleep(3)
        assert count_listings(cms) <= 2
        assert count_made(cms, STRANGE) <= 2

    def test_was_there_before__is_served_and_tried_now_and_then(
        self, site: SiteClient, cms: FakeCms
    ) -> None:
        before = site.get(ABOUT).body
        make_strange(cms, ABOUT)
        wait_until(lambda: count_made(cms, ABOUT) > 0)
        cms.requests.clear()
        time.sleep(3)
        assert site.get(ABOUT).body == before
        assert count_made(cms, ABOUT) <= 4


class TestSlowCms:
    def test_page_that_is_old__waits_only_for_a_while_and_once(
        self, site: SiteClient, cms: FakeCms, loop_thread: LoopThread, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("web.store.page_store.PATIENCE_SECONDS", 0.3)
        store = get_store(site)
        before = site.get(ABOUT).body
        build = store._build

        async def build_slowly(path: str, seen: str) -> Any:
            await asyncio.sleep(2)
            return await build(path, seen)

        store._build = build_slowly
        change_about(cms, "Made slowly")
        wait_until(lambda: "-1-" in store.cursor)

        began = time.monotonic()
        assert site.get(ABOUT).body == before
        assert time.monotonic() - began < 1
        began = time.monotonic()
        for _ in range(10):
            assert site.get(ABOUT).body == before
        assert time.monotonic() - began < 0.3
        wait_until(lambda: "Made slowly" in site.get(ABOUT).text)

    def test_quick_again__nobody_is_served_what_is_old(
        self, site: SiteClient, cms: FakeCms, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("web.store.page_store.PATIENCE_SECONDS", 0.3)
        store = get_store(site)
        store._is_cms_slow = True
        change_about(cms, "First")
        wait_until(lambda: "First" in site.get(ABOUT).text)
        change_about(cms, "Second")
        wait_until(lambda: "-2-" in store.cursor)
        assert "Second" in site.get(ABOUT).text

    def test_picture_that_is_there__waits_only_for_a_while(
        self, site: SiteClient, cms: FakeCms, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("web.store.pictures.PATIENCE_SECONDS", 0.3)
        picture = {"mime_type": "image/webp", "url": f"{cms.origin}/media/a.webp"}
        cms.resolutions[ABOUT]["shown"] = picture
        change_about(cms, "With a picture")
        wait_until(lambda: site.get("/media/a.webp").status == 200)
        cms.announce("image:1")
        wait_until(lambda: "-2-" in get_store(site).cursor)
        cms.fault = "slow"
        began = time.monotonic()
        for _ in range(10):
            assert site.get("/media/a.webp").status == 200
        assert time.monotonic() - began < 1


def test_picture__taken_away__is_not_served_again(site: SiteClient, cms: FakeCms) -> None:
    picture = {"mime_type": "image/webp", "url": f"{cms.origin}/media/a.webp"}
    cms.resolutions[ABOUT]["shown"] = picture
    change_about(cms, "With a picture")
    wait_until(lambda: site.get("/media/a.webp").status == 200)
    cms.announce("image:1")
    wait_until(lambda: "-2-" in get_store(site).cursor)
    cms.fault = "404"
    assert [site.get("/media/a.webp").status for _ in range(3)] == [404] * 3


def test_feed_is_gone__pages_are_made_only_for_readers(site: SiteClient, cms: FakeCms) -> None:
    cms.fault = "500"
    wait_until(lambda: "away for" in site.get("/healthz").text)
    cms.fault = ""
    cms.feed = None
    wait_until(lambda: "has no feed" in site.get("/healthz").text, seconds=12)
    cms.requests.clear()
    time.sleep(1)
    assert not [request for request in cms.requests if "/resolve/" in request]
    assert site.get(ABOUT).status == 200


def test_following__something_nobody_foresaw__goes_on(
    site: SiteClient, cms: FakeCms, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = []

    async def fail_once(*given: Any) -> Any:
        if not failures:
            failures.append(1)
            raise ValueError("nobody foresaw this")
        return await fetch_changes(*given)

    monkeypatch.setattr("web.store.following.fetch_changes", fail_once)
    wait_until(lambda: bool(failures))
    change_about(cms, "After the failure")
    wait_until(lambda: "After the failure" in site.get(ABOUT).text, seconds=12)


@pytest.mark.parametrize("path", ["/search/", "/healthz", "/robots.txt", "/responses/1/"])
def test_page_of_the_cms__at_an_address_of_the_site__takes_nothing_over(
    site: SiteClient, cms: FakeCms, path: str
) -> None:
    before = site.get(path)
    cms.resolutions[path] = {
        **cms.resolutions[ABOUT],
        "page": {
            **cms.resolutions[ABOUT]["page"],
            "title": "Taken over",
            "path": path,
            "meta": {"type": "pages.StandardPage", "html_url": f"http://localhost:3150{path}"},
        },
    }
    cms.resolutions["/zoo/"] = {
        **cms.resolutions[ABOUT],
        "page": {
            **cms.resolutions[ABOUT]["page"],
            "path": "/zoo/",
            "meta": {"type": "pages.StandardPage", "html_url": "http://localhost:3150/zoo/"},
        },
    }
    cms.announce("paths")
    wait_until(lambda: get_store(site).has("/zoo/"))
    answer = site.get(path)
    assert "Taken over" not in answer.text
    assert answer.status == before.status


class TestDisk:
    def test_page_unpublished_while_it_is_written__does_not_come_back(
        self,
        settings: Settings,
        site: SiteClient,
        cms: FakeCms,
        loop_thread: LoopThread,
        monkeypatch: Any,
    ) -> None:
        store = get_store(site)
        save = store._disk.save

        def save_slowly(*stored: Any) -> None:
            if stored[0].path == ABOUT:
                time.sleep(0.5)
            save(*stored)

        monkeypatch.setattr(store._disk, "save", save_slowly)

        async def write_and_unpublish() -> None:
            rename(cms, "Another title")
            store.apply(["all"], store.cursor)
            await store.refresh(ABOUT)
            await asyncio.sleep(0.2)
            cms.resolutions[ABOUT] = {"type": "gone", "tags": ["paths"]}
            store.apply(["all"], store.cursor)
            await store.refresh(ABOUT)
            await store.finish()

        loop_thread.run(write_and_unpublish())
        assert not store._disk._find_file(ABOUT).exists()

    def test_read_only_for_a_while__old_page_does_not_come_back(
        self,
        settings: Settings,
        site: SiteClient,
        cms: FakeCms,
        loop_thread: LoopThread,
        monkeypatch: Any,
    ) -> None:
        state = Path(settings.store_dir) / "state.json"
        wait_until(lambda: "-0-" in state.read_text())

        def refuse(*_: object, **__: object) -> None:
            raise OSError(30, "Read-only file system")

        with monkeypatch.context() as broken:
            broken.setattr("web.store.disk.write_file", refuse)
            broken.setattr(Path, "unlink", refuse)
            change_about(cms, "While nothing could be written")
            wait_until(lambda: "While nothing" in site.get(ABOUT).text)
            settle(site, loop_thread)
            time.sleep(0.6)
        wait_until(lambda: "-1-" in state.read_text())
        cms.fault = "500"
        with build_site(settings, loop_thread) as other:
            assert other.get(ABOUT).status == 503

    def test_killed_while_writing__leaves_nothing_for_long(
        self, settings: Settings, site: SiteClient, loop_thread: LoopThread
    ) -> None:
        folder = Path(settings.store_dir)
        halves = [folder / ".new-1", next(folder.glob("pages/*")) / ".new-2"]
        for half in halves:
            half.write_bytes(b"half")
        with build_site(settings, loop_thread):
            assert not any(half.exists() for half in halves)


def test_path_without_a_page__is_for_no_cdn_to_keep(
    settings: Settings, loop_thread: LoopThread
) -> None:
    purged = {**vars(settings), "purge_url": "http://127.0.0.1:9/", "purge_secret": "s" * 40}
    with build_site(Settings(**purged), loop_thread) as site:
        for path in ("/nowhere/", "/old/", "/gone/"):
            assert "cdn-cache-control" not in site.get(path).headers
            assert "cdn-cache-control" not in site.get(path).headers


def test_old_page__while_the_cms_is_away__is_for_no_cdn_to_keep(
    settings: Settings, cms: FakeCms, loop_thread: LoopThread
) -> None:
    purged = {**vars(settings), "purge_url": "http://127.0.0.1:9/", "purge_secret": "s" * 40}
    with build_site(Settings(**purged), loop_thread) as site:
        assert "cdn-cache-control" in site.get(ABOUT).headers
        store = get_store(site)

        async def fail(_path: str, _seen: str) -> Any:
            raise CmsAwayError("away")

        store._build = fail
        cms.announce("all")
        wait_until(lambda: "-1-" in store.cursor)
        answer = site.get(ABOUT)
        assert answer.status == 200
        assert "cdn-cache-control" not in answer.headers


def test_restart__more_changes_than_one_answer_holds__none_is_missed(
    settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread
) -> None:
    wait_until(lambda: (Path(settings.store_dir) / "state.json").exists())
    cms.most_changes = 1
    for number in range(20):
        cms.announce(f"page:{1000 + number}")
    change_about(cms, "Changed in between")
    with build_site(settings, loop_thread) as other:
        assert "Changed in between" in other.get(ABOUT).text


def test_known_whatever_it_is__is_304(site: SiteClient) -> None:
    assert site.get(ABOUT, {"if-none-match": "*"}).status == 304
    assert site.get("/nowhere/", {"if-none-match": "*"}).status == 404
