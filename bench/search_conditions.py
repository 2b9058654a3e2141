"""The conditions of the search data, as condition pages hold them.

The guidance is made up, and says so: it is there so that pages have the weight of real ones, and
facets something to count. Whatever the data knows and an editor would not write on a page
(popularity, withheld names, codes of other catalogues) is left out.
"""

import gzip
import html
import json
import random
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError

from cms.blocks.choices import Advice, Heat, Phase, Pressure, SeeDoctorFirst, Technique
from cms.blocks.massage_guidance import PAIN_TOLERANCE
from cms.blocks.symptoms import DIAGNOSIS_NOTE
from cms.conditions.choices import TermKind
from cms.conditions.icd10 import validate_icd10_code
from cms.core.base_page import SUMMARY_LENGTHS

Condition = dict[str, Any]

MADE_UP: Final = "Made up for a benchmark, and no advice."
_LONGEST_SYMPTOM: Final = 120
_ADVICE: Final = {
    Phase.ACUTE: (Advice.AVOID, Advice.AVOID, Advice.ASK_FIRST),
    Phase.ON_TREATMENT: (Advice.ASK_FIRST, Advice.ASK_FIRST, Advice.AVOID),
    Phase.POST_SURGERY: (Advice.AVOID, Advice.ASK_FIRST),
    Phase.CHRONIC: (Advice.MODIFY, Advice.MODIFY, Advice.OK),
    Phase.REMISSION: (Advice.MODIFY, Advice.OK),
    Phase.PALLIATIVE: (Advice.MODIFY, Advice.ASK_FIRST),
}


def read_conditions(folder: Path) -> list[Condition]:
    """Every condition, in an order in which any first part is a fair sample of the whole.

    Raises:
        OSError: the folder has no `conditions.jsonl.gz`.
    """
    with gzip.open(folder / "conditions.jsonl.gz", "rt", encoding="utf-8") as lines:
        conditions = [json.loads(line) for line in lines]
    random.Random(0).shuffle(conditions)  # noqa: S311
    return conditions


def build_fields(condition: Condition) -> dict[str, Any]:
    """The fields of the page's own row. The address is made of the number in the data."""
    name = condition["name"]
    return {
        "title": f"Massage for {name}",
        "draft_title": f"Massage for {name}",
        "slug": condition["id"],
        "condition_name": name,
        "summary": build_summary(condition),
        "icd10_code": build_code(condition),
        "is_demo": True,
    }


def build_summary(condition: Condition) -> str:
    """The first words of the definition, as long as a summary may be."""
    shortest, longest = SUMMARY_LENGTHS
    text = " ".join((condition.get("lay_definition") or condition["definition"] or "").split())
    if len(text) < shortest:
        text = f"{condition['name']}: {text or 'a page of test data'}. {MADE_UP}"
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0] or text[:longest]


def build_code(condition: Condition) -> str:
    """The ICD-10-CM code, or "" where the data has none that a page may have."""
    code = condition["codes"].get("icd10cm") or ""
    try:
        validate_icd10_code(code)
    except ValidationError:
        return ""
    return str(code)


def build_other_names(condition: Condition) -> list[tuple[str, TermKind]]:
    """The names that an editor would fill in, with their kinds."""
    return [
        *((term, TermKind.SYNONYM) for term in condition["synonyms"]),
        *((term, TermKind.ABBREVIATION) for term in condition["abbreviations"]),
    ]


def build_body(condition: Condition) -> list[dict[str, Any]]:
    """The stored blocks of the page."""
    definitions = [condition.get("lay_definition"), condition["definition"]]
    blocks = [_build_guidance(condition)]
    if any(definitions):
        paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in definitions if text)
        blocks.append(_build_block("overview", heading="What it is", text=paragraphs))
    if condition["symptoms"]:
        blocks.append(
            _build_block(
                "symptoms",
                heading="Symptoms",
                intro="",
                items=_build_items(map(_build_symptom, condition["symptoms"])),
                diagnosis_note=DIAGNOSIS_NOTE,
            )
        )
    return blocks


def _build_symptom(symptom: dict[str, Any]) -> dict[str, str]:
    """A row of the block: the everyday wording in brackets, or as the note where it is too long."""
    label, lay = symptom["label"], symptom["lay"] or ""
    text = f"{label} ({lay})" if lay else label
    if len(text) <= _LONGEST_SYMPTOM:
        return {"text": text, "note": ""}
    return {"text": label[:_LONGEST_SYMPTOM], "note": lay}


def _build_guidance(condition: Condition) -> dict[str, Any]:
    """Guidance that differs from page to page and is the same for a page every time."""
    chance = random.Random(condition["id"])  # noqa: S311
    phases = sorted(chance.sample(list(_ADVICE), chance.randint(1, 3)), key=list(Phase).index)
    return _build_block(
        "massage_guidance",
        heading="Is massage safe?",
        summary=MADE_UP,
        phases=_build_items(_build_phase(phase, chance) for phase in phases),
        areas=[],
        pain_tolerance=PAIN_TOLERANCE,
        see_doctor_first=str(chance.choice(list(SeeDoctorFirst))),
    )


def _build_phase(phase: Phase, chance: random.Random) -> dict[str, Any]:
    advice = chance.choice(_ADVICE[phase])
    is_possible = advice != Advice.AVOID
    return {
        "phase": str(phase),
        "label": str(phase.label),
        "advice": str(advice),
        "max_pressure": str(chance.choice(list(Pressure)).value) if is_possible else None,
        "speed": "",
        "heat": str(chance.choice(list(Heat))),
        "max_minutes": chance.choice([30, 45, 60]) if is_possible else None,
        "positions": [],
        "techniques_suited": [],
        "techniques_to_avoid": sorted(map(str, chance.sample(list(Technique), 2))),
        "note": MADE_UP,
    }


def _build_block(name: str, **value: Any) -> dict[str, Any]:
    return {"type": name, "id": str(uuid.uuid4()), "value": value}


def _build_items(values: Any) -> Sequence[dict[str, Any]]:
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]
