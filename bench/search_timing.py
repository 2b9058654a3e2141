"""Asks the API what readers would ask, one request after another, and notes how long each takes."""

import gc
import json
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.test import Client

from cms.conditions.models import ConditionPage

SEARCH_URL: Final = "/api/v2/search/"
SUGGEST_URL: Final = "/api/v2/search/suggest/"
HEADINGS: Final = "".join(
    f"{name:>10}" for name in ("pages", "requests", "p50", "p95", "slowest", "own p50", "own p95")
)
# One of so many queries is also typed, letter by letter.
_TYPED_EVERY: Final = 8
_WARM_UPS: Final = 20

Query = dict[str, str]


class AnswerError(Exception):
    """The API failed; a refusal of what cannot be answered is no failure."""


@dataclass
class Times:
    """How long requests took, in milliseconds: by the clock, and of this process's own work."""

    clock: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """What half of the requests took at most, by the clock."""
        return statistics.median(self.clock)

    def describe(self) -> str:
        """The number of requests; 50, 95 and 100 % by the clock; 50 and 95 % of our own work."""
        figures = (
            self.median,
            _compute_p95(self.clock),
            max(self.clock),
            statistics.median(self.own),
            _compute_p95(self.own),
        )
        return f"{len(self.clock):10,}" + "".join(f"{figure:10.1f}" for figure in figures)


@dataclass
class Measured:
    """What a round of queries took, with so many pages in the database."""

    pages: int
    search: Times = field(default_factory=Times)
    suggest: Times = field(default_factory=Times)

    def describe(self) -> str:
        """Two lines for the table below `HEADINGS`."""
        return "\n".join(
            f"{name:16}{self.pages:10,}{times.describe()}"
            for name, times in (("search", self.search), ("suggest", self.suggest))
        )


class Asker:
    """Asks one CMS, in this process, through all of its middleware."""

    def __init__(self) -> None:
        self.client = Client()
        # A page's address is its number in the data.
        self.slugs = dict(ConditionPage.objects.values_list("pk", "slug"))

    def measure(self, queries: Sequence[Query], out: Path, show: Callable[[int], None]) -> Measured:
        """Ask every query, type some, and write what was found as `score.py` reads it."""
        # Else the collector walks through all of the data now and then, which no server holds.
        gc.collect()
        gc.freeze()
        self._warm_up()
        measured = Measured(len(self.slugs))
        with out.open("w", encoding="utf-8") as file:
            for row in self._search(queries, measured.search, show):
                file.write(json.dumps(row) + "\n")
        for typed in _type(queries):
            self._ask(SUGGEST_URL, typed, measured.suggest)
        return measured

    def _search(
        self, queries: Sequence[Query], times: Times, show: Callable[[int], None]
    ) -> Iterable[dict[str, Any]]:
        for number, query in enumerate(queries, start=1):
            answer = self._ask(SEARCH_URL, query["q"], times) or {"results": []}
            found = (self.slugs.get(result["id"]) for result in answer["results"])
            ids = [slug for slug in found if slug is not None]
            yield {"qid": query["qid"], "ids": ids, "ms": round(times.clock[-1], 3)}
            show(number)

    def _ask(self, url: str, query: str, times: Times) -> Any:
        """The answer, or None where the query is refused. Raises `AnswerError`."""
        started, worked = time.perf_counter(), time.process_time()
        response = self.client.get(url, {"q": query})
        times.own.append((time.process_time() - worked) * 1000)
        times.clock.append((time.perf_counter() - started) * 1000)
        if response.status_code not in {200, 400}:
            raise AnswerError(f"{url} answered {response.status_code} to “{query}”.")
        return response.json() if response.status_code == 200 else None

    def _warm_up(self) -> None:
        """Ask for a few pages by name, so that what a process does once is done."""
        pages = ConditionPage.objects.order_by("slug")[:_WARM_UPS]
        for name in pages.values_list("condition_name", flat=True):
            self._ask(SEARCH_URL, name, Times())
            self._ask(SUGGEST_URL, name, Times())


def _type(queries: Sequence[Query]) -> Iterator[str]:
    """What stands in the search box after every letter of some of the queries."""
    for query in queries[::_TYPED_EVERY]:
        yield from (query["q"][:length] for length in range(1, len(query["q"]) + 1))


def _compute_p95(times: Sequence[float]) -> float:
    """What 95 % took at most, as `score.py` computes it."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


def read_queries(path: Path) -> list[Query]:
    """The queries of a file, one a line, of which only `qid` and `q` are looked at."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [{"qid": row["qid"], "q": row["q"]} for row in rows]
