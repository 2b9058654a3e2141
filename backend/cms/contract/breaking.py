"""Which differences between two versions of the contract would break its readers."""

from collections.abc import Iterator
from typing import Any

from cms.contract.schemas import Schema


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
            present = new.get(path, {}).get(method)
            if present is None:
                yield f"{method.upper()} {path} is gone"
                continue
            known = {parameter["name"]: parameter for parameter in operation["parameters"]}
            offered = {parameter["name"]: parameter for parameter in present["parameters"]}
            for name in known.keys() - offered.keys():
                yield f"{method.upper()} {path} no longer takes {name!r}"
            for name, parameter in offered.items():
                if parameter["required"] and not known.get(name, {"required": False})["required"]:
                    yield f"{method.upper()} {path} now requires {name!r}"


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
