"""The conditions from A to Z: groups by first letter, and the addresses of the letters' pages."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from web.api.listing import ListedCondition

# How "#" (anything that is no letter) is written in an address.
OTHER_LETTER: Final = "other"
OTHER_SIGN: Final = "#"


@dataclass(frozen=True)
class LetterPage:
    """The page of one letter; `letter` is `a` to `z` or `other`."""

    index_path: str
    letter: str

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"{self.index_path}letter/{self.letter}/"

    @property
    def api_letter(self) -> str:
        """The letter as the API's filter takes it."""
        return OTHER_SIGN if self.letter == OTHER_LETTER else self.letter

    @property
    def label(self) -> str:
        """The letter as readers see it."""
        return "Other" if self.letter == OTHER_LETTER else self.letter.upper()


@dataclass(frozen=True)
class LetterGroup:
    """The conditions under one letter ("A", or "#")."""

    letter: str
    conditions: list[ListedCondition]


def letter_path(index_path: str, sign: str) -> str:
    """The address of the page for the letter `sign`, as the API writes it ("A", "#")."""
    letter = OTHER_LETTER if sign == OTHER_SIGN else sign.lower()
    return LetterPage(index_path, letter).path


def group_by_letter(conditions: Iterable[ListedCondition]) -> list[LetterGroup]:
    """The conditions under the first letters of their names."""
    in_order = sort_by_name(conditions)
    return [
        LetterGroup(letter, list(group)) for letter, group in groupby(in_order, key=find_letter)
    ]


def sort_by_name(conditions: Iterable[ListedCondition]) -> list[ListedCondition]:
    """The conditions from A to Z, the others last; whatever order a database has for them."""
    return sorted(conditions, key=_sort_key)


def find_letter(condition: ListedCondition) -> str:
    """The letter that the condition is filed under, as the API's filter has it."""
    return first_letter(condition.condition_name or condition.title)


def first_letter(name: str) -> str:
    """The letter that `name` is filed under: accents do not count, and what is no letter is "#"."""
    first = unicodedata.normalize("NFKD", name.strip())[:1].upper()
    return first if len(first) == 1 and "A" <= first <= "Z" else OTHER_SIGN


def _sort_key(condition: ListedCondition) -> tuple[str, str, str, int]:
    name = condition.condition_name or condition.title
    letter = first_letter(name)
    # After Z, as "~" is.
    return "~" if letter == OTHER_SIGN else letter, _fold(name), name, condition.id


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
