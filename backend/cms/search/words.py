"""How text becomes words: folded, so that spelling variants meet, and stemmed.

`fold` keeps the words of a text as somebody would type them; `stem` makes what plurals, British
and American spelling, and numbers in Roman numerals have in common.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer

# As the columns of the index hold it.
LONGEST_WORD: Final = 40
_LONGEST_START: Final = 40
# The apostrophe of the keyboard, of print, the modifier letter, and accents in its place.
_APOSTROPHE: Final = "['\u2019\u02bc`\u00b4]"
_WORD: Final = re.compile(rf"[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*")
_APOSTROPHES: Final = re.compile(_APOSTROPHE)
_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ł": "l"})
# British spellings as American ones. It is harmless that "aerobic" becomes "erobic" on both sides.
_BRITISH: Final = (
    (re.compile(r"ae|oe"), "e"),
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
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if len(composed) != len(text):
        # Positions are those of the text as it is; marks that do not compose would split words.
        composed = text
    for match in _WORD.finditer(composed):
        yield Word(fold_word(match[0]), match.start(), match.end())


def fold(text: str) -> list[str]:
    """The words of `text`, each without accents, apostrophes and capitals."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return [word for match in _WORD.findall(composed) if (word := fold_word(match))]


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word without accents, apostrophes and capitals."""
    bare = _APOSTROPHES.sub("", word)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare.casefold().translate(_LETTERS))
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


def build_start(words: Iterable[str]) -> bytes:
    """Folded words as the beginnings of names are stored and compared."""
    return " ".join(map(level_spelling, words))[:_LONGEST_START].encode()
