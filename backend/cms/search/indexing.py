"""Writes the index: what a public page holds is put in, and taken out again.

Every function belongs to the transaction of the change that it follows, so no process ever
answers from an index that is older than the content.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.db import connection, models, transaction
from wagtail.models import Page

from cms.core.batches import iterate_batches
from cms.core.public_pages import get_public_pages
from cms.search.choices import NameKind, PassageKind
from cms.search.documents import Findable, Passage, SearchDocument
from cms.search.models import (
    FacetValue,
    IndexedCaution,
    IndexedName,
    IndexedPage,
    IndexedPassage,
    IndexedWord,
    KnownWord,
    KnownWordPart,
    NameStart,
    PageFacet,
    PageSpelling,
    PageSymptom,
    Symptom,
    SymptomName,
    SymptomWord,
)
from cms.search.spelling import build_parts
from cms.search.words import build_keys, build_start, fold, join_stems, stem

# Raised when the same page would be indexed otherwise than before, so that the next start does it.
INDEX_VERSION: Final = 2
_BATCH_SIZE: Final = 500
# Any number that no other lock of this database has.
_LOCK: Final = 5_330_191
_LONGEST: Final = 255
_NAME_WEIGHTS: Final = {
    NameKind.NAME: 8.0,
    NameKind.ABBREVIATION: 6.0,
    NameKind.SYNONYM: 6.0,
    NameKind.LAY_TERM: 6.0,
    NameKind.MISSPELLING: 4.0,
}
_PASSAGE_WEIGHTS: Final = {
    PassageKind.SYMPTOM: 3.0,
    PassageKind.SUMMARY: 2.0,
    PassageKind.GUIDANCE: 1.5,
    PassageKind.TEXT: 1.0,
}
# How much of the weight a second and third occurrence add.
_REPETITION: Final = 0.2
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")


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
    if not indexed.exists():
        return
    words = set(PageSpelling.objects.filter(page__in=indexed).values_list("word", flat=True))
    symptoms = set(PageSymptom.objects.filter(page__in=indexed).values_list("symptom", flat=True))
    values = set(PageFacet.objects.filter(page__in=indexed).values_list("value", flat=True))
    indexed.delete()
    _remove_unused(words, symptoms, values)


def write_documents(documents: Iterable[tuple[Page, SearchDocument]]) -> None:
    """Index pages by their documents; those that have not changed are passed over."""
    for batch in iterate_batches(documents, _BATCH_SIZE):
        digests = {page.pk: _build_digest(page, document) for page, document in batch}
        with transaction.atomic():
            _wait_for_turn()
            known = dict(IndexedPage.objects.filter(pk__in=digests).values_list("pk", "digest"))
            changed = [row for row in batch if known.get(row[0].pk) != digests[row[0].pk]]
            if changed:
                remove_pages([page.pk for page, _document in changed if page.pk in known])
                _write(changed, digests)


def _wait_for_turn() -> None:
    """Until this transaction ends, no other process writes the index.

    Pages share words and symptoms: one would remove what the other is about to refer to. SQLite has
    one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _build_digest(page: Page, document: SearchDocument) -> str:
    content = repr((INDEX_VERSION, page._meta.label, document))
    return hashlib.sha1(content.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _write(documents: Sequence[tuple[Page, SearchDocument]], digests: dict[int, str]) -> None:
    IndexedPage.objects.bulk_create(
        IndexedPage(
            page_id=page.pk,
            type=page._meta.label,
            title=document.title,
            name=document.name,
            summary=document.summary,
            digest=digests[page.pk],
            version=INDEX_VERSION,
        )
        for page, document in documents
    )
    _write_names(documents)
    _write_symptoms(documents)
    spellings: dict[int, set[str]] = {}
    rows: list[models.Model] = []
    for page, document in documents:
        passages = list(_iterate_passages(document))
        rows.extend(
            IndexedPassage(
                page_id=page.pk,
                position=position,
                kind=passage.kind,
                block_id=passage.block_id,
                heading=passage.heading,
                text=passage.text,
            )
            for position, passage in enumerate(passages)
        )
        spelled = spellings[page.pk] = set()
        rows.extend(_iterate_words(page.pk, document, passages, spelled))
        rows.extend(
            IndexedCaution(page_id=page.pk, text=text[:_LONGEST])
            for text in dict.fromkeys(document.cautions)
        )
    _write_facets(documents)
    by_model: defaultdict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    for model, instances in by_model.items():
        model._default_manager.bulk_create(instances, batch_size=5000)
    _write_spellings(spellings)


def _iterate_passages(document: SearchDocument) -> Iterator[Passage]:
    if document.summary:
        yield Passage(document.summary, PassageKind.SUMMARY)
    yield from document.passages


def _iterate_names(document: SearchDocument) -> Iterator[tuple[str, NameKind, list[str]]]:
    seen = set()
    for name in document.names:
        words = fold(name.text)
        stems = join_stems(words)
        if stems and stems not in seen:
            seen.add(stems)
            yield name.text[:_LONGEST], name.kind, words


def _write_names(documents: Sequence[tuple[Page, SearchDocument]]) -> None:
    names: list[IndexedName] = []
    in_one_word: list[IndexedName] = []
    starts: list[list[tuple[int, bytes]]] = []
    for page, document in documents:
        for text, kind, words in _iterate_names(document):
            own, *others = (
                IndexedName(page_id=page.pk, kind=kind, text=text, stems=key, word_count=len(words))
                for key in dict.fromkeys(key[:_LONGEST] for key in build_keys(words))
            )
            names.append(own)
            in_one_word.extend(others)
            starts.append(
                []
                if kind == NameKind.MISSPELLING
                else [
                    (
                        2 if position else int(kind != NameKind.NAME),
                        build_start(words[position:]),
                    )
                    for position in range(len(words))
                ]
            )
    IndexedName.objects.bulk_create([*names, *in_one_word], batch_size=5000)
    NameStart.objects.bulk_create(
        (
            NameStart(name=name, rank=rank, start=start)
            for name, own in zip(names, starts, strict=True)
            for rank, start in dict.fromkeys(own)
        ),
        batch_size=5000,
    )


def split_wordings(symptom: str) -> list[str]:
    """The wordings of a symptom: what stands outside its brackets, and what stands in each."""
    outside = " ".join(_BRACKETS.sub(" ", symptom).split())
    return [wording for wording in (outside, *_BRACKETS.findall(symptom)) if fold(wording)]


def _write_symptoms(documents: Sequence[tuple[Page, SearchDocument]]) -> None:
    own = {
        page.pk: list(dict.fromkeys(text[:_LONGEST] for text in document.symptoms if fold(text)))
        for page, document in documents
    }
    texts = sorted({text for symptoms in own.values() for text in symptoms})
    known: dict[str, int] = {}
    for chunk in iterate_batches(texts, _BATCH_SIZE):
        known.update(Symptom.objects.filter(text__in=chunk).values_list("text", "pk"))
    new = [text for text in texts if text not in known]
    if new:
        # Another process may add the same one at the same moment.
        Symptom.objects.bulk_create(
            (
                Symptom(text=text, stems=join_stems(fold(split_wordings(text)[0]))[:_LONGEST])
                for text in new
            ),
            ignore_conflicts=True,
            batch_size=5000,
        )
        for chunk in iterate_batches(new, _BATCH_SIZE):
            added = dict(Symptom.objects.filter(text__in=chunk).values_list("text", "pk"))
            known.update(added)
            _write_symptom_names(added)
    PageSymptom.objects.bulk_create(
        (
            PageSymptom(page_id=page_id, symptom_id=known[text], position=position)
            for page_id, symptoms in own.items()
            for position, text in enumerate(symptoms)
        ),
        batch_size=5000,
    )


def _write_symptom_names(symptoms: dict[str, int]) -> None:
    names = [
        SymptomName(symptom_id=pk, text=wording, stems=join_stems(fold(wording))[:_LONGEST])
        for text, pk in symptoms.items()
        for wording in split_wordings(text)
    ]
    SymptomName.objects.bulk_create(names, batch_size=5000)
    SymptomWord.objects.bulk_create(
        (
            SymptomWord(name=name, stem=word)
            for name in names
            for word in dict.fromkeys(map(stem, fold(name.text)))
        ),
        batch_size=5000,
    )


def _write_facets(documents: Sequence[tuple[Page, SearchDocument]]) -> None:
    labels = {
        (str(facet.name), facet.value): facet.label[:_LONGEST]
        for _page, document in documents
        for facet in document.facets
    }
    FacetValue.objects.bulk_create(
        (
            FacetValue(name=name, value=value, label=label)
            for (name, value), label in labels.items()
        ),
        update_conflicts=True,
        unique_fields=["name", "value"],
        update_fields=["label"],
        batch_size=5000,
    )
    values = {value for _name, value in labels}
    rows = FacetValue.objects.filter(value__in=values).values_list("name", "value", "pk")
    known = {(name, value): pk for name, value, pk in rows}
    PageFacet.objects.bulk_create(
        (
            PageFacet(page_id=page.pk, value_id=pk)
            for page, document in documents
            for pk in dict.fromkeys(
                known[str(facet.name), facet.value] for facet in document.facets
            )
        ),
        batch_size=5000,
    )


def _iterate_words(
    page_id: int, document: SearchDocument, passages: Sequence[Passage], spelled: set[str]
) -> Iterator[IndexedWord]:
    """The rows of a page's words. Adds to `spelled` the words as they are spelled."""
    weights: dict[str, float] = {}
    places: dict[str, tuple[float, int]] = {}

    def count(text: str, weight: float, passage: int) -> None:
        for word in fold(text):
            if word.isalpha():
                spelled.add(word)
            word_stem = stem(word)
            place = places.get(word_stem)
            if place is None or (weight > place[0] and passage >= 0):
                places[word_stem] = (weight if passage >= 0 else 0.0, passage)
            best = weights.get(word_stem, 0.0)
            weights[word_stem] = max(best, weight) + _REPETITION * min(best, weight, 1.0)

    for text, kind, words in _iterate_names(document):
        # A word of a long name says less of the page than one of a short name.
        if kind != NameKind.MISSPELLING:
            count(text, _NAME_WEIGHTS[kind] * (0.5 + 0.5 / max(len(words), 1)), -1)
    for position, passage in enumerate(passages):
        count(passage.text, _PASSAGE_WEIGHTS[passage.kind], position)
    for symptom in document.symptoms:
        count(symptom, _PASSAGE_WEIGHTS[PassageKind.SYMPTOM], -1)
    for word_stem, weight in weights.items():
        yield IndexedWord(
            page_id=page_id, stem=word_stem, weight=weight, passage=places[word_stem][1]
        )


def _write_spellings(spellings: Mapping[int, set[str]]) -> None:
    words = sorted(set().union(*spellings.values()))
    known: dict[str, int] = {}
    for chunk in iterate_batches(words, _BATCH_SIZE):
        known.update(KnownWord.objects.filter(text__in=chunk).values_list("text", "pk"))
    new = [word for word in words if word not in known]
    KnownWord.objects.bulk_create((KnownWord(text=word) for word in new), batch_size=5000)
    for chunk in iterate_batches(new, _BATCH_SIZE):
        added = dict(KnownWord.objects.filter(text__in=chunk).values_list("text", "pk"))
        known.update(added)
        KnownWordPart.objects.bulk_create(
            (
                KnownWordPart(word_id=pk, part=part)
                for word, pk in added.items()
                for part in build_parts(word)
            ),
            batch_size=5000,
        )
    PageSpelling.objects.bulk_create(
        (
            PageSpelling(page_id=page_id, word_id=known[word])
            for page_id, spelled in spellings.items()
            for word in sorted(spelled)
        ),
        batch_size=5000,
    )


def _remove_unused(words: set[int], symptoms: set[int], values: set[int]) -> None:
    for unused, ids in ((KnownWord, words), (Symptom, symptoms), (FacetValue, values)):
        for chunk in iterate_batches(sorted(ids), _BATCH_SIZE):
            unused.objects.filter(pk__in=chunk, pages__isnull=True).delete()
