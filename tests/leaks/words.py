"""Canary words: each stands in one field of one owner, so that finding it says what has leaked."""

import itertools
import re
from dataclasses import dataclass, replace
from typing import Final

# What no answer has by chance: a word, a diagnosis code, a colour. Each begins with letters of its
# own, which makes looking for it fast.
_FORMS: Final = (
    re.compile(rb"qz[0-9]{6}"),
    re.compile(rb"q0z\.[0-9]{4}"),
    re.compile(rb"c0(?<=[#=-]c0)[0-9]{4}(?![0-9a-z])"),
)
# Of the same forms, and nobody's.
_NOBODYS: Final = (b"qz999999", b"q0z.9999", b"c09999")


@dataclass(frozen=True)
class Place:
    """Where a word stands: whose it is, and in which field."""

    owner: str
    field: str

    def __str__(self) -> str:
        return f"{self.field} of {self.owner}"


class Words:
    """Makes canary words, remembers where each was put, and finds them in bytes."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._numbers = itertools.count(1)

    def mint(self, owner: str, field: str, form: str = "qz{:06}") -> str:
        """A new word for a field of `owner`."""
        word = form.format(next(self._numbers))
        self._places[word.lower()] = Place(owner, field)
        return word

    def give(self, word: str, owner: str) -> None:
        """Let a word be of another owner."""
        self._places[word] = replace(self._places[word], owner=owner)

    def get_place(self, word: str) -> Place:
        """Where a word was put."""
        return self._places[word]

    def of(self, *owners: str) -> dict[str, Place]:
        """The words of some owners."""
        return {word: place for word, place in self._places.items() if place.owner in owners}

    def not_of(self, *owners: str) -> dict[str, Place]:
        """The words of everybody else."""
        return {word: place for word, place in self._places.items() if place.owner not in owners}

    def find(self, content: bytes) -> set[str]:
        """The words that stand anywhere in `content`, in lower case; words of nobody are none."""
        lower = content.lower()
        found = {match for form in _FORMS for match in form.findall(lower)}
        return {word.decode() for word in found} & self._places.keys()


def hide_words(text: str) -> str:
    """`text` with something of nobody's in the place of each word, in any case."""
    content = text.encode("utf-8", "replace")
    for form, nobodys in zip(_FORMS, _NOBODYS, strict=True):
        content = re.sub(form.pattern, nobodys, content, flags=re.IGNORECASE)
    return content.decode()
