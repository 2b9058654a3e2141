"""How pages spell their words: what a misspelling may stand for."""

from collections.abc import Sequence

from wagtail.models import Page

from cms.core.batches import iterate_batches
from cms.search.documents import SearchDocument
from cms.search.entries.limits import ASKED_AT_ONCE, WRITTEN_AT_ONCE
from cms.search.entries.rows import write_rows
from cms.search.entries.texts import iterate_texts
from cms.search.models import KnownWord, KnownWordPart, PageSpelling
from cms.search.spelling import build_parts
from cms.search.words import fold


def write_spellings(documents: Sequence[tuple[Page, SearchDocument]]) -> set[int]:
    """Write the words of pages as those spell them, and how each may be misspelled.

    The ids of the words that a page had, and has no more.
    """
    spellings = {
        page.pk: {
            word
            for text, _weight, _passage in iterate_texts(document)
            for word in fold(text)
            if word.isalpha()
        }
        for page, document in documents
    }
    words = sorted(set().union(*spellings.values()))
    known: dict[str, int] = {}
    for chunk in iterate_batches(words, ASKED_AT_ONCE):
        known.update(KnownWord.objects.filter(text__in=chunk).values_list("text", "pk"))
    new = [word for word in words if word not in known]
    KnownWord.objects.bulk_create(
        (KnownWord(text=word) for word in new), batch_size=WRITTEN_AT_ONCE
    )
    for chunk in iterate_batches(new, ASKED_AT_ONCE):
        added = dict(KnownWord.objects.filter(text__in=chunk).values_list("text", "pk"))
        known.update(added)
        KnownWordPart.objects.bulk_create(
            (
                KnownWordPart(word_id=pk, part=part)
                for word, pk in added.items()
                for part in build_parts(word)
            ),
            batch_size=WRITTEN_AT_ONCE,
        )
    _new, gone = write_rows(
        PageSpelling,
        list(spellings),
        (
            PageSpelling(page_id=page_id, word_id=known[word])
            for page_id, spelled in spellings.items()
            for word in sorted(spelled)
        ),
    )
    return {row.word_id for row in gone}
