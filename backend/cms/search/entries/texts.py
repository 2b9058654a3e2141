"""The text of pages in passages, and how much each word of it weighs."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from wagtail.models import Page

from cms.search.choices import NameKind, PassageKind
from cms.search.documents import Passage, SearchDocument
from cms.search.entries.limits import LONGEST
from cms.search.entries.names import iterate_names
from cms.search.entries.rows import write_rows
from cms.search.models import IndexedCaution, IndexedPassage, IndexedWord
from cms.search.words import fold, stem

_NAME_WEIGHTS: Final = {
    NameKind.NAME: 8.0,
    NameKind.ABBREVIATION: 6.0,
    NameKind.SYNONYM: 6.0,
    NameKind.LAY_TERM: 6.0,
}
_PASSAGE_WEIGHTS: Final = {
    PassageKind.SYMPTOM: 3.0,
    PassageKind.SUMMARY: 2.0,
    PassageKind.GUIDANCE: 1.5,
    PassageKind.TEXT: 1.0,
}
# How much of the weight a second and third occurrence add.
_REPETITION: Final = 0.2
# Of what is in no passage.
_NOWHERE: Final = -1


def write_texts(documents: Sequence[tuple[Page, SearchDocument]]) -> None:
    """Write the passages, the words and the cautions of pages."""
    page_ids = [page.pk for page, _document in documents]
    write_rows(
        IndexedPassage,
        page_ids,
        (
            IndexedPassage(
                page_id=page.pk,
                position=position,
                kind=passage.kind,
                block_id=passage.block_id,
                heading=passage.heading,
                text=passage.text,
            )
            for page, document in documents
            for position, passage in enumerate(_iterate_passages(document))
        ),
    )
    write_rows(
        IndexedWord,
        page_ids,
        chain.from_iterable(_iterate_words(page, document) for page, document in documents),
    )
    write_rows(
        IndexedCaution,
        page_ids,
        (
            IndexedCaution(page_id=page.pk, text=text[:LONGEST])
            for page, document in documents
            for text in document.cautions
        ),
    )


def iterate_texts(document: SearchDocument) -> Iterator[tuple[str, float, int]]:
    """Every text of a page, how much its words weigh, and the position of the passage that it is.

    A misspelling is no text: nobody is to be led to it, nor corrected to its words.
    """
    for text, kind, words in iterate_names(document):
        if kind in _NAME_WEIGHTS:
            # A word of a long name says less of the page than one of a short name.
            yield text, _NAME_WEIGHTS[kind] * (0.5 + 0.5 / max(len(words), 1)), _NOWHERE
    for position, passage in enumerate(_iterate_passages(document)):
        yield passage.text, _PASSAGE_WEIGHTS[passage.kind], position
    for symptom in document.symptoms:
        yield symptom, _PASSAGE_WEIGHTS[PassageKind.SYMPTOM], _NOWHERE


def _iterate_passages(document: SearchDocument) -> Iterator[Passage]:
    if document.summary:
        yield Passage(document.summary, PassageKind.SUMMARY)
    yield from document.passages


def _iterate_words(page: Page, document: SearchDocument) -> Iterator[IndexedWord]:
    """The words of a page, each with its weight and the passage in which it weighs most."""
    weights: dict[str, float] = {}
    places: dict[str, tuple[float, int]] = {}
    for text, weight, passage in iterate_texts(document):
        for word in map(stem, fold(text)):
            place = places.get(word)
            if place is None or (weight > place[0] and passage != _NOWHERE):
                places[word] = (0.0 if passage == _NOWHERE else weight, passage)
            best = weights.get(word, 0.0)
            weights[word] = max(best, weight) + _REPETITION * min(best, weight, 1.0)
    for word, weight in weights.items():
        yield IndexedWord(page_id=page.pk, stem=word, weight=weight, passage=places[word][1])
