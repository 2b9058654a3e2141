"""What the imaginary CMS suggests: names, and other names, that contain what was typed."""

from collections.abc import Iterable
from typing import Any

from tests.web.block_content import Json


def build_suggestions(query: str, conditions: Iterable[Any]) -> Json:
    found = [_build_suggested_or_none(query, condition) for condition in conditions]
    return {"query": query, "suggestions": [page for page in found if page][:8]}


def _build_suggested_or_none(query: str, condition: Any) -> Json | None:
    name_ranges = _find(query, condition["condition_name"])
    matches = [
        {"kind": term["kind"], "text": term["term"], "ranges": _find(query, term["term"])}
        for term in condition["also_known_as"]
    ]
    match = next((match for match in matches if match["ranges"]), None)
    if not name_ranges and match is None:
        return None
    return {
        "id": condition["id"],
        "type": condition["meta"]["type"],
        "name": condition["condition_name"],
        "path": condition["path"],
        "html_url": condition["meta"]["html_url"],
        "match": None if name_ranges else match,
        "ranges": name_ranges,
    }


def _find(query: str, text: str) -> list[Json]:
    start = text.lower().find(query.lower())
    return [] if start < 0 else [{"start": start, "end": start + len(query)}]
