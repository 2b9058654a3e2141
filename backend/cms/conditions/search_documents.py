"""What the search knows of condition pages and their index."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from cms.blocks.choices import Advice, Heat, Phase, Pressure, Technique
from cms.conditions.choices import TermKind
from cms.search.choices import FacetName, NameKind
from cms.search.documents import Facet, Name, SearchDocument, iterate_passages, read_body

if TYPE_CHECKING:
    from cms.conditions.models import ConditionPage

_NAME_KINDS: Final = {
    TermKind.ABBREVIATION: NameKind.ABBREVIATION,
    TermKind.SYNONYM: NameKind.SYNONYM,
    TermKind.LAY_TERM: NameKind.LAY_TERM,
    TermKind.MISSPELLING: NameKind.MISSPELLING,
}


def build_condition_document(page: "ConditionPage") -> SearchDocument:
    """The names of the condition, its symptoms, its text, its body systems and its advice."""
    blocks = read_body(page.body)
    phases = list(_iterate_phases(blocks))
    return SearchDocument(
        title=page.title,
        summary=page.summary,
        names=[
            Name(page.condition_name or page.title, NameKind.NAME),
            *(
                Name(other.term, _NAME_KINDS[TermKind(other.kind)])
                for other in page.also_known_as.all()
                if other.term and other.kind in TermKind.values
            ),
        ],
        symptoms=list(_iterate_symptoms(blocks)),
        passages=list(iterate_passages(page.body, blocks)),
        facets=[
            *(
                Facet(FacetName.BODY_SYSTEM, system.slug, system.name)
                for system in page.body_systems.all()
            ),
            *(build_advice_facet(phase["phase"], phase["advice"]) for phase in phases),
        ],
        cautions=sorted(set(_iterate_cautions(phases))),
    )


def build_advice_facet(phase: str, advice: str) -> Facet:
    """The advice in a phase as results are narrowed by it, such as `remission:modify`."""
    label = f"{Phase(phase).label}: {str(Advice(advice).label).lower()}"
    return Facet(FacetName.ADVICE, f"{phase}:{advice}", label)


def _iterate_symptoms(blocks: Iterable[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "symptoms":
            yield from (item["text"] for item in block["value"]["items"])


def _iterate_phases(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block["type"] == "massage_guidance":
            yield from block["value"]["phases"]


def _iterate_cautions(phases: Iterable[dict[str, Any]]) -> Iterator[str]:
    for phase in phases:
        if phase["heat"] == Heat.AVOID:
            yield "heat"
        if phase["max_pressure"] in (Pressure.NONE, Pressure.LIGHT_LOTIONING):
            yield "more than light pressure"
        for technique in phase["techniques_to_avoid"]:
            yield str(Technique(technique).label).lower()
