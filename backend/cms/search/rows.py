"""Reads rows of the index with SQL that both databases take.

A search asks the index a dozen small questions. Django takes several times as long to build such a
query as the database takes to answer it, which readers would wait for.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

Parameter = str | int | bytes | Collection[str] | Collection[int]


def fetch_rows(sql: str, *parameters: Parameter) -> list[tuple[Any, ...]]:
    """The rows of a query. A collection fills its place as a list, as in `IN %s`.

    Nothing is in an empty collection.
    """
    places = []
    values: list[Any] = []
    for parameter in parameters:
        if isinstance(parameter, str | int | bytes):
            places.append("%s")
            values.append(parameter)
        else:
            places.append(f"({', '.join(['%s'] * len(parameter)) or 'NULL'})")
            values.extend(parameter)
    with connection.cursor() as cursor:
        cursor.execute(sql % tuple(places), values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
