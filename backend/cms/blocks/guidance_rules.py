"""How massage guidance can contradict itself.

A reader acts on one row of the table. A row that says "do not massage" and names a pressure, or
names a technique as suited and as one to avoid, could be read as safe.
"""

from collections.abc import Iterator
from typing import Any

from cms.blocks.choices import Advice, AreaRuleKind, Technique
from cms.blocks.stored_values import get_rows
from cms.core.publishing import BlockPath

Contradiction = tuple[BlockPath, str]

NO_PRESSURE = "Massage is to be avoided here, so leave the pressure empty or change the advice."
NO_SESSION = "Massage is to be avoided here, so leave the time empty or change the advice."
NO_AREA_PRESSURE = "This area is not to be touched, so leave the pressure empty or change the rule."
ONE_ROW_A_PHASE = "This phase has a row already. Put its advice into one row."


def find_guidance_contradictions(raw: dict[str, Any]) -> Iterator[Contradiction]:
    """Where the stored value of a massage guidance block contradicts itself."""
    seen: set[str] = set()
    for index, row in enumerate(get_rows(raw, "phases")):
        phase = row.get("phase")
        if isinstance(phase, str) and phase:
            if phase in seen:
                yield ("phases", index, "phase"), ONE_ROW_A_PHASE
            seen.add(phase)
        for name, message in _find_in_phase(row):
            yield ("phases", index, name), message
    for index, row in enumerate(get_rows(raw, "areas")):
        if row.get("rule") == AreaRuleKind.AVOID and _is_above_zero(row.get("max_pressure")):
            yield ("areas", index, "max_pressure"), NO_AREA_PRESSURE


def _find_in_phase(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row.get("advice") == Advice.AVOID:
        if _is_above_zero(row.get("max_pressure")):
            yield "max_pressure", NO_PRESSURE
        if row.get("max_minutes") is not None:
            yield "max_minutes", NO_SESSION
    suited, to_avoid = (
        _get_techniques(row.get(key)) for key in ("techniques_suited", "techniques_to_avoid")
    )
    both = [technique for technique in suited if technique in to_avoid]
    if both:
        labels = ", ".join(str(technique.label) for technique in both)
        yield "techniques_to_avoid", f"Listed as suited and as one to avoid: {labels}."


def _get_techniques(names: Any) -> list[Technique]:
    return [technique for technique in Technique if isinstance(names, list) and technique in names]


def _is_above_zero(pressure: Any) -> bool:
    # A select box stores the number as text.
    return str(pressure or 0) not in {"0", ""}
