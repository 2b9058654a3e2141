"""Queries that Django puts together once, for questions that every answer asks.

Putting such a query together takes Django several times as long as the database takes to answer it.
"""

import re
from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

Values = Collection[int] | Collection[str]

_PLACE: Final = re.compile(r"%[s%]")


class PreparedQuery:
    """A query of `values_list()` whose conditions are lists: `… IN (…)`, each of any length.

    `build` makes it, from one list for each of `examples`, which say what kind of values the lists
    have: two different ones of one kind, if there are two. What is answered is as the database has
    it: ask for numbers and texts.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *examples: int | str) -> None:
        self._build = build
        self._examples = examples

    def fetch(self, *lists: Values) -> list[tuple[Any, ...]]:
        """The rows. Nothing is in an empty list."""
        texts, values = self._parts
        sql = [texts[0]]
        parameters: list[Any] = []
        for text, value in zip(texts[1:], values, strict=True):
            if isinstance(value, _List):
                wanted = lists[value.number]
                sql.append(", ".join(["%s"] * len(wanted)) or "NULL")
                parameters.extend(wanted)
            else:
                sql.append("%s")
                parameters.append(value)
            sql.append(text)
        with connection.cursor() as cursor:
            cursor.execute("".join(sql), parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    @cached_property
    def _parts(self) -> tuple[list[str], list[Any]]:
        """The SQL around each place for a value, and what belongs there."""
        query = self._build(*([example] for example in self._examples)).query
        sql, parameters = query.sql_with_params()
        lists = {example: _List(number) for number, example in enumerate(self._examples)}
        places = [match for match in _PLACE.finditer(sql) if match[0] == "%s"]
        ends = [0, *(place.end() for place in places)]
        starts = [*(place.start() for place in places), len(sql)]
        texts = [sql[end:start] for end, start in zip(ends, starts, strict=True)]
        found = [
            lists.get(value, value) if type(value) in (int, str) else value for value in parameters
        ]
        if sum(isinstance(each, _List) for each in found) < len(lists):
            raise RuntimeError(f"The query has no place for one of its lists: {sql}")
        return texts, found


class _List:
    """Stands for one of the lists among the parameters of a query."""

    def __init__(self, number: int) -> None:
        self.number = number
