"""How text becomes words: folded, so that spelling variants meet, and stemmed.

`fold` keeps the words of a text as somebody would type them; `stem` makes what plurals, British
and American spelling, and numbers in Roman numerals have in common.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer

# As the columns of the index hold it.
LONGEST_WORD: Final = 40
_LONGEST_START: Final = 120
# The apostrophe of the keyboard, of print, the modifier letter, and accents in its place.
_APOSTROPHE: Final = "['\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032\uff07`\u00b4]"
# Accents that stand beside their letters, as some systems write them.
_MARK: Final = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]"
_LETTER_RUN: Final = rf"(?:[^\W_]{_MARK}*)+"
_ASCII_WORD: Final = re.compile(rf"[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*")
_WORD: Final = re.compile(rf"{_LETTER_RUN}(?:{_APOSTROPHE}{_LETTER_RUN})*")
_APOSTROPHES: Final = re.compile(_APOSTROPHE)
_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ł": "l"})
# British spellings as American ones. It is harmless that "aerobic" becomes "erobic" on both sides.
_BRITISH: Final = (
    # "Toe" and "shoes" are written alike everywhere.
    (re.compile(r"ae|^oe|oe(?!s?$)"), "e"),
    (re.compile(r"(?<=[a-z]{2})our"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=ation|ed$|e$|ing$)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})ys(?=ed$|e$|ing$)"), "yz"),
)
_ROMAN: Final = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
}  # fmt: skip
_STEMMER: Final = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Word:
    """A word of a text, folded, and where it stands there, in characters."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """What the word has in common with its other forms."""
        return stem(self.text)


def iterate_words(text: str) -> Iterator[Word]:
    """The words of `text` in order; whatever is no letter or digit separates them.

    Combining marks belong to the letter before them, in whatever form of Unicode it is written.
    """
    for match in _get_pattern(text).finditer(text):
        yield Word(fold_word(match[0]), match.start(), match.end())


def fold(text: str) -> list[str]:
    """The words of `text`, each without accents, apostrophes and capitals."""
    return [word for match in _get_pattern(text).findall(text) if (word := fold_word(match))]


def _get_pattern(text: str) -> re.Pattern[str]:
    return _ASCII_WORD if text.isascii() else _WORD


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word without accents, apostrophes and capitals."""
    bare = _APOSTROPHES.sub("", word)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare.casefold()).translate(_LETTERS)
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.casefold()[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def level_spelling(word: str) -> str:
    """A folded word in American spelling, which is how beginnings of names are compared."""
    for pattern, american in _BRITISH:
        word = pattern.sub(american, word)
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a folded word has in common with its other forms."""
    if word in _ROMAN:
        return _ROMAN[word]
    stemmed: str = _STEMMER.stemWord(level_spelling(word))
    return stemmed


def join_stems(words: Iterable[str]) -> str:
    """The stems of folded words in one: equal where texts differ in form, hyphens and spaces."""
    return "".join(map(stem, words))


def build_keys(words: Sequence[str]) -> list[str]:
    """By what folded words are compared as a name: two are the same where they share a key.

    The stems of the words, in one; and the stem of all in one, for whoever leaves out the spaces
    of "multiplesclerosis", or writes the dots of "A.L.S.".
    """
    return list(dict.fromkeys((join_stems(words), stem("".join(words)))))


def build_start(words: Iterable[str]) -> bytes:
    """Folded words as the beginnings of names are stored and compared."""
    return " ".join(map(level_spelling, words))[:_LONGEST_START].encode()
