"""How time grows with the number of pages.

Most queries of a file mean nothing among the first thousand pages, and to look for what is not
there takes a time of its own. So the queries here are made of those pages: what somebody would
type who means one of them.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bench.search_timing import Measured, Query, Times

SIZES: Final = (1000, 2000, 4000)
_PAGES: Final = 80


def build_queries(conditions: Sequence[dict[str, Any]]) -> list[Query]:
    """Queries for a few of the pages that are there from the smallest size on."""
    chosen = conditions[: SIZES[0] : SIZES[0] // _PAGES]
    texts = [text for condition in chosen for text in _type(condition)]
    return [{"qid": f"growth{number:04}", "q": text} for number, text in enumerate(texts)]


def _type(condition: dict[str, Any]) -> Iterator[str]:
    """The name, its beginning, one letter missing, a question, and two symptoms."""
    name = condition["name"]
    middle = len(name) // 2
    yield name
    yield name[: max(middle, 3)]
    yield name[:middle] + name[middle + 1 :]
    yield f"is massage safe with {name}"
    if len(condition["symptoms"]) > 1:
        yield " and ".join(symptom["label"] for symptom in condition["symptoms"][:2])


def describe_growth(first: Measured, last: Measured) -> str:
    """How many times as long everything takes, for so many times as many pages."""
    logarithm = math.log(last.pages) / math.log(first.pages)
    return (
        f"{last.pages / first.pages:.1f} times the pages, {logarithm:.2f} times their logarithm: "
        f"search takes {_compare(first.search, last.search)} times as long at the median, "
        f"suggest {_compare(first.suggest, last.suggest)}."
    )


def _compare(first: Times, last: Times) -> str:
    return f"{last.median / first.median:.2f}"
