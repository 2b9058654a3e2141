"""The symptoms of pages, which share those that they word alike."""

import re
from collections.abc import Sequence
from typing import Final

from wagtail.models import Page

from cms.core.batches import iterate_batches
from cms.search.documents import SearchDocument
from cms.search.entries.limits import ASKED_AT_ONCE, LONGEST, WRITTEN_AT_ONCE
from cms.search.entries.rows import write_rows
from cms.search.models import PageSymptom, Symptom, SymptomName, SymptomWord
from cms.search.words import fold, join_stems, stem

_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")


def split_wordings(symptom: str) -> list[str]:
    """The wordings of a symptom: what stands outside its brackets, and what stands in each."""
    outside = " ".join(_BRACKETS.sub(" ", symptom).split())
    return [wording for wording in (outside, *_BRACKETS.findall(symptom)) if fold(wording)]


def write_symptoms(documents: Sequence[tuple[Page, SearchDocument]]) -> set[int]:
    """Write the symptoms of pages, each in the order in which the page names them.

    The ids of those that a page had, and has no more.
    """
    own = {
        page.pk: list(dict.fromkeys(text[:LONGEST] for text in document.symptoms if fold(text)))
        for page, document in documents
    }
    texts = sorted({text for symptoms in own.values() for text in symptoms})
    known: dict[str, int] = {}
    for chunk in iterate_batches(texts, ASKED_AT_ONCE):
        known.update(Symptom.objects.filter(text__in=chunk).values_list("text", "pk"))
    new = [text for text in texts if text not in known]
    if new:
        # Another process may add the same one at the same moment.
        Symptom.objects.bulk_create(
            (
                Symptom(text=text, stems=join_stems(fold(split_wordings(text)[0]))[:LONGEST])
                for text in new
            ),
            ignore_conflicts=True,
            batch_size=WRITTEN_AT_ONCE,
        )
        for chunk in iterate_batches(new, ASKED_AT_ONCE):
            added = dict(Symptom.objects.filter(text__in=chunk).values_list("text", "pk"))
            known.update(added)
            _write_symptom_names(added)
    _new, gone = write_rows(
        PageSymptom,
        list(own),
        (
            PageSymptom(page_id=page_id, symptom_id=known[text], position=position)
            for page_id, symptoms in own.items()
            for position, text in enumerate(symptoms)
        ),
    )
    return {row.symptom_id for row in gone}


def _write_symptom_names(symptoms: dict[str, int]) -> None:
    names = [
        SymptomName(symptom_id=pk, text=wording, stems=join_stems(fold(wording))[:LONGEST])
        for text, pk in symptoms.items()
        for wording in split_wordings(text)
    ]
    SymptomName.objects.bulk_create(names, batch_size=WRITTEN_AT_ONCE)
    SymptomWord.objects.bulk_create(
        (
            SymptomWord(name=name, stem=word)
            for name in names
            for word in dict.fromkeys(map(stem, fold(name.text)))
        ),
        batch_size=WRITTEN_AT_ONCE,
    )
