"""The names of pages: as wholes, and from each of their words on."""

from collections.abc import Iterator, Sequence

from wagtail.models import Page

from cms.search.choices import NameKind
from cms.search.documents import SearchDocument
from cms.search.entries.limits import LONGEST, WRITTEN_AT_ONCE
from cms.search.entries.rows import write_rows
from cms.search.models import IndexedName, NameStart
from cms.search.words import build_keys, build_start, fold, join_stems


def iterate_names(document: SearchDocument) -> Iterator[tuple[str, NameKind, list[str]]]:
    """Each name of a page once, with its kind and its words."""
    seen = set()
    for name in document.names:
        words = fold(name.text)
        stems = join_stems(words)
        if stems and stems not in seen:
            seen.add(stems)
            yield name.text[:LONGEST], name.kind, words


def write_names(documents: Sequence[tuple[Page, SearchDocument]]) -> None:
    """Write the names of pages. Nobody is to be led on by the beginning of a misspelling."""
    names: list[IndexedName] = []
    # Of those that stand as they are written, by the identity of their row.
    starts: dict[int, list[tuple[int, bytes]]] = {}
    for page, document in documents:
        for text, kind, words in iterate_names(document):
            own, *others = (
                IndexedName(page_id=page.pk, kind=kind, text=text, stems=key, word_count=len(words))
                for key in dict.fromkeys(key[:LONGEST] for key in build_keys(words))
            )
            names += [own, *others]
            if kind != NameKind.MISSPELLING:
                starts[id(own)] = [
                    (2 if position else int(kind != NameKind.NAME), build_start(words[position:]))
                    for position in range(len(words))
                ]
    new, _gone = write_rows(IndexedName, [page.pk for page, _document in documents], names)
    NameStart.objects.bulk_create(
        (
            NameStart(name=name, rank=rank, start=start)
            for name in new
            for rank, start in dict.fromkeys(starts.get(id(name), ()))
        ),
        batch_size=WRITTEN_AT_ONCE,
    )
