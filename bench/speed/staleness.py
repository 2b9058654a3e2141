"""Whether anybody gets something older than a change that they could know of.

One process publishes without a pause. Meanwhile readers ask two sites what they have applied
(`/healthz`), then for a page, which must be no older than that. Others read the feed of the CMS,
then ask `resolve/` of either CMS worker for an answer no older than it. Everything is judged
afterwards, when it is known which publish has which number.
"""

import json
import re
import subprocess
import sys
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from bench.search_progress import ProgressBar
from bench.speed.asking import Asker
from bench.speed.run import Group, Measured, Run
from bench.speed.servers import build_bench_instance, load_demo, run_cms, run_site
from bench.speed.watching import find_paths
from scripts.instance import Instance
from scripts.postgres import run_server as run_postgres

SLUG: Final = "multiple-sclerosis"
PUBLISHES: Final = 1000
READERS: Final = 2
# Some hundred answers a second, which leaves the processor to those who give them.
_PAUSE: Final = 0.01
_MARK: Final = re.compile(rb"published-(?P<number>\d{5})")
_APPLIED: Final = re.compile(rb"^change: [0-9a-f]+-(?P<number>\d+)-", re.MULTILINE)
_PAGE: Final = f"/conditions/{SLUG}/"


def build_mark(number: int) -> str:
    """The word by which an answer shows which publish it is from."""
    return f"published-{number:05}"


@dataclass(frozen=True)
class Read:
    """An answer: the number of the feed that was known before, and the publish that it shows."""

    known: int
    shown: int


@dataclass
class Reader:
    """Reads on and on until told to stop. `ask` makes one reading, or None."""

    ask: Callable[[], Read | None]
    reads: list[Read]
    failures: list[str]

    def run(self, is_over: threading.Event) -> None:
        """Read until `is_over`."""
        while not is_over.wait(_PAUSE):
            try:
                read = self.ask()
            except OSError as error:
                self.failures.append(str(error))
                continue
            if read is not None:
                self.reads.append(read)


def measure(run: Run) -> Measured:
    """Stale answers of all publishes, on both engines together."""
    times = run.shorten(PUBLISHES)
    stale, notes = _measure_engine(run, "SQLite", "", times)
    with run_postgres() as database_url:
        more, others = _measure_engine(run, "PostgreSQL", database_url, times)
    return {"stale_reads": stale + more}, [*notes, *others]


def _measure_engine(run: Run, engine: str, database_url: str, times: int) -> tuple[int, list[str]]:
    instance = build_bench_instance(run.make_folder(f"staleness-{engine}"), database_url)
    load_demo(instance)
    with ExitStack() as stack:
        stack.enter_context(run_cms(instance, workers=2))
        urls = [stack.enter_context(run_site(instance, name)).url for name in ("one", "two")]
        listing = _find_listing(Asker(urls[0]))
        on_sites = [_build_site_reader(url, path) for url in urls for path in (_PAGE, listing)]
        on_api = [_build_api_reader(instance.cms_url) for _ in range(READERS)]
        publishes = _read_while_publishing(instance, [*on_sites, *on_api], times)
    lines = [f"Reading while a process published {len(publishes):,} times on {engine}:"]
    stale = 0
    for label, readers in (("pages of two sites", on_sites), ("resolve/ of two workers", on_api)):
        reads = [read for reader in readers for read in reader.reads]
        found = count_stale(reads, publishes)
        stale += found
        failed = sum(len(reader.failures) for reader in readers)
        shown = len({read.shown for read in reads})
        lines.append(
            f"  {label:26}{len(reads):8,} reads, of {shown:,} publishes, "
            f"{found:,} stale, {failed:,} failed"
        )
        faults = Counter(fault for reader in readers for fault in reader.failures)
        lines += [f"    {count:,} x {fault}" for fault, count in faults.most_common(3)]
    return stale, lines


def count_stale(reads: Iterable[Read], publishes: Sequence[tuple[int, int]]) -> int:
    """How many of `reads` show less than what was known; `publishes` has (which, number)."""
    numbers = [number for _which, number in publishes]

    def find_publish(number: int) -> int:
        place = bisect_right(numbers, number)
        return publishes[place - 1][0] if place else 0

    return sum(read.shown < find_publish(read.known) for read in reads)


def find_shown(body: bytes) -> int:
    """The publish that `body` shows, the oldest one if it shows several; 0 for none."""
    return min((int(match["number"]) for match in _MARK.finditer(body)), default=0)


def find_applied(health: bytes) -> int:
    """The number of the change that a site has applied, by its /healthz; 0 for none."""
    match = _APPLIED.search(health)
    return int(match["number"]) if match else 0


def _find_listing(site: Asker) -> str:
    """The A to Z, or whatever else lists the page."""
    name = b"Multiple Sclerosis"
    for path in find_paths(site):
        if path != _PAGE and name in site.get(path).body:
            return path
    return _PAGE


def _build_site_reader(url: str, path: str) -> Reader:
    site = Asker(url)

    def ask() -> Read | None:
        known = find_applied(_get(site, "/healthz"))
        shown = find_shown(_get(site, path))
        return Read(known, shown) if known else None

    return Reader(ask, [], [])


def _build_api_reader(cms_url: str) -> Reader:
    cms = Asker(cms_url)
    path = f"/api/v2/resolve/?path={quote(_PAGE, safe='')}"

    def ask() -> Read | None:
        cursor = str(json.loads(_get(cms, "/api/v2/changes/"))["cursor"])
        # The next connection may lead to the other worker.
        cms.close()
        body = _get(cms, path, {"X-Seen-Change": cursor})
        return Read(int(cursor.split("-")[1]), find_shown(body))

    return Reader(ask, [], [])


def _get(server: Asker, path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """What is there. Raises `OSError` for any other answer than 200."""
    reply = server.get(path, headers)
    if reply.status != 200:
        raise OSError(f"{path} answered {reply.status}")
    return reply.body


def _read_while_publishing(
    instance: Instance, readers: Sequence[Reader], times: int
) -> list[tuple[int, int]]:
    """Let `readers` read while the page is published; each publish with its number."""
    is_over = threading.Event()
    threads = [
        threading.Thread(target=reader.run, args=(is_over,), daemon=True) for reader in readers
    ]
    bar = ProgressBar("Publishing", times)
    publishes: list[tuple[int, int]] = []
    command = [sys.executable, "-m", "bench.speed.publisher", SLUG, str(times)]
    with subprocess.Popen(
        command,
        cwd=instance.cms.folder,
        env=dict(instance.environment),
        stdout=subprocess.PIPE,
        text=True,
    ) as publisher:
        for thread in threads:
            thread.start()
        assert publisher.stdout is not None  # noqa: S101 - a pipe was asked for
        for line in publisher.stdout:
            which, number = line.split()
            publishes.append((int(which), int(number)))
            bar.show(len(publishes))
        # The sites read on until they have applied the last one.
        is_over.wait(2)
        is_over.set()
        for thread in threads:
            thread.join()
    if publisher.returncode:
        raise subprocess.CalledProcessError(publisher.returncode, command)
    return publishes


GROUP: Final = Group("staleness", ("stale_reads",), measure)
