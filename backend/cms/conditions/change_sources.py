"""What changes for readers about what condition pages share: people and body systems."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.changes.recording import record_change
from cms.conditions.models import BodySystem, Person


def connect() -> None:
    """Listen to the changes; called once, at start."""
    for signal in (post_save, post_delete):
        signal.connect(_person_changed, sender=Person, dispatch_uid="changes_person")
        signal.connect(_system_changed, sender=BodySystem, dispatch_uid="changes_body_system")


def _person_changed(instance: Person, created: bool = False, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        record_change(f"person:{instance.pk}")


def _system_changed(
    instance: BodySystem, created: bool = False, raw: bool = False, **_: Any
) -> None:
    # The search index says itself what that means for the pages to explore.
    if not created and not raw:
        record_change(f"body_system:{instance.pk}")
