"""What a draft changes of the version that readers see now."""

import re
from collections.abc import Iterator
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
_BETWEEN_TAGS: Final = re.compile(r">\s+<")


def find_changes(live: Wire, draft: Wire, page: BasePage) -> list[Wire]:
    """The differences between two pages in draft form, in the order of the page.

    `page` is the draft itself; it knows what its fields and blocks are called.
    """
    live, draft = _tidy(live), _tidy(draft)
    return [*_iterate_fields(live, draft, page), *_iterate_blocks(live, draft, page)]


def _tidy(value: Any) -> Any:
    """`value` without the blanks between tags, which the rich text editor removes when it saves."""
    if isinstance(value, str):
        return _BETWEEN_TAGS.sub("><", value)
    if isinstance(value, dict):
        return {name: _tidy(part) for name, part in value.items()}
    return [_tidy(part) for part in value] if isinstance(value, list) else value


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
    before, after = live.get(_BODY, []), draft[_BODY]
    pairs = _pair(before, after)
    moved = _find_moved(pairs)
    for place, block in enumerate(after):
        what = _describe(block, stream_block)
        if place not in pairs:
            yield _build("added", what, block["id"])
            continue
        if block["value"] != before[pairs[place]]["value"]:
            yield _build("changed", what, block["id"])
        if place in moved:
            yield _build("moved", what, block["id"])
    for place in sorted(set(range(len(before))) - set(pairs.values())):
        yield _build("removed", _describe(before[place], stream_block))


def _pair(before: list[Wire], after: list[Wire]) -> dict[int, int]:
    """The places of the blocks that both versions have: those in `after`, and in `before`.

    The same id makes a pair; of what is left, the same content does, for blocks that a program
    wrote may have been stored without ids.
    """
    pairs: dict[int, int] = {}
    for is_same in (_has_same_id, _has_same_content):
        for place, block in enumerate(after):
            free = (other for other in range(len(before)) if other not in pairs.values())
            if place not in pairs:
                match = next((other for other in free if is_same(before[other], block)), None)
                pairs |= {} if match is None else {place: match}
    return pairs


def _has_same_id(one: Wire, other: Wire) -> bool:
    return bool(one["id"] == other["id"])


def _has_same_content(one: Wire, other: Wire) -> bool:
    return bool(one["type"] == other["type"] and one["value"] == other["value"])


def _find_moved(pairs: dict[int, int]) -> set[int]:
    """The places in `after` that must be taken out and put elsewhere to keep the rest in order."""
    places = sorted(pairs)
    old_order, new_order = sorted(pairs.values()), [pairs[place] for place in places]
    matcher = SequenceMatcher(None, old_order, new_order, autojunk=False)
    kept = {
        new_order[match.b + offset]
        for match in matcher.get_matching_blocks()
        for offset in range(match.size)
    }
    return {place for place in places if pairs[place] not in kept}


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
