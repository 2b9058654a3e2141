"""The letter under which a condition stands in the A to Z."""

import string
import unicodedata
from typing import Final

OTHER_LETTER: Final = "#"


def get_letter(name: str) -> str:
    """The first letter of `name`, A to Z with accents folded; "#" for anything else."""
    folded = unicodedata.normalize("NFKD", name.strip())
    initial = folded[:1].upper()
    return initial if initial and initial in string.ascii_uppercase else OTHER_LETTER


def sort_key(letter: str) -> tuple[bool, str]:
    """Sorts A to Z, and "#" last."""
    return letter == OTHER_LETTER, letter
