"""What the imaginary CMS finds: whatever contains the words, in the shapes of `search/`."""

import re
from collections.abc import Iterable
from typing import Any

from tests.web.block_content import Json

_FACETS = {
    "body_system": ("Body system", [("nervous-system", "Nervous system"), ("skin", "Skin")]),
    "advice": (
        "Massage advice",
        [
            ("acute:avoid", "Flare or acute phase: do not massage"),
            ("remission:modify", "In remission: yes, with changes"),
        ],
    ),
}


def build_found(
    query: str, pages: Iterable[Any], *, chosen: dict[str, str], offset: int = 0, limit: int = 10
) -> Json:
    """The answer of `search/` for those of `pages` that contain `query`.

    Every page counts as one of the nervous system, with changes in remission, and no other.
    """
    found = [page for page in pages if query.lower() in str(page).lower()]
    chosen = {name: value for name, value in chosen.items() if value}
    left = found if {*chosen.values()} <= {"nervous-system", "remission:modify"} else []
    return build_results(
        query,
        [build_result(page, query) for page in left[offset : offset + limit]],
        total=len(left),
        facets=build_facets(len(found), chosen) if found else [],
    )


def build_results(query: str, results: list[Json], **fields: Any) -> Json:
    return {
        "query": query,
        "corrected_query": None,
        "total": len(results),
        "is_total_exact": True,
        "links": [],
        "results": results,
        "facets": [],
        "nearest": [],
        **fields,
    }


def build_result(page: Any, query: str, **fields: Any) -> Json:
    name = page.get("condition_name") or page["title"]
    return {
        "id": page["id"],
        "type": page["meta"]["type"],
        "title": page["title"],
        "name": name,
        "path": page["path"],
        "html_url": page["meta"]["html_url"],
        "summary": page["summary"],
        "is_promoted": False,
        "promotion": "",
        "matches": [
            build_match(kind, text, query)
            for kind, text in [
                ("name", name),
                *((term["kind"], term["term"]) for term in page.get("also_known_as", [])),
            ]
            if find_ranges(query, text)
        ],
        "fragments": [
            build_fragment(text, query)
            for text in [page["summary"]]
            if find_ranges(query, page["summary"])
        ],
        **fields,
    }


def build_match(kind: str, text: str, query: str) -> Json:
    return {"kind": kind, "text": text, "ranges": find_ranges(query, text)}


def build_fragment(text: str, query: str, heading: str = "", block_id: str | None = None) -> Json:
    ranges = find_ranges(query, text)
    return {"text": text, "ranges": ranges, "heading": heading, "block_id": block_id}


def build_facets(count: int, chosen: dict[str, str]) -> list[Json]:
    return [
        {
            "name": name,
            "label": label,
            "values": [
                {
                    "value": value,
                    "label": words,
                    "count": count,
                    "is_selected": chosen.get(name) == value,
                }
                for value, words in values
            ],
        }
        for name, (label, values) in _FACETS.items()
    ]


def find_ranges(query: str, text: str) -> list[Json]:
    found = re.finditer(re.escape(query), text, re.IGNORECASE)
    return [{"start": each.start(), "end": each.end()} for each in found]
