"""Which parts of a text to highlight for a query."""

from collections.abc import Collection, Iterator

from cms.search.words import iterate_words, level_spelling

WireRange = dict[str, int]


def find_ranges(text: str, stems: Collection[str], start: str = "") -> list[WireRange]:
    """The words of `text` that have one of the stems, or else begin with `start`.

    Positions are in characters from 0; `end` is the first that is not part of it.
    """
    return list(_iterate_ranges(text, stems, level_spelling(start)))


def _iterate_ranges(text: str, stems: Collection[str], start: str) -> Iterator[WireRange]:
    for word in iterate_words(text):
        if word.stem in stems:
            yield {"start": word.start, "end": word.end}
        elif start and level_spelling(word.text).startswith(start):
            # As many letters as were typed; British spellings have one more, which is shown whole.
            yield {"start": word.start, "end": min(word.start + len(start), word.end)}
