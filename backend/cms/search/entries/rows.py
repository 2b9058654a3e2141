"""Writing the rows of pages, of which most are there already: an edit changes few words."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model

from cms.core.batches import iterate_batches
from cms.search.entries.limits import ASKED_AT_ONCE, WRITTEN_AT_ONCE

Row = TypeVar("Row", bound=Model)


def write_rows(
    model: type[Row], page_ids: Sequence[int], rows: Iterable[Row]
) -> tuple[list[Row], list[Row]]:
    """Make `rows` the rows of `model` that these pages have; which are new, and which are gone.

    A row that is there already stays as it is, with what refers to it. `model` has a `page`.
    """
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    new = {tuple(getattr(row, column) for column in columns): row for row in rows}
    gone: dict[int, Row] = {}
    manager = model._default_manager
    for pk, *values in manager.filter(page__in=page_ids).values_list("pk", *columns):
        if new.pop(tuple(values), None) is None:
            gone[pk] = model(**dict(zip(columns, values, strict=True)))
    for chunk in iterate_batches(sorted(gone), ASKED_AT_ONCE):
        manager.filter(pk__in=chunk).delete()
    manager.bulk_create(new.values(), batch_size=WRITTEN_AT_ONCE)
    return list(new.values()), list(gone.values())
