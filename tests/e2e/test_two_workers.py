"""Two CMS processes on one database: no reader gets an answer older than what they have seen."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.instance import Instance
from tests.live_servers import LiveServer, find_free_port, run_server

PATH = "/conditions/multiple-sclerosis/"
PUBLICATIONS = 25
# How old an answer may be for whoever has seen nothing, and the time that a request takes.
LONGEST_LAG = 1.0
TIME_FOR_A_REQUEST = 0.5

_PUBLISHER = f"""
import sys
from cms.conditions.models import ConditionPage
page = ConditionPage.objects.get(slug="multiple-sclerosis")
for number in range(1, {PUBLICATIONS} + 1):
    page.summary = f"{{number:04}}: a summary that is written again and again, and published."
    page.save_revision().publish()
    print(number, flush=True)
"""


class Publisher:
    """What is known of the publications: the last that is done, and when each was."""

    def __init__(self) -> None:
        self.last = 0
        self.times: list[tuple[float, int]] = []

    def find_oldest_allowed(self, asked_at: float) -> int:
        """The last publication that was done so long before that every answer must have it."""
        latest = asked_at - LONGEST_LAG - TIME_FOR_A_REQUEST
        return max((number for at, number in self.times if at <= latest), default=0)


@pytest.fixture
def other_cms(
    live_instance: Instance, live_cms: LiveServer, tmp_path: Path
) -> Iterator[LiveServer]:
    instance = replace(live_instance, cms_port=find_free_port())
    # The same address for pictures and links as the first one gives.
    url = f"http://127.0.0.1:{instance.cms_port}"
    environment = {**live_instance.environment, "CMS_PORT": str(instance.cms_port)}
    with run_server(instance.cms, url, "/healthz", environment, tmp_path / "cms.log") as server:
        yield server


@contextmanager
def run_publisher(instance: Instance) -> Iterator[tuple[Publisher, threading.Thread]]:
    publisher = Publisher()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", _PUBLISHER],
        cwd=instance.cms.folder,
        env=dict(instance.environment),
        stdout=subprocess.PIPE,
        text=True,
    )

    def follow() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            publisher.times.append((time.monotonic(), int(line)))
            publisher.last = int(line)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield publisher, thread
    finally:
        process.terminate()
        process.wait(10)
        thread.join(10)
        if process.stdout is not None:
            process.stdout.close()


def fetch(url: str, seen: str = "") -> dict[str, object]:
    request = urllib.request.Request(url, headers={"X-Seen-Change": seen} if seen else {})
    with urllib.request.urlopen(request, timeout=30) as response:
        answer: dict[str, object] = json.load(response)
    return answer


def fetch_number(cms: LiveServer, seen: str = "") -> int:
    answer = fetch(f"{cms.url}/api/v2/resolve/?path={quote(PATH)}", seen)
    summary = str(answer["page"]["summary"])  # type: ignore[index]
    return int(summary[:4]) if summary[:4].isdigit() else 0


def test_two_workers__publications_race_with_readers__no_answer_is_older_than_was_seen(
    live_instance: Instance, live_cms: LiveServer, other_cms: LiveServer
) -> None:
    workers = [live_cms, other_cms]
    for cms in workers:
        fetch_number(cms)
    too_old: list[str] = []
    reads = 0

    with run_publisher(live_instance) as (publisher, thread):
        while thread.is_alive():
            for first, second in (workers, workers[::-1]):
                done = publisher.last
                cursor = str(fetch(f"{first.url}/api/v2/changes/")["cursor"])
                found = fetch_number(second, cursor)
                if found < done:
                    too_old.append(f"{cursor}: {found}, though {done} was out")
                asked_at = time.monotonic()
                done = publisher.find_oldest_allowed(asked_at)
                found = fetch_number(first)
                if found < done:
                    too_old.append(f"without a cursor: {found}, though {done} was out for long")
                reads += 2
        assert publisher.last == PUBLICATIONS

    assert not too_old
    assert reads > PUBLICATIONS
    cursor = str(fetch(f"{live_cms.url}/api/v2/changes/")["cursor"])
    assert [fetch_number(cms, cursor) for cms in workers] == [PUBLICATIONS, PUBLICATIONS]
