"""What a draft changes of the version that readers see now."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from wagtail.blocks import StreamBlock

from cms.core.base_page import BasePage

Wire = dict[str, Any]

_BODY: Final = "body"
# They follow from other fields, or from other pages.
_NOT_COMPARED: Final = frozenset({"id", "meta", "letters", "last_published_at", _BODY})
_META: Final = {
    "seo_title": "Title for search engines",
    "search_description": "Description for search engines",
}
_LABELS: Final = {
    "title": "Title",
    "path": "Address",
    "also_known_as": "Other names",
    "featured": "Pages on the front page",
}
_LONGEST_HEADING: Final = 80


def find_changes(live: Wire, draft: Wire, page: BasePage) -> list[Wire]:
    """The differences between two pages in draft form, in the order of the page.

    `page` is the draft itself; it knows what its fields and blocks are called.
    """
    return [*_iterate_fields(live, draft, page), *_iterate_blocks(live, draft, page)]


def _iterate_fields(live: Wire, draft: Wire, page: BasePage) -> Iterator[Wire]:
    for name in draft:
        if name not in _NOT_COMPARED and live.get(name) != draft[name]:
            yield _build("changed", _get_field_label(page, name))
    for name, label in _META.items():
        if live["meta"][name] != draft["meta"][name]:
            yield _build("changed", label)


def _get_field_label(page: BasePage, name: str) -> str:
    if name in _LABELS:
        return _LABELS[name]
    try:
        field: Any = page._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ").capitalize()
    return str(capfirst(field.verbose_name))


def _iterate_blocks(live: Wire, draft: Wire, page: BasePage) -> Iterator[Wire]:
    if _BODY not in draft:
        return
    stream_block: StreamBlock = getattr(page, _BODY).stream_block
    before = {block["id"]: block for block in live.get(_BODY, [])}
    after = {block["id"]: block for block in draft[_BODY]}
    moved = _find_moved([key for key in before if key in after], [*_common(after, before)])
    for key, block in after.items():
        what = _describe(block, stream_block)
        if key not in before:
            yield _build("added", what, key)
            continue
        if block["value"] != before[key]["value"]:
            yield _build("changed", what, key)
        if key in moved:
            yield _build("moved", what, key)
    for key, block in before.items():
        if key not in after:
            yield _build("removed", _describe(block, stream_block))


def _common(keys: Iterable[str], others: Wire) -> Iterator[str]:
    return (key for key in keys if key in others)


def _find_moved(before: list[str], after: list[str]) -> set[str]:
    """Those that must be taken out and put elsewhere to make one order of the other."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = {
        key for match in matcher.get_matching_blocks() for key in before[match.a :][: match.size]
    }
    return set(after) - kept


def _describe(block: Wire, stream_block: StreamBlock) -> str:
    definition = stream_block.child_blocks[block["type"]]
    label = str(definition.label)
    heading = str(block["value"].get("heading") or "")
    if not heading or heading.casefold() == label.casefold():
        return label
    if len(heading) > _LONGEST_HEADING:
        heading = f"{heading[:_LONGEST_HEADING].rstrip()}…"
    return f"{label}: {heading}"


def _build(kind: str, what: str, block_id: str | None = None) -> Wire:
    return {"kind": kind, "what": what, "block_id": block_id}
