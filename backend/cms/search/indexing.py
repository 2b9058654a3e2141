"""When the index is written: what a public page holds is put in, and taken out again.

`entries` says what is written of a page, table by table.
Every function belongs to the transaction of the change that it follows, so no process ever
answers from an index that is older than the content.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from wagtail.models import Page

from cms.core.batches import iterate_batches
from cms.core.public_pages import get_public_pages
from cms.search.change_sources import record_listings
from cms.search.digests import Digests, build_digests
from cms.search.documents import Findable, SearchDocument
from cms.search.entries.facets import write_facets
from cms.search.entries.names import write_names
from cms.search.entries.spellings import write_spellings
from cms.search.entries.symptoms import write_symptoms
from cms.search.entries.texts import write_texts
from cms.search.models import (
    FacetValue,
    IndexedPage,
    KnownWord,
    PageFacet,
    PageSpelling,
    PageSymptom,
    Symptom,
)

# Raised when the same page would be indexed otherwise than before, so that the next start does it.
INDEX_VERSION: Final = 3
_BATCH_SIZE: Final = 500
# Any number that no other lock of this database has.
_LOCK: Final = 5_330_191
_OWN_COLUMNS: Final = [
    field.name for field in IndexedPage._meta.concrete_fields if not field.primary_key
]


def update_pages(page_ids: Iterable[int]) -> None:
    """Index those of the pages that everybody may read anew, and remove the others."""
    for chunk in iterate_batches(sorted(set(page_ids)), _BATCH_SIZE):
        with transaction.atomic():
            # Before the pages are read: what is read is still so when it is written.
            _wait_for_turn()
            found = get_public_pages().filter(pk__in=chunk).specific()
            documents = [
                (page, document)
                for page in found
                if (document := _build_document(page)) is not None
            ]
            remove_pages(set(chunk) - {page.pk for page, _document in documents})
            write_documents(documents)


def update_section(page: Page) -> None:
    """Index `page` and everything below it anew, as far as everybody may read it."""
    update_pages(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))


@transaction.atomic
def update_page(page: Page) -> None:
    """Index `page` as it is in memory if everybody may read it; remove it if not."""
    _wait_for_turn()
    is_public = get_public_pages().filter(pk=page.pk).exists()
    document = _build_document(page.specific) if is_public else None
    if document is None:
        remove_pages([page.pk])
    else:
        write_documents([(page.specific, document)])


def _build_document(page: Page) -> SearchDocument | None:
    return page.build_search_document() if isinstance(page, Findable) else None


def is_index_outdated() -> bool:
    """Whether the index lacks every public page, or was written by another version of this code."""
    indexed = IndexedPage.objects.all()
    if indexed.exclude(version=INDEX_VERSION).exists():
        return True
    return not indexed.exists() and get_public_pages().exists()


def rebuild_index(*, unchanged_too: bool = False) -> None:
    """Bring the whole index up to date. Readers may search all the while.

    Pages that have not changed are passed over unless `unchanged_too`.
    """
    public = set(get_public_pages().values_list("pk", flat=True))
    indexed = set(IndexedPage.objects.values_list("pk", flat=True))
    for batch in iterate_batches(sorted(public | indexed), _BATCH_SIZE):
        with transaction.atomic():
            if unchanged_too:
                remove_pages(batch)
            update_pages(batch)


@transaction.atomic
def remove_pages(page_ids: Iterable[int]) -> None:
    """Take pages out of the index, and what only they held."""
    _wait_for_turn()
    indexed = IndexedPage.objects.filter(pk__in=list(page_ids))
    types = set(indexed.values_list("type", flat=True))
    if types:
        record_listings(types, has_other_traits=True)
        _remove(indexed)


def _remove(indexed: QuerySet[IndexedPage]) -> None:
    words = set(PageSpelling.objects.filter(page__in=indexed).values_list("word", flat=True))
    symptoms = set(PageSymptom.objects.filter(page__in=indexed).values_list("symptom", flat=True))
    values = set(PageFacet.objects.filter(page__in=indexed).values_list("value", flat=True))
    indexed.delete()
    _remove_unused(words, symptoms, values)


def write_documents(documents: Iterable[tuple[Page, SearchDocument]]) -> None:
    """Index pages by their documents; those that have not changed are passed over."""
    for batch in iterate_batches(documents, _BATCH_SIZE):
        digests = {page.pk: build_digests(page, document) for page, document in batch}
        with transaction.atomic():
            _wait_for_turn()
            known = IndexedPage.objects.in_bulk(digests)
            changed = [
                (page, document)
                for page, document in batch
                if not _is_indexed(known.get(page.pk), digests[page.pk])
            ]
            if changed:
                # What another version has written may differ where the content does not.
                _remove(IndexedPage.objects.filter(pk__in=known).exclude(version=INDEX_VERSION))
                _write(changed, digests)
                _record(changed, digests, known)


def _wait_for_turn() -> None:
    """Until this transaction ends, no other process writes the index.

    Pages share words and symptoms: one would remove what the other is about to refer to. SQLite has
    one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _is_indexed(row: IndexedPage | None, digests: Digests) -> bool:
    return row is not None and (row.version, row.digest) == (INDEX_VERSION, digests.whole)


def _record(
    changed: Sequence[tuple[Page, SearchDocument]],
    digests: Mapping[int, Digests],
    known: Mapping[int, IndexedPage],
) -> None:
    """Say which lists of pages show something else now, and whether other pages are alike."""
    listed = set()
    has_other_traits = False
    for page, _document in changed:
        before, after = known.get(page.pk), digests[page.pk]
        if before is None or before.listing_digest != after.listing:
            listed.add(page._meta.label)
        if before is None or before.traits_digest != after.traits:
            has_other_traits = True
    record_listings(listed, has_other_traits=has_other_traits)


def _write(
    documents: Sequence[tuple[Page, SearchDocument]], digests: Mapping[int, Digests]
) -> None:
    IndexedPage.objects.bulk_create(
        (
            IndexedPage(
                page_id=page.pk,
                type=page._meta.label,
                title=document.title,
                name=document.name,
                summary=document.summary,
                digest=digests[page.pk].whole,
                listing_digest=digests[page.pk].listing,
                traits_digest=digests[page.pk].traits,
                version=INDEX_VERSION,
            )
            for page, document in documents
        ),
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=_OWN_COLUMNS,
    )
    write_names(documents)
    write_texts(documents)
    symptoms, values, words = (
        write_symptoms(documents),
        write_facets(documents),
        write_spellings(documents),
    )
    _remove_unused(words, symptoms, values)


def _remove_unused(words: set[int], symptoms: set[int], values: set[int]) -> None:
    for unused, ids in ((KnownWord, words), (Symptom, symptoms), (FacetValue, values)):
        for chunk in iterate_batches(sorted(ids), _BATCH_SIZE):
            unused.objects.filter(pk__in=chunk, pages__isnull=True).delete()
