"""The words of a text as the checks compare them: folded, with disguises taken off."""

# The look-alikes are the point of this table.
# ruff: noqa: RUF001

import re
import unicodedata
from typing import Final

NUMBER: Final = "#"
MONEY: Final = "$"

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[$€£₹%]")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc`\u00b4", "'"))
_SIGNS: Final = {"€": MONEY, "£": MONEY, "₹": MONEY, "%": "percent"}
# Letters of other scripts that look like Latin ones.
LOOKALIKES: Final = {
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k",
    "м": "m", "н": "h", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w",
    "х": "x", "у": "y", "ө": "o",
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p",
    "τ": "t", "υ": "u", "χ": "x", "ω": "w",
}  # fmt: skip
_LOOKALIKES: Final = str.maketrans(LOOKALIKES)
_DIGITS: Final = str.maketrans("01345@", "oieasa")


def fold(text: str) -> list[str]:
    """The words of `text` without case, accents and disguises; a number is "#", money "$"."""
    decomposed = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).casefold()
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words: list[str] = []
    for found in _WORD.findall(bare.translate(_APOSTROPHES)):
        word = _fold_word(found)
        if word != NUMBER or not words or words[-1] != NUMBER:
            words.append(word)
    return words


def _fold_word(word: str) -> str:
    if len(word) == 1 and word in _SIGNS:
        return _SIGNS[word]
    if word.isdecimal():
        return NUMBER
    word = word.replace("'", "")
    if not word.isascii() and any("a" <= letter <= "z" for letter in word):
        word = word.translate(_LOOKALIKES)
    # "cas1no"; neither "b12" nor "5htp".
    if word[:1].isalpha() and word[-1:].isalpha() and not word.isalpha():
        word = word.translate(_DIGITS)
    return word
