"""Puts the conditions into a database as published pages.

Saving a page the way an editor does also writes a revision, a log entry and Wagtail's own index,
page by page, for a quarter of an hour. Here the rows that readers' answers come from are written
in bulk; the rules for publishing are asked all the same, and the search indexes the pages by the
same functions as ever.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from bench.search_conditions import Condition, build_body, build_fields, build_other_names
from cms.conditions.letters import get_letter
from cms.conditions.models import AlsoKnownAs, BodySystem, ConditionIndexPage, ConditionPage, Person
from cms.config.first_start import create_page_tree
from cms.core.batches import iterate_batches
from cms.core.publishing import refuse_incomplete
from cms.pages.public_paths import update_public_paths
from cms.pages.site_record import sync_site
from cms.search.indexing import update_pages

_BATCH_SIZE: Final = 200


def load_pages(conditions: Sequence[Condition], show: Callable[[int], None]) -> None:
    """Add those of `conditions` that the database lacks; it holds the first so many, or none.

    `show` is told how many there are, again and again.

    Raises:
        PublishRefusedError: a page could not be published as it is.
    """
    create_page_tree()
    sync_site()
    present = ConditionPage.objects.count()
    if present >= len(conditions):
        return
    for batch in iterate_batches(conditions[present:], _BATCH_SIZE):
        with transaction.atomic():
            update_pages(page.pk for page in _add_pages(batch))
        present += len(batch)
        show(present)
    update_public_paths(ConditionIndexPage.objects.get())


def _add_pages(conditions: Sequence[Condition]) -> list[ConditionPage]:
    """The pages of `conditions`, saved with all that belongs to them, and public."""
    index = ConditionIndexPage.objects.select_for_update().get()
    reviewer, _created = Person.objects.get_or_create(name="Nobody", role="Test data")
    pages = [
        _build_page(condition, index, index.numchild + number, reviewer)
        for number, condition in enumerate(conditions, start=1)
    ]
    for page, condition in zip(pages, conditions, strict=True):
        page.also_known_as = [
            AlsoKnownAs(term=term, kind=kind, sort_order=order)
            for order, (term, kind) in enumerate(build_other_names(condition))
        ]
        refuse_incomplete(page)
    _insert(pages)
    AlsoKnownAs.objects.bulk_create(
        [name for page in pages for name in _give_page(page.also_known_as.all(), page)]
    )
    systems = _get_body_systems(conditions)
    chosen = ConditionPage.body_systems.through
    chosen._default_manager.bulk_create(
        chosen(conditionpage_id=page.pk, bodysystem_id=systems[name])
        for page, condition in zip(pages, conditions, strict=True)
        for name in condition["systems"]
    )
    ConditionIndexPage.objects.filter(pk=index.pk).update(numchild=index.numchild + len(pages))
    return pages


def _build_page(
    condition: Condition, index: ConditionIndexPage, place: int, reviewer: Person
) -> ConditionPage:
    fields = build_fields(condition)
    now = timezone.now()
    page = ConditionPage(
        **fields,
        letter=get_letter(fields["condition_name"]),
        reviewed_by=reviewer,
        last_reviewed=datetime.date.today(),
        depth=index.depth + 1,
        path=Page._get_path(index.path, index.depth + 1, place),
        url_path=f"{index.url_path}{fields['slug']}/",
        locale_id=index.locale_id,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    page.body = page.body.stream_block.to_python(build_body(condition))
    return page


def _insert(pages: Sequence[ConditionPage]) -> None:
    """Write the rows of `pages`; Django writes those of a page type in bulk for no parent."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in names}) for page in pages
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page.save_base(raw=True, force_insert=True)


def _give_page(names: Sequence[AlsoKnownAs], page: ConditionPage) -> Sequence[AlsoKnownAs]:
    for name in names:
        name.page = page
    return names


def _get_body_systems(conditions: Sequence[Condition]) -> dict[str, int]:
    """The numbers of the body systems of `conditions`, by name; those that lack are made."""
    names = {name for condition in conditions for name in condition["systems"]}
    BodySystem.objects.bulk_create(
        [BodySystem(name=name, slug=slugify(name)) for name in sorted(names)],
        ignore_conflicts=True,
    )
    return dict(BodySystem.objects.values_list("name", "pk"))


def settle() -> None:
    """What PostgreSQL does by itself a minute after so many rows; SQLite is never told either."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
