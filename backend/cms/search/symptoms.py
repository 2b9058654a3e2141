"""Finds pages by their symptoms: those that have all that the query names come first.

Pages word the same symptom differently. A page that says "Tremor (shaky hands)" tells that the one
stands for the other, and "Tremor at rest" has all the words of "tremor": both count, the first as
the symptom itself, the second as a kind of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cms.search.query import Query
from cms.search.rows import Parameter, fetch_rows
from cms.search.words import stem

_MOST_SEGMENTS: Final = 5
# Symptoms that are a kind of one that was named, and pages of the rarest.
_MOST_KINDS: Final = 200
_MOST_PAGES: Final = 400


@dataclass
class Segment:
    """The words of a query that name one symptom, and the ids of what they stand for."""

    start: int
    end: int
    exact: set[int] = field(default_factory=set)
    kinds: set[int] = field(default_factory=set)

    @property
    def symptoms(self) -> set[int]:
        """Every symptom that answers the words."""
        return self.exact | self.kinds


@dataclass
class SymptomHit:
    """A page with symptoms of the query: how many, and how many of those in the same words."""

    page_id: int
    count: int = 0
    exact_count: int = 0
    positions: int = 0
    symptom_ids: list[int] = field(default_factory=list)


def find_segments(query: Query, *, with_kinds: bool) -> list[Segment]:
    """The symptoms that the query names, in order. One query, and three more for their kinds."""
    spans = [span for span in query.iterate_spans() if span.stems]
    by_stems: defaultdict[str, set[int]] = defaultdict(set)
    found = fetch_rows(
        "SELECT stems, symptom_id FROM search_symptomname WHERE stems IN %s",
        {span.stems for span in spans},
    )
    for stems, symptom_id in found:
        by_stems[stems].add(symptom_id)
    segments: list[Segment] = []
    taken: set[int] = set()
    for span in sorted(spans, key=len, reverse=True):
        places = set(range(span.start, span.end))
        if span.stems in by_stems and not places & taken:
            segments.append(Segment(span.start, span.end, exact=by_stems[span.stems]))
            taken |= places
    for start, end in query.parts if with_kinds else ():
        rest = [place for place in range(start, end) if place not in taken | query.noise]
        if rest and not taken & set(range(start, end)):
            segments.append(Segment(rest[0], rest[-1] + 1))
    segments = sorted(segments, key=lambda segment: segment.start)[:_MOST_SEGMENTS]
    if with_kinds:
        _add_kinds(query, segments)
    return [segment for segment in segments if segment.symptoms]


def _add_kinds(query: Query, segments: Sequence[Segment]) -> None:
    """Give each segment the symptoms that have all words of one of its wordings.

    Its wordings are its own words, and what pages that have those words put beside them.
    """
    owners: defaultdict[int, list[Segment]] = defaultdict(list)
    wordings: list[tuple[Segment, frozenset[str]]] = []
    for segment in segments:
        places = set(range(segment.start, segment.end)) - query.noise
        wordings.append((segment, frozenset(stem(query.words[place]) for place in places)))
        for symptom_id in segment.exact:
            owners[symptom_id].append(segment)
    for (_name_id, symptom_id), words in _fetch_words("n.symptom_id IN %s", owners).items():
        wordings.extend((segment, frozenset(words)) for segment in owners[symptom_id])
    wanted = {word for _segment, stems in wordings for word in stems}
    frequency = dict(
        fetch_rows(
            "SELECT stem, COUNT(*) FROM search_symptomword WHERE stem IN %s GROUP BY stem", wanted
        )
    )
    possible = [
        (segment, stems) for segment, stems in wordings if stems and stems <= frequency.keys()
    ]
    rarest = {min(stems, key=frequency.__getitem__) for _segment, stems in possible}
    names = _fetch_words(
        "w.stem IN %s AND w.name_id IN (SELECT name_id FROM search_symptomword WHERE stem IN %s)",
        wanted,
        rarest,
    )
    for segment, stems in possible:
        for (_name_id, symptom_id), words in names.items():
            if stems <= words and len(segment.kinds) < _MOST_KINDS:
                segment.kinds.add(symptom_id)
    for segment in segments:
        segment.kinds -= segment.exact


def _fetch_words(condition: str, *parameters: Parameter) -> dict[tuple[int, int], set[str]]:
    """The words of wordings of symptoms, by the ids of both."""
    words: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    rows = fetch_rows(
        "SELECT w.name_id, n.symptom_id, w.stem FROM search_symptomword w"
        f" JOIN search_symptomname n ON n.id = w.name_id WHERE {condition} ORDER BY w.id",
        *parameters,
    )
    for name_id, symptom_id, word in rows:
        words[name_id, symptom_id].add(word)
    return words


def find_pages_with(segments: Sequence[Segment]) -> list[SymptomHit]:
    """The pages that have the symptoms: most of them first. Two queries of the database.

    Of a symptom that very many pages have, only pages that name it early are looked at.
    """
    if not segments:
        return []
    every = set().union(*(segment.symptoms for segment in segments))
    frequency = dict(
        fetch_rows(
            "SELECT symptom_id, COUNT(*) FROM search_pagesymptom"
            " WHERE symptom_id IN %s GROUP BY symptom_id",
            every,
        )
    )
    by_frequency = sorted(
        segments, key=lambda segment: sum(frequency.get(pk, 0) for pk in segment.symptoms)
    )
    rows = fetch_rows(
        f"""
        SELECT p.page_id, p.symptom_id, p.position
        FROM (
            SELECT DISTINCT page_id FROM (
                SELECT page_id FROM search_pagesymptom
                WHERE symptom_id IN %s ORDER BY position LIMIT {_MOST_PAGES}
            ) AS earliest
        ) AS d JOIN search_pagesymptom p ON p.page_id = d.page_id
        WHERE p.symptom_id IN %s
        """,
        by_frequency[0].symptoms,
        every,
    )
    best: defaultdict[tuple[int, int], list[tuple[bool, int, int]]] = defaultdict(list)
    for page_id, symptom_id, position in rows:
        for number, segment in enumerate(segments):
            if symptom_id in segment.symptoms:
                is_kind = symptom_id not in segment.exact
                best[page_id, number].append((is_kind, position, symptom_id))
    hits: dict[int, SymptomHit] = {}
    for (page_id, _number), found in best.items():
        is_kind, position, symptom_id = min(found)
        hit = hits.setdefault(page_id, SymptomHit(page_id))
        hit.count += 1
        hit.exact_count += not is_kind
        hit.positions += position
        hit.symptom_ids.append(symptom_id)
    return sorted(
        hits.values(),
        key=lambda hit: (-hit.count, -hit.exact_count, hit.positions, hit.page_id),
    )
