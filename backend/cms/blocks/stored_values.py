"""Stored values of blocks, as Wagtail writes them."""

from typing import Any


def unwrap_item(item: Any) -> Any:
    """The value of a stored list item, which Wagtail wraps as `{"type": "item", "value": …}`."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def get_rows(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The structs in the list `name` of a stored struct; anything else stands as an empty one."""
    items = raw.get(name)
    rows = [unwrap_item(item) for item in items] if isinstance(items, list) else []
    return [row if isinstance(row, dict) else {} for row in rows]
