"""What readers notice when the CMS dies, comes back, and is cut off.

`make bench-outage` puts readers on a site without a pause: some ask for the pages that it has, one
asks for paths that nobody has asked for. Meanwhile the CMS is killed and started again, and the
connection between the two hangs, breaks and is slow. During each trouble something is published;
what counts afterwards is how long the site needs to show it. The exit status is 1 when a page that
the site had was not answered with 200, or a change was never shown.
"""

import argparse
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.killed_server import KilledServer
from bench.outage_proxy import Trouble, TroubledProxy
from bench.speed.asking import Asker
from bench.speed.servers import build_bench_instance, load_demo, run_in_cms, run_site
from bench.speed.staleness import SLUG, build_mark
from bench.speed.watching import NeverShownError, Place, find_paths, wait_until_shown
from scripts.instance import LOOPBACK, Instance

READERS: Final = 4
_PAGE: Final = f"/conditions/{SLUG}/"
_PATIENCE: Final = 60.0


@dataclass
class Phase:
    """What was answered while one thing was the matter, and how long catching up took after."""

    name: str
    known: Counter[int] = field(default_factory=Counter)
    unknown: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    caught_up: float | None = None

    @property
    def errors(self) -> int:
        """Requests for pages that the site had which were not answered with 200."""
        return sum(count for status, count in self.known.items() if status != 200)


class Readers:
    """Threads that ask one site; what they are told counts for the phase of the moment."""

    def __init__(self, url: str, paths: Sequence[str]) -> None:
        self._url = url
        self._paths = paths
        self._is_over = threading.Event()
        self._asked = 0
        self.phases = [Phase("all is well")]

    @contextmanager
    def read(self) -> Iterator[None]:
        """Let them read until the end of the block."""
        threads = [threading.Thread(target=self._read_known) for _ in range(READERS)]
        threads.append(threading.Thread(target=self._read_unknown))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            for thread in threads:
                thread.join()

    def begin(self, name: str) -> Phase:
        """Start another phase; an answer counts for the phase in which it was asked for."""
        self.phases.append(Phase(name))
        return self.phases[-1]

    def _read_known(self) -> None:
        site = Asker(self._url)
        while not self._is_over.is_set():
            for path in self._paths:
                phase = self.phases[-1]
                began = time.perf_counter()
                phase.known[_ask(site, path)] += 1
                phase.slowest = max(phase.slowest, time.perf_counter() - began)

    def _read_unknown(self) -> None:
        site = Asker(self._url)
        while not self._is_over.wait(0.2):
            self._asked += 1
            phase = self.phases[-1]
            phase.unknown[_ask(site, f"/nobody/has/asked/{self._asked}/")] += 1


def main() -> int:
    """Measure, print, and say whether readers noticed nothing."""
    parser = argparse.ArgumentParser(prog="make bench-outage", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="how long each trouble lasts")
    seconds = parser.parse_args().seconds
    # Whatever ends the run ends its servers too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _frame: sys.exit(128 + which))
    try:
        phases = measure(seconds)
    except NeverShownError as error:
        print(error, file=sys.stderr)
        return 1
    print(build_table(phases))
    return 1 if any(phase.errors for phase in phases) else 0


def measure(seconds: float) -> list[Phase]:
    """Every trouble for so many seconds. Raises `NeverShownError`."""
    with tempfile.TemporaryDirectory(prefix="massage-aha-outage-") as folder, ExitStack() as stack:
        instance = build_bench_instance(Path(folder) / "data")
        load_demo(instance)
        cms = KilledServer(instance.cms, instance.cms_url, dict(instance.environment))
        stack.enter_context(cms.run())
        proxy = TroubledProxy(instance.cms_port)
        stack.enter_context(proxy.run())
        address = f"http://{LOOPBACK}:{proxy.port}"
        site = stack.enter_context(run_site(instance, "outage", CMS_INTERNAL_URL=address))
        readers = Readers(site.url, _find_pages(Asker(site.url)))
        place = Place(Asker(site.url), _PAGE)
        stack.enter_context(readers.read())
        time.sleep(seconds)

        def suffer(name: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
            phase = readers.begin(name)
            begin()
            mark = _publish(instance, len(readers.phases))
            time.sleep(seconds)
            end()
            began = time.perf_counter()
            readers.begin("  and afterwards")
            shown = wait_until_shown([place], mark, _PATIENCE)
            phase.caught_up = shown[place] - began
            time.sleep(seconds / 4)

        suffer("the CMS is dead", cms.kill, cms.start)
        for trouble in (Trouble.HANGS, Trouble.RESETS, Trouble.IS_SLOW):
            suffer(
                f"the connection {trouble.value}",
                lambda trouble=trouble: proxy.make(trouble),  # type: ignore[misc]
                lambda: proxy.make(Trouble.NONE),
            )
    return readers.phases


def build_table(phases: Sequence[Phase]) -> str:
    """A line for each phase, and the sum."""
    heading = f"{'':42}{'pages':>9}{'errors':>8}{'slowest':>10}  {'unknown paths':24}caught up"
    rows = [
        f"{phase.name:42}{phase.known.total():9,}{phase.errors:8,}{phase.slowest * 1000:7.0f} ms"
        f"  {_list_statuses(phase.unknown):24}"
        + ("" if phase.caught_up is None else f"{phase.caught_up:.1f} s")
        for phase in phases
    ]
    pages = sum(phase.known.total() for phase in phases)
    errors = sum(phase.errors for phase in phases)
    return "\n".join([heading, *rows, f"{'in all':42}{pages:9,}{errors:8,}"])


def _list_statuses(statuses: Counter[int]) -> str:
    return ", ".join(f"{count} x {status or 'none'}" for status, count in sorted(statuses.items()))


def _find_pages(site: Asker) -> list[str]:
    """The public pages, each of which the site has answered by then."""
    return [path for path in find_paths(site) if site.get(path).status == 200]


def _publish(instance: Instance, number: int) -> str:
    """Publish past the CMS's own server, which may be dead; the mark that shows it."""
    run_in_cms(instance, "-m", "bench.speed.publisher", SLUG, "1", str(number))
    return build_mark(number)


def _ask(site: Asker, path: str) -> int:
    """The status; 0 for no answer."""
    try:
        return site.get(path).status
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
