"""How many requests a second a server answers, by wrk, which is faster than any of them."""

import re
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bench.speed.cores import Cores
from bench.speed.programs import find_program

CONNECTIONS: Final = 16
# A slow server still works on what the load before has left.
_SETTLING: Final = 1.0
_RATE: Final = re.compile(r"^Requests/sec:\s+(?P<rate>[\d.]+)", re.MULTILINE)
_TROUBLE: Final = re.compile(r"^\s*(?:Non-2xx or 3xx responses|Socket errors):.*", re.MULTILINE)

Rates = dict[str, list[float]]


class LoadError(Exception):
    """The load was not what was meant to be measured; the message says why."""


class LoadGenerator:
    """Asks one address as fast as it is answered, for some seconds, on the clients' cores."""

    def __init__(self, cores: Cores, seconds: int) -> None:
        self._cores = cores
        self._seconds = seconds
        self._program = find_program("wrk")

    def measure_rate(self, url: str, headers: Mapping[str, str] | None = None) -> float:
        """Answers a second. Raises `LoadError` where any was an error."""
        words = [f"{name}: {value}" for name, value in (headers or {}).items()]
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{self._seconds}s", "--timeout", "30s"]
        options += [part for word in words for part in ("-H", word)]
        time.sleep(_SETTLING)
        with self._cores.for_client():
            finished = subprocess.run(
                [self._program, *options, url], capture_output=True, text=True, check=False
            )
        return read_rate(finished.stdout + finished.stderr, url)


def read_rate(said: str, url: str) -> float:
    """The rate that wrk printed. Raises `LoadError` where it printed none, or errors."""
    rate = _RATE.search(said)
    trouble = _TROUBLE.search(said)
    if rate is None or trouble is not None or not float(rate["rate"]):
        reason = trouble[0].strip() if trouble else said.strip()[-300:]
        raise LoadError(f"{url} could not be measured: {reason}")
    return float(rate["rate"])


def measure_in_turn(subjects: Mapping[str, Callable[[], float]], rounds: int) -> Rates:
    """Measure each of `subjects` once a round, there and back, so that drift hits all alike."""
    found: Rates = {name: [] for name in subjects}
    for number in range(rounds):
        names = list(subjects)
        for name in names if number % 2 == 0 else reversed(names):
            found[name].append(subjects[name]())
    return found


def compute_ratio(a: Sequence[float], b: Sequence[float]) -> float:
    """The median of the rounds' own ratios of `a` to `b`."""
    return statistics.median(one / other for one, other in zip(a, b, strict=True))


def describe_rates(rates: Rates) -> list[str]:
    """A line for each subject: the median of its rounds, the slowest and the fastest."""
    return [
        f"  {name:40}{statistics.median(values):10,.0f} a second "
        f"({min(values):,.0f} to {max(values):,.0f})"
        for name, values in rates.items()
    ]
