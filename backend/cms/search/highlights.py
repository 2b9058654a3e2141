"""Which parts of a text to highlight for a query."""

import unicodedata
from collections.abc import Collection, Iterator

from cms.search.words import Word, fold_word, iterate_words, level_spelling

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
            yield {"start": word.start, "end": _find_end(text, word, start)}


def _find_end(text: str, word: Word, start: str) -> int:
    """Where the letters of `word` end that were typed.

    They may be more than those: British spellings have one more, and apostrophes are not typed.
    """
    end = word.start + 1
    while end < word.end and not _begins(text[word.start : end], start):
        end += 1
    while end < word.end and unicodedata.combining(text[end]):
        end += 1
    return end


def _begins(letters: str, start: str) -> bool:
    return level_spelling(fold_word(letters)).startswith(start)
