"""How well the search finds what readers mean among thousands of conditions, and how fast.

`make bench-search` loads the conditions of SEARCH_DATA as published pages into a database of its
own, asks the API every query of a file, writes what it found to OUT, and has it scored by the
data's own `score.py`. What the right answers are is known there, and nowhere here.

    SEARCH_DATA   the folder of the data                  ../shared/data/search
    QUERIES       the queries, one a line                 queries-dev.jsonl of that folder
    OUT           what was found                          run.jsonl
    DATABASE_URL  the engine: a server on which a new     an SQLite file
                  database may be made
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bench.search_database import run_cms
from bench.search_progress import ProgressBar
from scripts.instance import REPOSITORY_ROOT

if TYPE_CHECKING:
    from bench.search_conditions import Condition
    from bench.search_timing import Measured, Query


@dataclass(frozen=True)
class Files:
    """What is read, and where the answers are written."""

    data: Path
    queries: Path
    out: Path

    @classmethod
    def from_environment(cls) -> Self:
        """As the environment says. Raises `FileNotFoundError`, saying what to set."""
        data = Path(os.environ.get("SEARCH_DATA") or REPOSITORY_ROOT / "../shared/data/search")
        queries = Path(os.environ.get("QUERIES") or data / "queries-dev.jsonl")
        files = cls(data, queries, Path(os.environ.get("OUT") or "run.jsonl"))
        for path, key in ((data / "conditions.jsonl.gz", "SEARCH_DATA"), (queries, "QUERIES")):
            if not path.is_file():
                raise FileNotFoundError(f"There is no {path}; set {key} to where it is.")
        return files


def main() -> int:
    """Load, ask, score. Returns the exit status."""
    options = _read_options()
    try:
        files = Files.from_environment()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    with _use_folder(options.keep) as folder, run_cms(folder, is_kept=options.keep is not None):
        measure(files, is_grown=options.growth, is_asked=not options.load_only)
    return 0


def measure(files: Files, *, is_grown: bool, is_asked: bool) -> None:
    """Load the pages, ask for them, and print what came of it."""
    from bench.search_conditions import read_conditions
    from bench.search_timing import HEADINGS, read_queries

    conditions = read_conditions(files.data)
    growth = measure_growth(conditions) if is_grown else ""
    load(conditions)
    if not is_asked:
        return
    measured = ask(read_queries(files.queries), files.out)
    print(f"\n{'milliseconds':16}{HEADINGS}", measured.describe(), growth, sep="\n", flush=True)
    score(files)


def measure_growth(conditions: "list[Condition]") -> str:
    """Ask for some of the first pages while the others are added; a table and a line."""
    from bench.search_growth import SIZES, build_queries, describe_growth

    queries = build_queries(conditions)
    measured = []
    for size in (*SIZES, len(conditions)):
        load(conditions[:size])
        measured.append(ask(queries, Path(os.devnull)))
    lines = [each.describe() for each in measured]
    lines.append(describe_growth(measured[0], measured[-1]))
    return "\n".join(["", "The same queries, for pages that are there at every size", *lines, ""])


def load(conditions: "list[Condition]") -> None:
    """Bring the database to these pages."""
    from bench.search_loading import load_pages, settle

    load_pages(conditions, ProgressBar("Loading", len(conditions)).show)
    settle()


def ask(queries: "list[Query]", out: Path) -> "Measured":
    """Ask every query, write what was found, and say how long it took."""
    from bench.search_timing import Asker

    return Asker().measure(queries, out, ProgressBar("Asking", len(queries)).show)


def score(files: Files) -> None:
    """Print what the data's own script says of the run."""
    script = [sys.executable, str(files.data / "score.py")]
    said = ["--queries", str(files.queries), "--run", str(files.out)]
    subprocess.run([*script, *said], check=True)


@contextmanager
def _use_folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="massage-aha-bench-") as folder:
        yield Path(folder)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--load-only", action="store_true", help="load, and ask nothing")
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the loaded database, and use it again"
    )
    either.add_argument(
        "--growth", action="store_true", help="also measure at 1,000, 2,000 and 4,000 pages"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
