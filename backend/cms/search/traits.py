"""What pages may have in common: symptoms, body systems, and what needs care in a massage.

All that is read of the index is bounded, however many pages there are: that a trait is very common
is known after counting a few of its pages.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cms.contract.references import BIGGEST_ID
from cms.search.choices import ExploreReasonKind, FacetName
from cms.search.documents import SearchDocument
from cms.search.entries.symptoms import split_wordings
from cms.search.rows import fetch_rows
from cms.search.words import fold, join_stems

# Pages of one trait that are counted; one that so many have is simply common.
_MOST_COUNTED: Final = 200
# Pages that are looked at for their rare traits (fewer than are counted, or a count that was cut
# short would be among them), and pages before and after in the index.
_MOST_WITH_RARE: Final = 150
_MOST_NEIGHBORS: Final = 50
# A shared symptom says most; that two pages ask for care with heat says least.
_WEIGHTS: Final = {
    ExploreReasonKind.SYMPTOMS: 1.0,
    ExploreReasonKind.BODY_SYSTEMS: 0.5,
    ExploreReasonKind.CAUTIONS: 0.05,
}
_COUNT: Final = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {{}} LIMIT {_MOST_COUNTED}) AS counted)"
_NEIGHBORS: Final = f"""
    SELECT page_id FROM (
        SELECT page_id FROM search_indexedpage
        WHERE type = %s AND page_id {{}} LIMIT {_MOST_NEIGHBORS}
    ) AS neighbors
