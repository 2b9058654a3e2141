"""The static build of a large library: all of it, and what one publish costs afterwards."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bench.search_progress import ProgressBar
from bench.speed.asking import Asker
from bench.speed.editor import Editor, fetch_form
from bench.speed.libraries import build_library
from bench.speed.library_figures import find_listed_slugs
from bench.speed.load import LoadError
from bench.speed.run import Group, Measured, Run
from bench.speed.servers import run_cms
from scripts.instance import Instance


def measure(run: Run) -> Measured:
    """Each full build asks a CMS that has just started; CMS and build share all cores."""
    instance = build_library(run.folder / "library", run.search_data, run.large)
    full = []
    bar = ProgressBar("Building everything, round", run.rounds)
    for number in range(run.rounds):
        # A new folder, not an emptied one: ext4 passes by what was deleted lately, one by one.
        out = run.make_folder(f"built-{number}") / "dist"
        with run_cms(instance, workers=2):
            full.append(build(instance, out))
        bar.show(number + 1)
    files = sum(1 for path in out.rglob("index.html"))
    if files < run.large:
        raise LoadError(f"The build has {files:,} pages, not {run.large:,}.")
    nothing, text, name = _measure_rebuilds(run, instance, out)
    notes = [
        f"Static build of {files:,} pages, CMS cold: {min(full):.1f} to {max(full):.1f} s.",
        f"Build with nothing to do {statistics.median(nothing):.2f} s; beyond that, after a change "
        f"of a page's text {_subtract(text, nothing):.2f} s, of its name, which lists show, "
        f"{_subtract(name, nothing):.2f} s.",
    ]
    figures = {
        "build_8000_s": statistics.median(full),
        "rebuild_one_s": max(_subtract(text, nothing), 0.0),
    }
    return figures, notes


def build(instance: Instance, out: Path) -> float:
    """Build the site of `instance` into `out`; the seconds from start to end."""
    environment = {
        **instance.environment,
        "OUT": str(out),
        "SITE_STORE_DIR": f"{instance.environment['DATA_DIR']}/store-build",
    }
    started = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, "-m", "web.build"],
        cwd=instance.site.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise LoadError(f"The build failed:\n{finished.stderr[-2000:]}")
    return time.perf_counter() - started


def _measure_rebuilds(
    run: Run, instance: Instance, out: Path
) -> tuple[list[float], list[float], list[float]]:
    """Seconds of a build with nothing to do, after a change of text, after one of a name."""
    nothing: list[float] = []
    text: list[float] = []
    name: list[float] = []
    with run_cms(instance, workers=2):
        editor = Editor(instance.cms_url)
        form = fetch_form(instance, find_listed_slugs(Asker(instance.cms_url), 1)[0])
        # What the first build of a process of the CMS finds cold is not of one change.
        build(instance, out)
        for number in range(run.rounds):
            nothing.append(build(instance, out))
            for times, is_named in ((text, False), (name, True)):
                mark = f"built-{number:03}{'n' if is_named else 't'}"
                editor.publish(form, form.mark(mark, is_named=is_named))
                times.append(build(instance, out))
                page = out / form.path.strip("/") / "index.html"
                if mark not in page.read_text():
                    raise LoadError(f"The build has no {mark} in {page}.")
    return nothing, text, name


def _subtract(times: list[float], nothing: list[float]) -> float:
    return statistics.median(times) - statistics.median(nothing)


GROUP: Final = Group("building", ("build_8000_s", "rebuild_one_s"), measure)
