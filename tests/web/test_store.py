"""The page store: made once, never old once the feed has spoken, and there when the CMS is not."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import LoopThread, SiteClient
from web.app import create_app
from web.config import Settings

BROWSER = {"accept-encoding": "gzip, deflate, br"}
ABOUT = "/about/"


@pytest.fixture
def settings(cms: FakeCms, tmp_path: Path) -> Settings:
    """A CMS with a feed, and a store on disk."""
    cms.feed = []
    return Settings(
        site_url="http://localhost:3150",
        cms_url=cms.origin,
        cms_internal_url=cms.origin,
        media_url=cms.origin,
        cms_timeout_seconds=1.5,
        store_dir=str(tmp_path / "store"),
        site_key="only-for-tests",
        site_name="site-1",
    )


def build_site(settings: Settings, loop_thread: LoopThread) -> SiteClient:
    return SiteClient(create_app(settings), loop_thread)


@pytest.fixture
def site(settings: Settings, cms: FakeCms, loop_thread: LoopThread) -> Iterator[SiteClient]:
    """A site that follows the fake CMS and has made all its pages, with their pictures."""
    with build_site(settings, loop_thread) as site:
        wait_until(lambda: {"/media/room.svg", "/media/room.webp"} <= {*cms.requests})
        site.get(ABOUT)
        settle(site, loop_thread)
        yield site


def get_store(site: SiteClient) -> Any:
    return site.app.state.services.store


def settle(site: SiteClient, loop_thread: LoopThread) -> None:
    loop_thread.run(get_store(site).finish())


def wait_until(is_so: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def count_made(cms: FakeCms, path: str) -> int:
    return sum(request.endswith(f"path={path}") for request in cms.requests)


def rename(cms: FakeCms, title: str) -> None:
    cms.resolutions[ABOUT]["page"]["title"] = title


def test_page__asked_for_again__is_not_made_again(site: SiteClient, cms: FakeCms) -> None:
    first = site.get(ABOUT)
    cms.requests.clear()
    assert site.get(ABOUT).body == first.body
    assert site.get(f"{ABOUT}?utm_source=x").body == first.body
    assert cms.requests == []


def test_page__after_a_change__is_never_the_old_one(site: SiteClient, cms: FakeCms) -> None:
    rename(cms, "Another title")
    cms.announce(f"page:{cms.resolutions[ABOUT]['page']['id']}")
    wait_until(lambda: f"-{len(cms.feed or [])}-" in get_store(site).cursor)
    assert "Another title" in site.get(ABOUT).text


def test_page__made_anew__is_no_older_than_the_change(site: SiteClient, cms: FakeCms) -> None:
    cms.seen.clear()
    cms.announce("all")
    wait_until(lambda: len(cms.seen) > 1)
    assert set(cms.seen) == {f"{cms.epoch}-1-0000000b"}


def test_page__another_one_changed__is_not_made_again(site: SiteClient, cms: FakeCms) -> None:
    cms.requests.clear()
    cms.announce(f"page:{cms.condition['id']}")
    wait_until(lambda: "-1-" in get_store(site).cursor and not get_store(site).stale_count)
    site.get(ABOUT)
    assert count_made(cms, ABOUT) == 0


def test_page__changed_while_it_was_made__is_made_again(
    site: SiteClient, cms: FakeCms, loop_thread: LoopThread
) -> None:
    store = get_store(site)
    build = store._build
    made = []

    async def build_late(path: str, seen: str) -> Any:
        answer = await build(path, seen)
        made.append(path)
        if len(made) == 1:
            store.apply(answer.tags, store.cursor)
        return answer

    store._build = build_late
    stored = loop_thread.run(store.refresh(ABOUT))
    assert made == [ABOUT, ABOUT]
    assert stored.entry.is_fresh


def test_page__many_readers_at_once__is_made_once(
    site: SiteClient, cms: FakeCms, loop_thread: LoopThread
) -> None:
    store = get_store(site)

    async def ask() -> None:
        store.apply(["all"], store.cursor)
        await asyncio.gather(*(store.get(ABOUT) for _ in range(20)))

    cms.requests.clear()
    loop_thread.run(ask())
    assert count_made(cms, ABOUT) == 1


def test_branding__changed__is_on_every_page(site: SiteClient, cms: FakeCms) -> None:
    cms.site["tagline"] = "Quite another tagline"
    cms.site["name"] = "Quite another name"
    cms.announce("site")
    wait_until(lambda: "Quite another name" in site.get(ABOUT).text)
    assert "Quite another name" in site.get("/").text


def test_branding__not_really_changed__makes_nothing_again(site: SiteClient, cms: FakeCms) -> None:
    cms.requests.clear()
    cms.announce("site")
    wait_until(lambda: "-1-" in get_store(site).cursor and "/api/v2/site/" in cms.requests)
    time.sleep(0.3)
    # Pictures may still be on their way.
    asked = [request for request in cms.requests if not request.startswith("/media/")]
    assert asked == ["/api/v2/site/"]


def test_missing_page__published_later__appears(site: SiteClient, cms: FakeCms) -> None:
    assert site.get("/news/").status == 404
    cms.resolutions["/news/"] = cms.resolutions[ABOUT]
    cms.announce("paths")
    wait_until(lambda: "-1-" in get_store(site).cursor)
    assert site.get("/news/").status == 200


def test_page__unpublished__is_gone(site: SiteClient, cms: FakeCms) -> None:
    page_id = cms.resolutions[ABOUT]["page"]["id"]
    cms.resolutions[ABOUT] = {"type": "gone", "tags": ["paths"]}
    cms.announce(f"page:{page_id}", "paths")
    wait_until(lambda: "-1-" in get_store(site).cursor)
    assert site.get(ABOUT).status == 410


def test_unknown_paths__very_many__fill_nothing(site: SiteClient) -> None:
    pages = get_store(site).page_count
    for number in range(1100):
        site.get(f"/nowhere-{number}/")
    assert get_store(site).page_count == pages
    assert len(list(get_store(site)._index)) <= pages + 1000


def test_cms_away__what_was_made_is_served(site: SiteClient, cms: FakeCms) -> None:
    before = site.get(ABOUT).body
    cms.fault = "500"
    wait_until(lambda: "away for" in site.get("/healthz").text)
    assert site.get(ABOUT).body == before
    assert site.get("/never-asked-for/").status == 503
    health = site.get("/healthz")
    assert health.status == 200
    assert health.text.startswith("ok\n")


def test_cms_back__what_changed_meanwhile_appears(site: SiteClient, cms: FakeCms) -> None:
    cms.fault = "500"
    wait_until(lambda: "away for" in site.get("/healthz").text)
    rename(cms, "While it was away")
    cms.announce("all")
    assert "While it was away" not in site.get(ABOUT).text
    cms.fault = ""
    wait_until(lambda: "While it was away" in site.get(ABOUT).text, seconds=12)


def test_start_over__everything_is_made_anew(site: SiteClient, cms: FakeCms) -> None:
    rename(cms, "From the restored database")
    cms.epoch = "0000000f"
    wait_until(lambda: get_store(site).cursor.startswith("0000000f"))
    assert "From the restored database" in site.get(ABOUT).text


def test_restart__cms_away__serves_what_was_on_disk(
    settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread
) -> None:
    before = site.get(ABOUT).body
    wait_until(lambda: (Path(settings.store_dir) / "state.json").exists())
    cms.fault = "500"
    with build_site(settings, loop_thread) as other:
        answer = other.get(ABOUT)
        assert answer.body == before
        assert "by Aaron Harris, BCTMB" in answer.text
        assert other.get("/nowhere-yet/").status == 503


def test_restart__changed_meanwhile__shows_the_change(
    settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread
) -> None:
    wait_until(lambda: (Path(settings.store_dir) / "state.json").exists())
    rename(cms, "Changed in between")
    cms.announce(f"page:{cms.resolutions[ABOUT]['page']['id']}")
    with build_site(settings, loop_thread) as other:
        assert "Changed in between" in other.get(ABOUT).text


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 5000])
def test_restart__damaged_files__are_made_anew(
    settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread, damage: bytes
) -> None:
    before = site.get(ABOUT).body
    wait_until(lambda: (Path(settings.store_dir) / "state.json").exists())
    for file in Path(settings.store_dir).rglob("*.page"):
        file.write_bytes(damage)
    with build_site(settings, loop_thread) as other:
        assert other.get(ABOUT).body == before


def test_restart__another_release__serves_nothing_of_the_last(
    settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread, monkeypatch: Any
) -> None:
    site.get(ABOUT)
    monkeypatch.setattr("web.services.build_fingerprint", lambda _settings: "another")
    cms.fault = "500"
    with build_site(settings, loop_thread) as other:
        assert other.get(ABOUT).status == 503


def test_disk__cannot_be_written__pages_are_in_memory(
    settings: Settings, cms: FakeCms, loop_thread: LoopThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("web.store.disk.write_file", fail)
    with build_site(settings, loop_thread) as site:
        site.get(ABOUT)
        settle(site, loop_thread)
        cms.requests.clear()
        assert site.get(ABOUT).status == 200
        assert count_made(cms, ABOUT) == 0
        assert "No space left on device" in site.get("/healthz").text


def test_memory__smaller_than_the_pages__takes_them_from_disk(
    settings: Settings, site: SiteClient, cms: FakeCms, loop_thread: LoopThread
) -> None:
    store = get_store(site)
    before = site.get(ABOUT).body
    store._memory._most_bytes = 1
    site.get("/")
    site.get(content.MS_PATH)
    settle(site, loop_thread)
    assert len(store._memory._bodies) == 1
    cms.requests.clear()
    assert site.get(ABOUT).body == before
    assert cms.requests == []


class TestEncodings:
    def test_first_answer__does_not_wait_for_the_best_encoding(
        self, settings: Settings, loop_thread: LoopThread
    ) -> None:
        site = build_site(settings, loop_thread)
        get_store(site)._compress = never
        with site:
            assert site.get(ABOUT, BROWSER).headers["content-encoding"] == "gzip"

    def test_later_answers__are_in_the_best_that_the_browser_takes(self, site: SiteClient) -> None:
        plain = site.get(ABOUT)
        assert "content-encoding" not in plain.headers
        for accepted, encoding in {
            "gzip, deflate, br": "br",
            "gzip": "gzip",
            "br;q=0, gzip;q=0.5": "gzip",
            "gzip, br;q=0.5": "gzip",
            "*": "br",
        }.items():
            answer = site.get(ABOUT, {"accept-encoding": accepted})
            assert answer.headers["content-encoding"] == encoding, accepted
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.body == plain.body
        refused = site.get(ABOUT, {"accept-encoding": "identity, *;q=0"})
        assert "content-encoding" not in refused.headers

    def test_pages_that_are_waited_for__come_before_encodings(
        self, site: SiteClient, cms: FakeCms, loop_thread: LoopThread
    ) -> None:
        store = get_store(site)
        cms.condition["summary"] = "Another one."
        with store.in_haste():
            loop_thread.run(store.refresh(content.MS_PATH))
            time.sleep(0.3)
            hasty = site.get(content.MS_PATH, {"accept-encoding": "br"})
        assert "Another one." in hasty.text
        assert "content-encoding" not in hasty.headers
        settle(site, loop_thread)
        later = site.get(content.MS_PATH, {"accept-encoding": "br"})
        assert later.headers["content-encoding"] == "br"
        assert later.body == hasty.body

    def test_known__is_304_without_a_body(self, site: SiteClient) -> None:
        etag = site.get(ABOUT).headers["etag"]
        answer = site.get(ABOUT, {"if-none-match": etag, **BROWSER})
        assert answer.status == 304
        assert answer.sent == b""
        assert answer.headers["etag"] == etag

    def test_head__has_the_headers_alone(self, site: SiteClient) -> None:
        answer = site.get(ABOUT, BROWSER, method="HEAD")
        assert answer.sent == b""
        assert int(answer.headers["content-length"]) > 0

    def test_hit__has_the_security_headers_of_any_page(self, site: SiteClient) -> None:
        stored, other = site.get(ABOUT), site.get("/search/")
        for name in ("content-security-policy", "x-frame-options", "referrer-policy"):
            assert stored.headers[name] == other.headers[name]


async def never(_stored: object) -> None:
    """What compresses nothing."""


def test_draft__is_not_answered_from_the_store(site: SiteClient) -> None:
    assert site.get(f"{ABOUT}?preview=x").status == 404
    assert site.get(f"{ABOUT}?%70review=x").status == 404


def test_report__says_how_many_pages_there_are(site: SiteClient, cms: FakeCms) -> None:
    cms.announce(f"page:{cms.resolutions[ABOUT]['page']['id']}")
    pages = get_store(site).page_count
    wait_until(lambda: cms.reports[-1] == f"name=site-1;pages={pages};refreshed=1")
