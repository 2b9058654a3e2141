"""Caches in front of the site are told what to forget, however often that takes."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from web.config import Settings, load_settings
from web.purging.outbox import MOST_AT_ONCE, Outbox
from web.purging.purger import Purger

SECRET = "a-secret-of-at-least-thirty-two-signs"
CURSOR = "0123abcd-7-0123abcd"


@dataclass
class Receiver:
    """A receiver of purges that answers with each of `statuses`, then 204; 0 is very late."""

    statuses: list[int] = field(default_factory=list)
    asked: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.asked += 1
        body = await request.read()
        status = self.statuses.pop(0) if self.statuses else 204
        if status == 0:
            await asyncio.sleep(1)
        signed = f"{request.headers['X-Purge-Timestamp']}.".encode() + body
        digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert request.headers["X-Purge-Signature"] == f"sha256={digest}"
        if 200 <= status < 300:
            self.taken.append(json.loads(body))
        return web.Response(status=status or 204)


def run_purger(
    receiver: Receiver,
    folder: Path | None,
    work: Callable[[Purger], None],
    is_done: Callable[[], bool],
) -> None:
    async def run() -> None:
        app = web.Application()
        app.router.add_post("/purge", receiver.take)
        async with TestServer(app) as server:
            purger = build_purger(str(server.make_url("/purge")), folder)
            work(purger)
            task = asyncio.create_task(purger.run())
            async with asyncio.timeout(10):
                while not is_done():  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            # Whatever is told once too often would come now.
            await asyncio.sleep(0.05)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


def build_purger(url: str, folder: Path | None) -> Purger:
    settings = Settings(site_url="https://www.example", purge_url=url, purge_secret=SECRET)
    return Purger(settings, folder, seconds_to_answer=0.2, first_pause=0.01)


def test_purge__change__is_told_once_and_signed(tmp_path: Path) -> None:
    receiver = Receiver()

    run_purger(
        receiver,
        tmp_path,
        lambda purger: purger.note({"page:2", "page:1"}, ["/a/"], CURSOR),
        lambda: bool(receiver.taken),
    )

    assert receiver.taken == [
        {"tags": ["page:1", "page:2"], "urls": ["https://www.example/a/"], "cursor": CURSOR}
    ]


def test_purge__receiver_slow_and_wrong__is_told_again(tmp_path: Path) -> None:
    receiver = Receiver(statuses=[500, 302, 404])

    run_purger(
        receiver,
        tmp_path,
        lambda purger: purger.note({"page:1"}, [], CURSOR),
        lambda: bool(receiver.taken),
    )

    assert receiver.asked == 4
    assert [each["tags"] for each in receiver.taken] == [["page:1"]]


def test_purge__no_answer_in_time__is_told_again(tmp_path: Path) -> None:
    receiver = Receiver(statuses=[0])

    run_purger(
        receiver,
        tmp_path,
        lambda purger: purger.note({"page:1"}, [], CURSOR),
        lambda: bool(receiver.taken) and receiver.asked > 1,
    )

    assert receiver.taken[-1]["tags"] == ["page:1"]


def test_purge__receiver_down_and_site_restarted__is_told_afterwards(tmp_path: Path) -> None:
    async def try_in_vain() -> None:
        purger = build_purger("http://127.0.0.1:1/purge", tmp_path)
        purger.note({"page:1"}, ["/a/"], CURSOR)
        task = asyncio.create_task(purger.run())
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(try_in_vain())
    receiver = Receiver()
    run_purger(receiver, tmp_path, lambda _purger: None, lambda: bool(receiver.taken))

    assert receiver.taken[0]["tags"] == ["page:1"]
    assert receiver.taken[0]["cursor"] == CURSOR


def test_purge__very_many__come_in_parts(tmp_path: Path) -> None:
    receiver = Receiver()
    tags = {f"page:{number}" for number in range(2 * MOST_AT_ONCE + 1)}

    run_purger(
        receiver,
        tmp_path,
        lambda purger: purger.note(tags, [], CURSOR),
        lambda: len(receiver.taken) == 3,
    )

    assert {tag for each in receiver.taken for tag in each["tags"]} == tags
    assert max(len(each["tags"]) for each in receiver.taken) == MOST_AT_ONCE


def test_outbox__noted_again_while_it_is_sent__stays(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.note(["page:1", "page:2"], [], CURSOR)
    purge, number = outbox.get_next()
    outbox.note(["page:1"], [], CURSOR)

    outbox.confirm(purge, number)

    assert outbox.get_next()[0].tags == ["page:1"]


def test_outbox__everything__takes_the_place_of_each(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.note(["page:1"], ["/a/"], CURSOR)
    outbox.note(["all"], ["/a/", "/b/"], CURSOR)

    purge, _ = outbox.get_next()

    assert (purge.tags, purge.paths) == (["all"], [])


def test_outbox__damaged_file__forgets_all(tmp_path: Path) -> None:
    (tmp_path / "purges.json").write_text("{")

    assert Outbox(tmp_path).get_next()[0].tags == ["all"]


def test_purge__off_by_default__writes_nothing(tmp_path: Path) -> None:
    purger = Purger(Settings(), tmp_path)

    purger.note({"page:1"}, [], CURSOR)
    asyncio.run(asyncio.wait_for(purger.run(), 1))

    assert not list(tmp_path.iterdir())


def test_settings__purge_without_a_long_secret__is_refused() -> None:
    environment = {"PURGE_URL": "https://purge.example/", "PURGE_SECRET": "short"}

    with pytest.raises(Exception, match="PURGE_SECRET must have 32"):
        load_settings(environment)
