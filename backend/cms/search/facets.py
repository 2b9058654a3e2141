"""By what results can be narrowed, with how many are left then."""

from collections.abc import Collection, Mapping
from typing import Any

from cms.search.choices import FacetName
from cms.search.rows import fetch_rows

Wire = dict[str, Any]


def narrow(page_ids: Collection[int], selected: Mapping[FacetName, str]) -> set[int]:
    """Those of the pages that have every selected value. One query for each."""
    left = set(page_ids)
    for name, value in selected.items():
        rows = fetch_rows(
            "SELECT f.page_id FROM search_pagefacet f JOIN search_facetvalue v ON v.id = f.value_id"
            " WHERE v.name = %s AND v.value = %s AND f.page_id IN %s",
            str(name),
            value,
            left,
        )
        left = {page_id for (page_id,) in rows}
    return left


def build_facets(page_ids: Collection[int], selected: Mapping[FacetName, str]) -> list[Wire]:
    """The facets of the pages: each counts what is left with the values selected in the others."""
    if not page_ids:
        return []
    if not selected:
        counted = _count(page_ids, list(FacetName))
    else:
        counted = {}
        for name in FacetName:
            others = {other: value for other, value in selected.items() if other != name}
            counted.update(_count(narrow(page_ids, others), [name]))
    return [
        {
            "name": name,
            "label": str(FacetName(name).label),
            "values": [
                {
                    "value": value,
                    "label": label,
                    "count": count,
                    "is_selected": selected.get(name) == value,
                }
                for value, label, count in counted[name]
            ],
        }
        for name in FacetName
        if counted.get(name)
    ]


def _count(
    page_ids: Collection[int], names: Collection[FacetName]
) -> dict[FacetName, list[tuple[str, str, int]]]:
    rows = fetch_rows(
        """
        SELECT v.name, v.value, v.label, c.count
        FROM (
            SELECT value_id, COUNT(*) AS count FROM search_pagefacet
            WHERE page_id IN %s GROUP BY value_id
        ) AS c JOIN search_facetvalue v ON v.id = c.value_id
        WHERE v.name IN %s
        """,
        page_ids,
        [str(name) for name in names],
    )
    counted: dict[FacetName, list[tuple[str, str, int]]] = {name: [] for name in names}
    for name, value, label, count in sorted(rows, key=lambda row: (-row[3], row[2])):
        counted[FacetName(name)].append((value, label, count))
    return counted
