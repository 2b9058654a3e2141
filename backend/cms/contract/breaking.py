"""Which differences between two versions of the contract would break its readers."""

from collections.abc import Callable, Iterator
from operator import gt, lt
from typing import Any, Final

from cms.contract.schemas import Schema

# What readers rely on: a list that is never empty, a number within bounds.
_PROMISES: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "minItems": lt,
    "minLength": lt,
    "minimum": lt,
    "maximum": gt,
}


def find_breaking_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What a reader of the `old` OpenAPI document could stumble over in the `new` one.

    A new field, block, endpoint or choice is no such thing: readers ignore what they do not know.
    """
    return [*_compare_paths(old["paths"], new["paths"]), *_compare_all_schemas(old, new)]


def is_major_version_raised(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether the first number of the version has grown."""
    return _major(new) > _major(old)


def _major(document: dict[str, Any]) -> int:
    return int(document["info"]["version"].split(".", maxsplit=1)[0])


def _compare_paths(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for path, operations in old.items():
        for method, operation in operations.items():
            place = f"{method.upper()} {path}"
            present = new.get(path, {}).get(method)
            if present is None:
                yield f"{place} is gone"
            else:
                yield from _compare_parameters(place, operation, present)
                yield from _compare_responses(place, operation, present)


def _compare_parameters(place: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    known = {parameter["name"]: parameter for parameter in old["parameters"]}
    offered = {parameter["name"]: parameter for parameter in new["parameters"]}
    for name in known.keys() - offered.keys():
        yield f"{place} no longer takes {name!r}"
    for name, parameter in offered.items():
        before = known.get(name, {"required": False, "schema": {}})
        if parameter["required"] and not before["required"]:
            yield f"{place} now requires {name!r}"
        taken = parameter["schema"].get("enum")
        if taken is not None and not set(before["schema"].get("enum", taken)) <= set(taken):
            yield f"{place} takes fewer values of {name!r}"


def _compare_responses(place: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for status, response in old["responses"].items():
        if response.get("content") != new["responses"].get(status, {}).get("content"):
            yield f"{place} answers something else with {status}"


def _compare_all_schemas(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    known, offered = old["components"]["schemas"], new["components"]["schemas"]
    for name, schema in known.items():
        if name not in offered:
            yield f"the schema {name} is gone"
        else:
            yield from _compare_schemas(name, schema, offered[name])


def _compare_schemas(place: str, old: Schema, new: Schema) -> Iterator[str]:
    for keyword in ("type", "$ref", "const", "format", "contentMediaType"):
        if old.get(keyword) != new.get(keyword):
            yield f"{place}: {keyword} changed from {old.get(keyword)!r} to {new.get(keyword)!r}"
    for keyword, is_wider in _PROMISES.items():
        promised = old.get(keyword)
        if promised is not None and (keyword not in new or is_wider(new[keyword], promised)):
            yield f"{place}: {keyword} {promised} is no longer kept"
    for name, schema in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{place}.{name} is gone"
        else:
            yield from _compare_schemas(f"{place}.{name}", schema, new["properties"][name])
    for name in set(old.get("required", ())) - set(new.get("required", ())):
        yield f"{place}.{name} may now be missing"
    if "items" in old:
        yield from _compare_schemas(f"{place}[]", old["items"], new.get("items", {}))
    yield from _compare_unions(place, old, new)


def _compare_unions(place: str, old: Schema, new: Schema) -> Iterator[str]:
    # A union of named members may grow: readers skip what they do not know. Null is no such member.
    if ("anyOf" in old) != ("anyOf" in new):
        yield f"{place}: may now be null, or is described in another way"
    elif "anyOf" in old and old["anyOf"] != new["anyOf"]:
        yield f"{place}: the kinds of value changed"
    for keyword in ("oneOf", "allOf"):
        for member in old.get(keyword, ()):
            if member not in new.get(keyword, ()):
                yield f"{place}: no longer has {member.get('$ref', member)}"
