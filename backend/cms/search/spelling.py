"""Corrects what no page has, against the words that public pages have.

Two words that are two edits apart share what is left of their beginnings after two letters are
left out, so a look-up of a few dozen such parts finds every candidate, however many words there
are (the symmetric delete method; W. Garbe, SymSpell, 2012).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from rapidfuzz.distance import OSA

from cms.search.names import find_begun
from cms.search.query import Query, is_noise
from cms.search.rows import fetch_rows
from cms.search.texts import count_words
from cms.search.words import build_start, stem

# Of a word's beginning; edits after it are found whatever they are.
_BEGINNING: Final = 7
_SHORTEST: Final = 4
# Of which the first letter may belong to the word before.
_SHORTEST_SHIFTED: Final = 6
_MOST_CANDIDATES: Final = 8
# Words of one query that are corrected, and ways to do it that are compared with names.
_MOST_CORRECTED: Final = 4
_MOST_WAYS: Final = 64
_MOST_BEGINNINGS: Final = 16
# Of how many words a query may be that is compared with names although all its words are known.
_NAME_LENGTHS: Final = range(2, 6)


@dataclass(frozen=True)
class Candidate:
    """A known word that a misspelling may stand for, and how far it is from it."""

    text: str
    distance: float


def build_parts(word: str) -> set[str]:
    """The beginning of `word` with no, one or two letters left out."""
    beginning = word[:_BEGINNING]
    parts = {beginning}
    for count in range(1, _count_edits(len(word)) + 1):
        parts.update(
            "".join(letters) for letters in combinations(beginning, len(beginning) - count)
        )
    return {part for part in parts if part}


def _count_edits(length: int) -> int:
    return 1 if length < _SHORTEST + 1 else 2


def correct(query: Query, frequencies: Mapping[str, int]) -> Query | None:
    """The query with its unknown words corrected; None where there is nothing to correct.

    Of several corrections, the one that makes the words a name is taken. A word that is known, or
    of which another form is, is only replaced to make a name. Five queries at most.
    """
    words = {
        place: word
        for place, word in enumerate(query.words)
        if place not in query.noise and word.isalpha() and len(word) >= _SHORTEST
    }
    known = {
        text
        for (text,) in fetch_rows(
            "SELECT text FROM search_knownword WHERE text IN %s", set(words.values())
        )
    }
    unknown = {place: word for place, word in words.items() if word not in known}
    if unknown:
        ways = _correct_unknown(query, unknown, frequencies)
    elif len(words) in _NAME_LENGTHS and len(query.parts) == 1:
        ways = _replace_one(query, words)
    else:
        return None
    best = _find_name_or_none(ways)
    if best is None and unknown:
        # A short word by itself is near to too many others.
        is_short = len(query.meaningful) == 1 and len(query.meaningful[0]) <= _SHORTEST
        best = _find_beginning_or_none(ways)
        if best is None and not is_short:
            best = _find_telling_or_none(query, ways)
    return None if best is None or best.words == query.words else best


def _find_name_or_none(ways: Sequence[Query]) -> Query | None:
    """The likeliest way that is a name."""
    named = {
        stems
        for (stems,) in fetch_rows(
            "SELECT stems FROM search_indexedname WHERE stems IN %s",
            {way.core.stems for way in ways},
        )
    }
    return next((way for way in ways if way.core.stems in named), None)


def _find_beginning_or_none(ways: Sequence[Query]) -> Query | None:
    """The likeliest way with which a name begins."""
    likeliest = ways[:_MOST_BEGINNINGS]
    begun = find_begun([way.start for way in likeliest])
    return next((way for way in likeliest if way.start in begun), None)


def _find_telling_or_none(query: Query, ways: Sequence[Query]) -> Query | None:
    """The likeliest way whose new words are those of names or symptoms, or beyond doubt.

    Whatever the content says nothing about is near to some other word of its text: "lupus" is not
    meant for "lungs".
    """
    new = {way: _find_replaced(query, way) for way in ways}
    words = {word for pairs in new.values() for word in pairs.values()}
    in_symptoms = {
        text
        for (text,) in fetch_rows(
            "SELECT stem FROM search_symptomword WHERE stem IN %s", {*map(stem, words)}
        )
    }
    in_names = find_begun([build_start([word]) for word in words], ranks=(0, 1, 2))
    telling = {
        word for word in words if stem(word) in in_symptoms or build_start([word]) in in_names
    }

    def is_meant(typed: str, word: str) -> bool:
        distance: int = OSA.distance(typed, word)
        is_swapped = distance == 1 and sorted(typed) == sorted(word)
        # "Warts" are not meant for "parts", but a space slips: "ros sriver".
        is_shifted = len(typed) >= _SHORTEST_SHIFTED and (typed[1:] == word or typed == word[1:])
        if typed[0] != word[0] and not (is_swapped or is_shifted):
            return False
        # Two letters that have changed places are beyond doubt, too.
        is_surer = word in telling or is_swapped
        one, two = (1, 7) if is_surer else (7, 10)
        return len(typed) >= (one if distance <= 1 else two) and distance <= 2

    return next((way for way in ways if all(is_meant(*pair) for pair in new[way].items())), None)


def _find_replaced(query: Query, way: Query) -> dict[str, str]:
    """The new words by what they replace."""
    pairs = zip(query.words, way.words, strict=True)
    return {old: word for old, word in pairs if old != word}


def _correct_unknown(
    query: Query, unknown: Mapping[int, str], frequencies: Mapping[str, int]
) -> list[Query]:
    """The ways to correct all unknown words for which there is a candidate, the likeliest first."""
    candidates = find_candidates(set(unknown.values()))
    places = [place for place, word in unknown.items() if candidates[word]][:_MOST_CORRECTED]
    choices = [
        [Candidate(unknown[place], 0)] * (stem(unknown[place]) in frequencies)
        + candidates[unknown[place]]
        for place in places
    ]
    ways = sorted(product(*choices), key=lambda way: sum(choice.distance for choice in way))
    return [
        query.replace_words({place: choice.text for place, choice in zip(places, way, strict=True)})
        for way in ways[:_MOST_WAYS]
    ]


def _replace_one(query: Query, words: Mapping[int, str]) -> list[Query]:
    """The ways to replace one known word by one that is a single edit away, the likeliest first."""
    candidates = find_candidates(set(words.values()))
    return [
        query.replace_words({place: candidate.text})
        for place, word in words.items()
        for candidate in candidates[word]
        if candidate.distance == 1
    ][:_MOST_WAYS]


def find_candidates(words: Iterable[str]) -> dict[str, list[Candidate]]:
    """For each of the words, the known words that it may stand for, the likeliest first.

    A word with a digit in it is a code: another one is not nearly the same. Two queries.
    """
    parts = {word: build_parts(word) if word.isalpha() else set() for word in words}
    every = set().union(*parts.values()) if parts else set()
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    rows = fetch_rows(
        "SELECT p.part, w.text FROM search_knownwordpart p"
        " JOIN search_knownword w ON w.id = p.word_id WHERE p.part IN %s",
        every,
    )
    for part, text in rows:
        sharing[part].add(text)
    near = {
        word: list(_iterate_near(word, set().union(*(sharing[part] for part in own))))
        for word, own in parts.items()
    }
    counts = count_words({stem(found.text) for every in near.values() for found in every})
    return {
        word: sorted(
            found,
            key=lambda choice: (choice.distance, -counts.get(stem(choice.text), 0), choice.text),
        )[:_MOST_CANDIDATES]
        for word, found in near.items()
    }


def _iterate_near(word: str, known: Iterable[str]) -> Iterator[Candidate]:
    most = _get_most_distance(len(word))
    for text in known:
        distance = OSA.distance(word, text, score_cutoff=most)
        # "Gout" is not meant for "got", nor "cysts" for "CTS".
        if (is_noise(text) and len(word) <= _SHORTEST) or (distance > 1 and len(text) <= _SHORTEST):
            continue
        # Hardly anybody gets the first letter wrong, and another as well in a short word.
        is_other_start = text[0] != word[0]
        if text != word and distance <= (max(1, most - 1) if is_other_start else most):
            yield Candidate(text, distance + 0.5 * is_other_start)


def _get_most_distance(length: int) -> int:
    return 1 if length <= 4 else 2 if length <= 8 else 3
