"""A large library beside a small one: what grows, and how much memory 8,000 pages take."""

import json
import re
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bench.search_progress import ProgressBar
from bench.speed.asking import Asker
from bench.speed.editor import Editor, fetch_form
from bench.speed.libraries import build_library
from bench.speed.load import LoadError, LoadGenerator, compute_ratio, measure_in_turn
from bench.speed.publishing import publish_often
from bench.speed.run import SMALL, Group, Measured, Run
from bench.speed.servers import Server, run_cms, run_site
from bench.speed.watching import Place
from scripts.instance import Instance

COLD_PAGES: Final = 60
PUBLISHES: Final = 15
_PATIENCE: Final = 900.0
_KEPT: Final = re.compile(rb"^pages: (?P<kept>\d+) kept, (?P<waiting>\d+) waiting", re.MULTILINE)
_RSS: Final = re.compile(r"^VmRSS:\s+(?P<kilobytes>\d+) kB", re.MULTILINE)


def measure(run: Run) -> Measured:
    """The memory first, while nothing but the library was asked for; then the growth."""
    load = run.build_load()
    large = build_library(run.folder / "library", run.search_data, run.large)
    small = build_library(run.folder / "small-library", run.search_data, SMALL)
    with ExitStack() as stack:
        # Not pinned: to warm itself the site needs the CMS, and later only the site is measured.
        cms = stack.enter_context(run_cms(large))
        site = stack.enter_context(run_site(large, pinned=run.cores))
        seconds = wait_until_kept(site, run.large)
        figures, notes = measure_memory(cms, site)
        notes.insert(0, f"{run.large:,} pages were in the site's store after {seconds:.0f} s.")
        stack.enter_context(run_cms(small))
        small_site = stack.enter_context(run_site(small, pinned=run.cores))
        wait_until_kept(small_site, SMALL)
        slug = find_listed_slugs(Asker(small.cms_url), 1)[0]
        path = f"/conditions/{slug}/"
        growth = {
            "warm page": _compare_pages(run, load, path, small_site, site),
            "publish": _compare_publishing(run, slug, (small, large), (small_site, site)),
        }
    growth["cold resolve/"] = _compare_cold(run, (small, large))
    slowest = max(growth, key=lambda name: growth[name])
    words = ", ".join(f"{name} {times:.2f}" for name, times in growth.items())
    notes.append(f"Times as long with {run.large:,} pages as with {SMALL}: {words}.")
    return {**figures, "growth_8000_vs_100": growth[slowest]}, notes


def wait_until_kept(site: Server, pages: int) -> float:
    """Return once the site has warmed itself; the seconds that this took.

    Raises `LoadError` where it does not.
    """
    asker = Asker(site.url)
    bar = ProgressBar("Warming", pages)
    started = time.monotonic()
    while True:
        kept, waiting = find_kept(asker.get("/healthz").body)
        bar.show(min(kept, pages))
        taken = time.monotonic() - started
        if kept >= pages and not waiting:
            return taken
        if taken > _PATIENCE:
            raise LoadError(f"After {taken:.0f} s the site has {kept:,} pages of {pages:,}.")
        time.sleep(1)


def find_kept(health: bytes) -> tuple[int, int]:
    """How many pages a site has, and how many of them wait, by its /healthz."""
    match = _KEPT.search(health)
    return (int(match["kept"]), int(match["waiting"])) if match else (0, 0)


def measure_memory(cms: Server, site: Server) -> Measured:
    """The site with all its processes, and the one worker of the CMS; megabytes resident."""
    workers = [read_rss_mb(pid) for pid in cms.find_workers()]
    processes = [read_rss_mb(pid) for pid in (site.pid, *site.find_workers())]
    shown = " + ".join(f"{size:.0f}" for size in processes)
    note = f"Resident: the site's processes {shown} MB, a CMS worker {max(workers):.0f} MB."
    return {"site_rss_mb": sum(processes), "cms_rss_mb": max(workers)}, [note]


def read_rss_mb(pid: int) -> float:
    """Megabytes of memory that a process has now."""
    match = _RSS.search(Path(f"/proc/{pid}/status").read_text())
    return int(match["kilobytes"]) / 1024 if match else 0.0


def _compare_pages(run: Run, load: LoadGenerator, path: str, small: Server, large: Server) -> float:
    rates = measure_in_turn(
        {
            "small": lambda: load.measure_rate(small.url + path, {"Accept-Encoding": "br"}),
            "large": lambda: load.measure_rate(large.url + path, {"Accept-Encoding": "br"}),
        },
        run.rounds,
    )
    return compute_ratio(rates["small"], rates["large"])


def _compare_cold(run: Run, instances: Sequence[Instance]) -> float:
    """Each round by new processes of the CMS, which keep no answers."""
    medians: tuple[list[float], list[float]] = ([], [])
    with ExitStack() as stack:
        urls = []
        for instance in instances:
            bare = Instance(
                instance.cms_port,
                instance.site_port,
                {**instance.environment, "STORED_ANSWERS_MB": "0"},
            )
            urls.append(stack.enter_context(run_cms(bare, pinned=run.cores)).url)
        slugs = find_listed_slugs(Asker(urls[0]), COLD_PAGES)
        paths = [f"/conditions/{slug}/" for slug in slugs]
        for number in range(run.rounds + 1):
            times = _time_in_turn([Asker(url) for url in urls], paths)
            for taken, found in zip(times, medians, strict=True):
                if number:  # the first round warms Django
                    found.append(statistics.median(taken))
    small, large = medians
    return compute_ratio(large, small)


def _time_in_turn(servers: Sequence[Asker], paths: Sequence[str]) -> list[list[float]]:
    """Seconds of each path's answer by each of `servers`, path by path, there and back."""
    taken: list[list[float]] = [[] for _ in servers]
    for number, path in enumerate(paths):
        pairs = list(zip(servers, taken, strict=True))
        for server, times in pairs if number % 2 == 0 else reversed(pairs):
            started = time.perf_counter()
            server.get(f"/api/v2/resolve/?path={quote(path, safe='')}")
            times.append(time.perf_counter() - started)
    return taken


def _compare_publishing(
    run: Run, slug: str, instances: Sequence[Instance], sites: Sequence[Server]
) -> float:
    """From the click to the page itself; a round of each in turn."""
    found: tuple[list[float], list[float]] = ([], [])
    times = run.shorten(PUBLISHES)
    ready = [
        (Editor(instance.cms_url), form, [Place(Asker(site.url), form.path)])
        for instance, site in zip(instances, sites, strict=True)
        for form in [fetch_form(instance, slug)]
    ]
    for _ in range(max(run.rounds // 2, 1)):
        for (editor, form, places), seconds in zip(ready, found, strict=True):
            seconds += publish_often(editor, form, places, times, is_named=False).on_page
    small, large = found
    return statistics.median(large) / statistics.median(small)


def find_listed_slugs(cms: Asker, count: int) -> list[str]:
    """The first conditions of a library, by the CMS's own listing: of every size the same."""
    query = f"/api/v2/pages/?type=conditions.ConditionPage&limit={count}&order=id"
    return [item["meta"]["slug"] for item in json.loads(cms.get(query).body)["items"]]


GROUP: Final = Group(
    "libraries", ("growth_8000_vs_100", "site_rss_mb", "cms_rss_mb"), measure, programs=("wrk",)
)
