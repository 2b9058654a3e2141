"""Words in letters that only look like the right ones."""

import re
import unicodedata
from typing import Final

from cms.comments.spam.local.words import LOOKALIKES
from cms.comments.spam.message import Message, Reason

CODE = "disguised_words"
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_UNSEEN_WITHIN: Final = re.compile("[A-Za-z][\u00ad\u200b\u2060]{1,4}[A-Za-z]")
_LATIN: Final = "L"
_OTHER: Final = "o"
_STYLED: Final = (("\uff21", "\uff5a"), ("\U0001d400", "\U0001d7cb"), ("\u24b6", "\u24e9"))


def check(message: Message) -> Reason | None:
    """Latin words with Cyrillic or Greek letters in them, mathematical letters, unseen signs."""
    said = f"{message.name}\n{message.text}"
    if said.isascii():
        return None
    mixed = [word for word in _WORD.findall(said) if not word.isascii() and _is_mixed(word)]
    if mixed:
        shown = f"such as “{mixed[0][:30]}”"
        return Reason(
            CODE, f"Mixes alphabets within words, {shown}", 10 if len(set(mixed)) >= 3 else 6
        )
    if sum(map(_is_styled, _NOT_ASCII.findall(said))) >= 8:
        return Reason(CODE, "Is written in ornamental letters, which checks cannot read", 5)
    if len(_UNSEEN_WITHIN.findall(said)) >= 2:
        return Reason(CODE, "Has unseen signs within words", 4)
    return None


def _is_mixed(word: str) -> bool:
    """Whether letters of another script are disguised as Latin ones.

    Symbols such as the alpha of TNF-alpha, and endings of other languages after "COVID", are none:
    there, the other script stands at one end, as its own.
    """
    scripts = [_find_script(letter) for letter in word]
    if _LATIN not in scripts or _OTHER not in scripts:
        return False
    others = [letter for letter, script in zip(word, scripts, strict=True) if script == _OTHER]
    if not all(letter.casefold() in LOOKALIKES for letter in others):
        return False
    first = scripts.index(_OTHER)
    last = len(scripts) - 1 - scripts[::-1].index(_OTHER)
    is_within = _LATIN in scripts[:first] and _LATIN in scripts[last + 1 :]
    is_split = _LATIN in scripts[first:last]
    starts_so = first == 0 and scripts.count(_LATIN) > 2 and not _is_greek(others[0])
    return is_within or is_split or starts_so


def _find_script(letter: str) -> str:
    if letter.isascii():
        return _LATIN
    name = unicodedata.name(letter, "")
    return _OTHER if name.startswith(("CYRILLIC", "GREEK")) else _LATIN


def _is_greek(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("GREEK")


def _is_styled(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _STYLED)
