"""What content refers to (pages, images, people), fetched in bulk for readers.

A body is read in two passes: the first collects the ids of everything it refers to, the second
builds the answer from what was fetched. So the number of queries does not grow with the content.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

WireObject = dict[str, Any]
Loader = Callable[[frozenset[int]], Mapping[int, WireObject]]

# A database refuses to be asked for more (`BigAutoField`).
BIGGEST_ID: Final = 2**63 - 1

_LOADERS: Final[dict[str, tuple[Loader, str]]] = {}


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
    """What a loader found, with the dependency tags of what it looked for besides, in `tags`."""

    def __init__(self, found: Mapping[int, WireObject], tags: Iterable[str]) -> None:
        super().__init__(found)
        self.tags = frozenset(tags)


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
        tags = {
            f"{kind}:{object_id}"
            for kind in self._wanted.kinds()
            for object_id in self._wanted.get(kind)
        }
        for found in self._found.values():
            if isinstance(found, Loaded):
                tags |= found.tags
        return sorted(tags)


def register_loader(kind: str, loader: Loader, *, schema_name: str) -> None:
    """Say how to fetch references of one kind, and which schema their wire objects have.

    A loader takes ids and answers the wire objects of those that readers may see, in a number of
    queries that does not depend on how many ids there are. It answers `Loaded` where these are
    made from more than the objects themselves.
    """
    _LOADERS[kind] = (loader, schema_name)


def get_schema_name(kind: str) -> str:
    """The name of the schema of one kind's wire objects.

    Raises `ImproperlyConfigured` for a kind that no app has registered.
    """
    return _registered(kind)[1]


def fetch_references(wanted: Wanted) -> References:
    """Fetch all that is wanted, each kind by its loader."""
    found: dict[str, Mapping[int, WireObject]] = {}
    for kind in wanted.kinds():
        loader, _schema_name = _registered(kind)
        found[kind] = loader(wanted.get(kind))
    return References(found, wanted)


def _registered(kind: str) -> tuple[Loader, str]:
    try:
        return _LOADERS[kind]
    except KeyError:
        raise ImproperlyConfigured(
            f"Nothing says how to fetch references of the kind {kind!r}: "
            f"call register_loader({kind!r}, …) in the contract module of the app that owns it."
        ) from None
