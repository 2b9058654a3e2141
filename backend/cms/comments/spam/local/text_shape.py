"""How a text looks: shouted, without words, the same over and over, full of signs."""

import re
from collections import Counter
from typing import Final

from cms.comments.spam.local.selling_words import find_selling_words
from cms.comments.spam.local.ways_out import take_out_links
from cms.comments.spam.local.words import NUMBER, fold
from cms.comments.spam.message import Message, Reason

CODE = "text_shape"
_LEAST_LETTERS: Final = 40
_LONGEST_WORD: Final = 45
_LEAST_WORDS: Final = 30
_LONG_LIST: Final = 8
_MIXED_CASE: Final = re.compile(r"[a-z][A-Z]")
_REPEATED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = frozenset("aeiouyäöüéèáíóú")


def check(message: Message) -> Reason | None:
    """The worst of what a text shows. People in pain shout, so that counts for little."""
    text = take_out_links(message)
    words = [word for word in fold(text) if word != NUMBER]
    if _has_no_words(words) or _is_random(text):
        return Reason(CODE, "Has no words, only letters at random", 10)
    if _is_list_of_keywords(text) and sum(find_selling_words(text).values()) >= 2:
        return Reason(CODE, "Is a list of words for search engines", 10)
    if _is_stuffed(words) or _is_list_of_keywords(text):
        return Reason(CODE, "Repeats the same words, as lists for search engines do", 3)
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) >= _LEAST_LETTERS and capitals > 0.7 * len(letters):
        return Reason(CODE, "Is written in capitals", 2)
    signs = sum(not sign.isalnum() and not sign.isspace() and ord(sign) > 0x2100 for sign in text)
    if signs >= 8 and signs > 0.1 * len(text):
        return Reason(CODE, f"Has {signs} pictures and ornaments", 2)
    if text.count("!") >= 10 or "$$$" in text:
        return Reason(CODE, "Has many exclamation or dollar marks", 2)
    return None


def _has_no_words(words: list[str]) -> bool:
    """Whether most longer words in Latin letters cannot be spoken, or one word is all there is."""
    longer = [word for word in words if len(word) >= 5 and word.isascii()]
    if len(words) == 1 and len(words[0]) > _LONGEST_WORD:
        return True
    odd = sum(_is_unspeakable(word) for word in longer)
    return (odd >= 2 and odd > len(longer) / 2) or (odd == 1 and len(words) == 1)


def _is_random(text: str) -> bool:
    """Whether it is one word with capitals here and there, as in "dGhRkLmQwZ"."""
    return text.isascii() and text.isalpha() and len(_MIXED_CASE.findall(text)) >= 3


def _is_unspeakable(word: str) -> bool:
    """Whether five consonants follow each other, or there is hardly a vowel, as in "xkqwzrt"."""
    run = longest = vowels = 0
    # "Pffffft" and "hmmmm" are said.
    for letter in _REPEATED.sub(r"\1", word):
        is_vowel = letter in _VOWELS
        vowels += is_vowel
        run = 0 if is_vowel or not letter.isalpha() else run + 1
        longest = max(longest, run)
    return longest >= 6 or (longest >= 5 and vowels * 4 < len(word))


def _is_stuffed(words: list[str]) -> bool:
    """Whether one longer word is a tenth of a text that is no short one."""
    if len(words) < _LEAST_WORDS:
        return False
    longer = Counter(word for word in words if len(word) >= 5)
    return bool(longer) and longer.most_common(1)[0][1] > max(5, len(words) * 0.12)


def _is_list_of_keywords(text: str) -> bool:
    """Whether it is little but phrases with commas between, the same word in most of them."""
    parts = [part.split() for part in text.casefold().split(",")]
    short = [part for part in parts if 1 <= len(part) <= 5]
    if len(short) < _LONG_LIST or len(short) < 0.8 * len(parts):
        return False
    return (
        Counter(word for part in short for word in set(part)).most_common(1)[0][1] > len(short) / 2
    )
