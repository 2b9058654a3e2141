"""From the click on "Publish" to the new bytes on every page that shows them."""

import statistics
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from bench.speed.asking import Asker
from bench.speed.editor import Editor, Form, fetch_form
from bench.speed.run import Group, Measured, Run
from bench.speed.servers import build_bench_instance, load_demo, run_cms, run_site, run_worker
from bench.speed.watching import Place, find_paths, wait_until_shown
from scripts.postgres import run_server as run_postgres

SLUG: Final = "multiple-sclerosis"
PUBLISHES: Final = 60
WARM_UPS: Final = 3
_PATIENCE: Final = 60.0
_SETTLED: Final = 6.0
# So that publishes fall anywhere between two polls of a site; the sites have done what is left of
# the one before, such as pages that nobody watches.
_PAUSES: Final = (1.31, 1.17, 1.43, 1.59, 1.23)


@dataclass
class Publishes:
    """Seconds from each click: to the admin's answer, to the page itself, to everywhere."""

    answered: list[float] = field(default_factory=list)
    on_page: list[float] = field(default_factory=list)
    everywhere: list[float] = field(default_factory=list)

    def describe(self, label: str) -> list[str]:
        """Lines for the report."""
        parts = {
            "the admin has answered": self.answered,
            "the page itself is new on each site": self.on_page,
            "and every page that shows it": self.everywhere,
        }
        return [
            label,
            *(
                f"  {name:40}{statistics.median(times):8.3f} s median {compute_p95(times):8.3f} p95"
                for name, times in parts.items()
            ),
        ]


def measure(run: Run) -> Measured:
    """Both engines, of which the slower one counts."""
    on_sqlite, notes = _measure_engine(run, "SQLite", "")
    with run_postgres() as database_url:
        on_postgres, more = _measure_engine(run, "PostgreSQL", database_url)
    slower = max(compute_p95(each.everywhere) for each in (on_sqlite, on_postgres))
    return {"publish_visible_p95_s": slower}, [*notes, *more]


def _measure_engine(run: Run, engine: str, database_url: str) -> tuple[Publishes, list[str]]:
    instance = build_bench_instance(run.make_folder(f"publishing-{engine}"), database_url)
    load_demo(instance)
    form = fetch_form(instance, SLUG)
    with ExitStack() as stack:
        stack.enter_context(run_cms(instance, workers=2))
        stack.enter_context(run_worker(instance))
        sites = [stack.enter_context(run_site(instance, name)) for name in ("one", "two")]
        editor = Editor(instance.cms_url)
        askers = [Asker(site.url) for site in sites]
        paths = find_places(editor, form, askers[0])
        places = [Place(asker, path) for asker in askers for path in paths]
        publishes = publish_often(editor, form, places, run.shorten(PUBLISHES))
    label = (
        f"Publishing on {engine}, two CMS workers, two sites, {len(publishes.answered)} times, "
        f"{len(paths)} pages show it:"
    )
    return publishes, publishes.describe(label)


def find_places(editor: Editor, form: Form, site: Asker) -> list[str]:
    """The paths of the pages that show something of the page of `form`, found by looking."""
    paths = find_paths(site)
    editor.publish(form, form.mark("bench-look", is_named=True))
    wait_until_shown([Place(site, form.path)], "bench-look", _PATIENCE)
    time.sleep(_SETTLED)
    others = [path for path in paths if path != form.path]
    return [form.path, *(path for path in others if Place(site, path).shows("bench-look"))]


def publish_often(
    editor: Editor, form: Form, places: Sequence[Place], times: int, *, is_named: bool = True
) -> Publishes:
    """Publish and watch, again and again. Raises `EditorError` and `NeverShownError`."""
    found = Publishes()
    for number in range(WARM_UPS + times):
        mark = f"bench-{number:04}"
        fields = form.mark(mark, is_named=is_named)
        click = _Click(editor, form, fields)
        click.start()
        shown = wait_until_shown(places, mark, _PATIENCE)
        click.join()
        if click.error is not None:
            raise click.error
        if number >= WARM_UPS:
            own = [moment for place, moment in shown.items() if place.path == form.path]
            found.answered.append(click.answered - click.began)
            found.on_page.append(max(own) - click.began)
            found.everywhere.append(max(shown.values()) - click.began)
        time.sleep(_PAUSES[number % len(_PAUSES)])
    return found


class _Click(threading.Thread):
    """One publish, while others watch for it."""

    def __init__(self, editor: Editor, form: Form, fields: dict[str, object]) -> None:
        super().__init__(daemon=True)
        self._editor, self._form, self._fields = editor, form, fields
        self.began = self.answered = time.perf_counter()
        self.error: Exception | None = None

    def run(self) -> None:
        self.began = time.perf_counter()
        try:
            self._editor.publish(self._form, self._fields)
        except Exception as error:
            self.error = error
        self.answered = time.perf_counter()


def compute_p95(times: Sequence[float]) -> float:
    """The time within which 95 of 100 were, at least two of them."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


GROUP: Final = Group("publishing", ("publish_visible_p95_s",), measure)
