"""Indexes condition pages anew when something that they share changes."""

from typing import Any, Final

from django.db.models.signals import post_delete, post_save, pre_delete

from cms.conditions.models import BodySystem, ConditionPage
from cms.search.indexing import update_pages

_pages_of_going: Final[dict[int, list[int]]] = {}


def connect() -> None:
    """Listen to the changes; called once, at start."""
    post_save.connect(_system_saved, sender=BodySystem, dispatch_uid="search_system_saved")
    pre_delete.connect(_system_going, sender=BodySystem, dispatch_uid="search_system_going")
    post_delete.connect(_system_gone, sender=BodySystem, dispatch_uid="search_system_gone")


def _system_saved(instance: BodySystem, created: bool = False, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        update_pages(_find_pages(instance))


def _system_going(instance: BodySystem, **_: Any) -> None:
    # Which pages had it is known only as long as it is there.
    _pages_of_going[instance.pk] = _find_pages(instance)


def _system_gone(instance: BodySystem, **_: Any) -> None:
    update_pages(_pages_of_going.pop(instance.pk, []))


def _find_pages(system: BodySystem) -> list[int]:
    return list(ConditionPage.objects.filter(body_systems=system).values_list("pk", flat=True))
