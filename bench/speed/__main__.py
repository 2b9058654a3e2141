"""How fast pages come, how soon a publish is seen, and what both cost: every figure promised.

`make bench` starts all that it needs on free ports, with data of its own in a temporary folder,
and prints a table. A and B of every ratio are measured in turn, in the same rounds.

    SEARCH_DATA   the folder of the 8,000 conditions        ../shared/data/search
    ROUNDS        how many rounds, 5 or more                5
    OUT           the figures as JSON                       bench.json
"""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from bench.speed.cores import Cores
from bench.speed.figures import FIGURES
from bench.speed.groups import GROUPS
from bench.speed.machine import describe_machine
from bench.speed.programs import describe_missing, read_versions
from bench.speed.run import Group, Run
from bench.speed.table import Results, build_document, build_table
from scripts.instance import REPOSITORY_ROOT

LEAST_ROUNDS: Final = 5
_PACKAGES: Final = ("django", "wagtail", "granian", "starlette", "jinja2", "aiohttp", "msgspec")


@dataclass(frozen=True)
class Options:
    """What was asked for."""

    only: tuple[str, ...]
    rounds: int
    is_quick: bool
    out: Path
    search_data: Path


def main() -> int:
    """Measure, print, write. 1 when a target is missed, or a figure could not be measured."""
    options = read_options()
    # Whatever ends the run ends its servers too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _frame: sys.exit(128 + which))
    results = Results()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="massage-aha-bench-") as folder:
        run = Run(
            folder=Path(folder),
            search_data=options.search_data,
            rounds=options.rounds,
            seconds=1 if options.is_quick else 2,
            is_quick=options.is_quick,
            cores=Cores(),
        )
        for group in GROUPS:
            if set(group.keys) & set(options.only):
                measure_group(group, run, results)
        words = run.cores.words
    minutes = (time.monotonic() - started) / 60
    results.notes += [words, f"{options.rounds} rounds, {minutes:.0f} minutes."]
    print(build_table(results))
    document = build_document(
        results,
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        rounds=options.rounds,
        quick=options.is_quick,
        machine={**describe_machine(), "cores": words},
        versions=describe_versions(),
    )
    options.out.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0 if results.is_complete else 1


def measure_group(group: Group, run: Run, results: Results) -> None:
    """Measure one group; where that fails, its figures are missing, and the others are not."""
    if missing := describe_missing(group.programs):
        results.missing.update(dict.fromkeys(group.keys, missing))
        return
    print(f"Measuring {group.name} …", file=sys.stderr, flush=True)
    try:
        figures, notes = group.measure(run)
    except Exception as error:
        # The other groups take half an hour: what they find must not be lost.
        said = "\n".join([str(error), *getattr(error, "__notes__", ())])
        print(f"{group.name}: {type(error).__name__}: {said}", file=sys.stderr, flush=True)
        reason = f"{type(error).__name__}, see above"
        results.missing.update(dict.fromkeys(group.keys, reason))
        return
    results.add(figures, notes)
    for key, value in figures.items():
        print(f"  {key} {value:.3f}", file=sys.stderr, flush=True)


def describe_versions() -> dict[str, str]:
    """What was measured, and with what."""
    ours = {name: metadata.version(name) for name in _PACKAGES}
    return {"python": platform.python_version(), **ours, **read_versions()}


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """What the command line and the environment say; ends the program where that is wrong."""
    keys = [figure.key for figure in FIGURES]
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="KEY,…", default=",".join(keys), help="these figures")
    parser.add_argument(
        "--quick", action="store_true", help="small and rough, to work on the benchmark itself"
    )
    given: Any = parser.parse_args(arguments)
    only = tuple(key.strip() for key in given.only.split(",") if key.strip())
    if unknown := sorted(set(only) - set(keys)):
        parser.error(f"there is no figure {', '.join(unknown)}; these are: {', '.join(keys)}")
    rounds = int(os.environ.get("ROUNDS") or (2 if given.quick else LEAST_ROUNDS))
    if rounds < LEAST_ROUNDS and not given.quick:
        parser.error(f"ROUNDS must be {LEAST_ROUNDS} or more; --quick takes fewer")
    data = Path(os.environ.get("SEARCH_DATA") or REPOSITORY_ROOT / "../shared/data/search")
    return Options(only, rounds, given.quick, Path(os.environ.get("OUT") or "bench.json"), data)


if __name__ == "__main__":
    sys.exit(main())
