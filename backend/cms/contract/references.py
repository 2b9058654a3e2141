"""What content refers to (pages, images, people), fetched in bulk for readers.

A body is read in two passes: the first collects the ids of everything it refers to, the second
builds the answer from what was fetched. So the number of queries does not grow with the content.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

WireObject = dict[str, Any]
Load = Callable[[frozenset[int]], Mapping[int, WireObject]]

# A database refuses to be asked for more (`BigAutoField`).
BIGGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True)
class _Loader:
    """How references of one kind are fetched; whether what is found may refer to other kinds."""

    load: Load
    schema_name: str
    is_referring: bool


_LOADERS: Final[dict[str, _Loader]] = {}


class Wanted:
    """The ids that an answer refers to, by kind ("page", "image", "person")."""

    def __init__(self) -> None:
        self._ids: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, kind: str, object_id: object) -> None:
        """Note one id; what cannot be the id of anything is passed over."""
        if isinstance(object_id, bool) or not isinstance(object_id, int):
            return
        if 0 < object_id <= BIGGEST_ID:
            self._ids[kind].add(object_id)

    def update(self, kind: str, object_ids: Iterable[object]) -> None:
        """Note several ids of one kind."""
        for object_id in object_ids:
            self.add(kind, object_id)

    def get(self, kind: str) -> frozenset[int]:
        """The ids noted so far of one kind."""
        return frozenset(self._ids[kind])

    def kinds(self) -> list[str]:
        """The kinds of which at least one id was noted."""
        return sorted(kind for kind, ids in self._ids.items() if ids)


class Loaded(dict[int, WireObject]):
    """What a loader found that itself refers to something: `members` says what.

    They are a kind ("image"), the member of the wire objects that shows it, and the id for each
    wire object that has one. The member is filled in when these were fetched too.
    """

    def __init__(
        self, found: Mapping[int, WireObject], kind: str, member: str, ids: Mapping[int, int]
    ) -> None:
        super().__init__(found)
        self.kind = kind
        self._member = member
        self.ids = ids

    def complete(self, objects: Mapping[int, WireObject]) -> None:
        """Fill in what was referred to; null for what readers may not see."""
        for object_id, wire_object in self.items():
            wire_object[self._member] = objects.get(self.ids.get(object_id, 0))


class References:
    """The fetched wire objects. What readers may not see is absent, as if it did not exist."""

    def __init__(self, found: Mapping[str, Mapping[int, WireObject]], wanted: Wanted) -> None:
        self._found = found
        self._wanted = wanted

    def get_or_none(self, kind: str, object_id: object) -> WireObject | None:
        """The wire object of one id, or None where readers may not see it."""
        return self._found.get(kind, {}).get(object_id) if isinstance(object_id, int) else None

    def page_href_or_none(self, page_id: int) -> str | None:
        """The public address of a page, or None where readers may not see it."""
        page = self.get_or_none("page", page_id)
        return page["html_url"] if page else None

    def tags(self) -> list[str]:
        """The dependency tags ("page:12") of all that was looked for, found or left out, sorted."""
        return sorted(
            f"{kind}:{object_id}"
            for kind in self._wanted.kinds()
            for object_id in self._wanted.get(kind)
        )


def register_loader(kind: str, load: Load, *, schema_name: str, is_referring: bool = False) -> None:
    """Say how to fetch references of one kind, and which schema their wire objects have.

    A loader takes ids and answers the wire objects of those that readers may see, in a number of
    queries that does not depend on how many ids there are. One that `is_referring` answers `Loaded`
    where these refer to something of another kind, which is not referring.
    """
    _LOADERS[kind] = _Loader(load, schema_name, is_referring)


def get_schema_name(kind: str) -> str:
    """The name of the schema of one kind's wire objects.

    Raises `ImproperlyConfigured` for a kind that no app has registered.
    """
    return _registered(kind).schema_name


def fetch_references(wanted: Wanted) -> References:
    """Fetch all that is wanted, each kind by its loader, and what that refers to.

    What several refer to is fetched once: `wanted` grows by what is not in it yet.
    """
    found: dict[str, Mapping[int, WireObject]] = {}
    referring: list[Loaded] = []
    for kind in _in_order(wanted.kinds()):
        found[kind] = loaded = _registered(kind).load(wanted.get(kind))
        if isinstance(loaded, Loaded):
            referring.append(loaded)
            wanted.update(loaded.kind, loaded.ids.values())
    # Of a kind that nothing but those refers to.
    for kind in set(wanted.kinds()) - found.keys():
        found[kind] = _registered(kind).load(wanted.get(kind))
    for loaded in referring:
        loaded.complete(found.get(loaded.kind, {}))
    return References(found, wanted)


def _in_order(kinds: Iterable[str]) -> list[str]:
    """Those first that refer to others."""
    return sorted(kinds, key=lambda kind: (not _registered(kind).is_referring, kind))


def _registered(kind: str) -> _Loader:
    try:
        return _LOADERS[kind]
    except KeyError:
        raise ImproperlyConfigured(
            f"Nothing says how to fetch references of the kind {kind!r}: "
            f"call register_loader({kind!r}, …) in the contract module of the app that owns it."
        ) from None