"""


@dataclass(frozen=True, order=True)
class Trait:
    """A symptom by its stems, a body system by its slug, or a caution by its text."""

    kind: ExploreReasonKind
    key: str


# Traits of one page, each as the page words it.
Traits = Mapping[Trait, str]


@dataclass
class KnownTraits:
    """Some traits as the index knows them: how many pages have each, and its rows.

    Counts end at the same number for every trait that is common. `rows` has each trait by its kind
    and the id of its row, and as that row words it; cautions have no rows of their own.
    """

    page_count: int = 0
    counts: defaultdict[Trait, int] = field(default_factory=lambda: defaultdict(int))
    rows: dict[tuple[str, int], tuple[Trait, str]] = field(default_factory=dict)

    def weigh(self, trait: Trait) -> float:
        """How much it says that two pages share the trait: the rarer, the more."""
        return _WEIGHTS[trait.kind] * math.log(2 * self.page_count / self.counts[trait])

    def get_row_ids(self, kind: ExploreReasonKind, traits: Collection[Trait]) -> list[int]:
        """The ids of the rows of those traits that are of one kind."""
        return [
            pk for (_, pk), (trait, _) in self.rows.items() if trait in traits if trait.kind == kind
        ]

    def get_cautions(self, traits: Iterable[Trait]) -> list[str]:
        """Those of the traits that are cautions."""
        return [trait.key for trait in traits if trait.kind == ExploreReasonKind.CAUTIONS]


def build_traits(document: SearchDocument) -> Traits:
    """The traits of a page with this document."""
    traits: dict[Trait, str] = {}
    for symptom in document.symptoms:
        text = _shorten(symptom)
        if stems := join_stems(fold(text)):
            traits.setdefault(Trait(ExploreReasonKind.SYMPTOMS, stems), text)
    for facet in document.facets:
        if facet.name == FacetName.BODY_SYSTEM:
            traits[Trait(ExploreReasonKind.BODY_SYSTEMS, facet.value)] = facet.label
    for caution in document.cautions:
        traits[_caution(caution)] = caution
    return traits


def fetch_known_traits(traits: Collection[Trait]) -> KnownTraits:
    """What the index knows of some traits, in one query."""
    keys: defaultdict[ExploreReasonKind, list[str]] = defaultdict(list)
    for trait in sorted(traits):
        keys[trait.kind].append(trait.key)
    cautions = keys[ExploreReasonKind.CAUTIONS]
    of_caution = _COUNT.format("search_indexedcaution WHERE text = %s")
    rows = fetch_rows(
        f"""
        SELECT 'symptoms', s.stems, s.text, s.id,
            {_COUNT.format("search_pagesymptom p WHERE p.symptom_id = s.id")}
        FROM search_symptom s WHERE s.stems IN %s
        UNION ALL
        SELECT 'body_systems', v.value, v.label, v.id,
            {_COUNT.format("search_pagefacet f WHERE f.value_id = v.id")}
        FROM search_facetvalue v WHERE v.name = 'body_system' AND v.value IN %s
        {f"UNION ALL SELECT 'cautions', %s, '', 0, {of_caution}" * len(cautions)}
        UNION ALL
        SELECT 'pages', '', '', 0, {_COUNT.format("search_indexedpage")}
        """,
        keys[ExploreReasonKind.SYMPTOMS],
        keys[ExploreReasonKind.BODY_SYSTEMS],
        *(caution for caution in cautions for _ in range(2)),
    )
    known = KnownTraits()
    for kind, key, text, pk, count in rows:
        if kind == "pages":
            known.page_count = count
        elif count:
            trait = Trait(ExploreReasonKind(kind), key)
            # Pages word a symptom in more than one way.
            known.counts[trait] = min(known.counts[trait] + count, _MOST_COUNTED)
            if pk:
                is_symptom = kind == ExploreReasonKind.SYMPTOMS
                known.rows[kind, pk] = trait, _shorten(text) if is_symptom else text
    return known


def fetch_candidates(known: KnownTraits, page_id: int | None, page_type: str) -> list[int]:
    """The pages of a type that may share the traits, in one query: at most a few hundred.

    They are all that have one of the rarest, and those before and after the page in the index,
    some of which have whatever is common; in a small library these are all pages there are.
    """
    rare = _choose_rare(known)
    # A page that was never saved comes after all others.
    place = BIGGEST_ID if page_id is None else page_id
    rows = fetch_rows(
        f"""
        SELECT page_id FROM search_indexedpage WHERE type = %s AND page_id IN (
            SELECT page_id FROM search_pagesymptom WHERE symptom_id IN %s
            UNION SELECT page_id FROM search_pagefacet WHERE value_id IN %s
            UNION SELECT page_id FROM search_indexedcaution WHERE text IN %s
            UNION {_NEIGHBORS.format("> %s ORDER BY page_id")}
            UNION {_NEIGHBORS.format("< %s ORDER BY page_id DESC")}
        )
        """,
        page_type,
        known.get_row_ids(ExploreReasonKind.SYMPTOMS, rare),
        known.get_row_ids(ExploreReasonKind.BODY_SYSTEMS, rare),
        known.get_cautions(rare),
        page_type,
        place,
        page_type,
        place,
    )
    return [found for (found,) in rows if found != page_id]


def fetch_shared_traits(known: KnownTraits, page_ids: Collection[int]) -> dict[int, Traits]:
    """Which of the traits each page has, as it words them, in one query."""
    # Each page has few traits, but a trait may have very many pages: "+ 0" and "|| ''" keep the
    # database from beginning with those.
    rows = fetch_rows(
        """
        SELECT page_id, 'symptoms', symptom_id, '' FROM search_pagesymptom
        WHERE page_id IN %s AND symptom_id + 0 IN %s
        UNION ALL
        SELECT page_id, 'body_systems', value_id, '' FROM search_pagefacet
        WHERE page_id IN %s AND value_id + 0 IN %s
        UNION ALL
        SELECT page_id, 'cautions', 0, text FROM search_indexedcaution
        WHERE page_id IN %s AND text || '' IN %s
        """,
        page_ids,
        known.get_row_ids(ExploreReasonKind.SYMPTOMS, known.counts),
        page_ids,
        known.get_row_ids(ExploreReasonKind.BODY_SYSTEMS, known.counts),
        page_ids,
        known.get_cautions(known.counts),
    )
    shared: defaultdict[int, dict[Trait, str]] = defaultdict(dict)
    for page_id, kind, pk, caution in rows:
        trait, text = known.rows.get((kind, pk)) or (_caution(caution), caution)
        shared[page_id][trait] = text
    return dict(shared)


def _caution(text: str) -> Trait:
    return Trait(ExploreReasonKind.CAUTIONS, text)


def _shorten(symptom: str) -> str:
    """A symptom without what stands in brackets, which says it in other words."""
    return next(iter(split_wordings(symptom)), "")


def _choose_rare(known: KnownTraits) -> Sequence[Trait]:
    """The rarest of the traits: as many as few enough pages have."""
    rare = []
    left = _MOST_WITH_RARE
    for trait in sorted(known.counts, key=lambda trait: (known.counts[trait], trait)):
        left -= known.counts[trait]
        if left < 0:
            break
        rare.append(trait)
    return rare
