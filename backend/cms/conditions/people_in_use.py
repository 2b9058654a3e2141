"""Nobody whom a page names is deleted: not by the admin, not from code."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, Q
from django.db.models.deletion import ProtectedError
from django.db.models.signals import pre_delete
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from cms.conditions.models import Person
from cms.contract.bodies import collect_body_references
from cms.contract.references import Wanted
from cms.core.base_page import BasePage


class PersonInUseError(ProtectedError):
    """Somebody was about to be deleted whom pages name."""

    def __init__(self, person: Person, pages: list[Page]) -> None:
        titles = ", ".join(f"“{page.title}”" for page in pages)
        super().__init__(f"{person} cannot be deleted: named on {titles}.", set(pages))


def connect() -> None:
    """Refuse the deletion of people in use, for as long as the process runs."""
    pre_delete.connect(_guard, sender=Person, dispatch_uid="cms.conditions.people_in_use")


def find_pages_naming(person: Person) -> list[Page]:
    """The pages that name `person`, in any field or block, by title.

    What counts is what readers see, what the editor opens, and what is scheduled. Older versions do
    not: they open without the person. Two queries for each type of page.
    """
    page_ids: set[int] = set()
    for model in apps.get_models():
        if issubclass(model, BasePage):
            fields = _list_fields(model)
            for page_id, content in _iterate_versions(model, fields):
                if any(_is_named(person.pk, field, content.get(field.name)) for field in fields):
                    page_ids.add(page_id)
    return list(Page.objects.filter(pk__in=page_ids).order_by("title"))


def _guard(instance: Person, **kwargs: Any) -> None:
    pages = find_pages_naming(instance)
    if pages:
        raise PersonInUseError(instance, pages)


def _list_fields(model: type[BasePage]) -> list[Field[Any, Any]]:
    """The fields of a type of page that can name a person."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, StreamField)
        or (isinstance(field, ForeignKey) and field.related_model is Person)
    ]


def _iterate_versions(
    model: type[BasePage], fields: list[Field[Any, Any]]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The id and the stored values of each version that counts."""
    # The row of a page that is not live is older than its latest version, or the same.
    rows = model.objects.filter(Q(live=True) | Q(latest_revision=None))
    for row in rows.values("pk", *(field.name for field in fields)):
        yield row["pk"], row
    latest = model.objects.values("latest_revision")
    revisions = Revision.page_revisions.filter(
        Q(pk__in=latest) | Q(approved_go_live_at__isnull=False),
        content_type=ContentType.objects.get_for_model(model),
    )
    for page_id, content in revisions.values_list("object_id", "content"):
        yield int(page_id), content


def _is_named(person_id: int, field: Field[Any, Any], stored: Any) -> bool:
    if not isinstance(field, StreamField):
        return bool(stored == person_id)
    wanted = Wanted()
    body = StreamValue(field.stream_block, _list_blocks(stored), is_lazy=True)
    collect_body_references(body, wanted)
    return person_id in wanted.get("person")


def _list_blocks(stored: Any) -> list[Any]:
    """The raw blocks of a body, from a row or, as JSON, from a revision."""
    if isinstance(stored, StreamValue):
        return list(stored.raw_data)
    try:
        blocks = json.loads(stored or "[]")
    except ValueError:
        return []  # no version that cannot be read names anybody
    return blocks if isinstance(blocks, list) else []
