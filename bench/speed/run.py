"""What every group of figures works with: the options of the run, its folder and its cores."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.speed.cores import Cores
from bench.speed.load import LoadGenerator

LARGE: Final = 8000
SMALL: Final = 100

Measured = tuple[dict[str, float], list[str]]


@dataclass
class Run:
    """One run of the benchmark. Everything that it writes is below `folder`."""

    folder: Path
    search_data: Path
    rounds: int
    seconds: int
    # A tenth of the pages and publishes: for who changes the benchmark, not for figures.
    is_quick: bool = False
    cores: Cores = field(default_factory=Cores)

    @property
    def large(self) -> int:
        """How many pages the large library has."""
        return self.shorten(LARGE)

    def shorten(self, count: int) -> int:
        """`count`, or a tenth of it in a quick run."""
        return max(count // 10, 1) if self.is_quick else count

    def build_load(self) -> LoadGenerator:
        """What asks. Raises `MissingProgramError`."""
        return LoadGenerator(self.cores, self.seconds)

    def make_folder(self, name: str) -> Path:
        """A folder of this name, new and empty."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path


@dataclass(frozen=True)
class Group:
    """Figures that are measured together, with the programs of others that they need."""

    name: str
    keys: tuple[str, ...]
    measure: Callable[[Run], Measured]
    programs: tuple[str, ...] = ()
