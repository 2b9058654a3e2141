"""When massage is suitable, and how to adapt it, phase by phase."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from cms.blocks.base import GUIDANCE, ContentBlock
from cms.blocks.choices import (
    Advice,
    AreaRuleKind,
    Heat,
    Phase,
    Position,
    Pressure,
    SeeDoctorFirst,
    Speed,
    Technique,
)
from cms.blocks.fields import HeadingBlock, VocabularyBlock, VocabularyListBlock
from cms.blocks.guidance_rules import find_guidance_contradictions
from cms.core.publishing import BlockPath

PRESSURE_HELP = (
    "The most pressure that is suitable, on Walton's scale: 0 is holding only, 1 light lotioning, "
    "3 medium, 5 deep. Leave empty where massage is to be avoided."
)
PAIN_TOLERANCE = (
    "Stay within what is comfortable. Say so at once if anything hurts; "
    "pressure is never to be endured."
)


class PhaseGuidanceBlock(blocks.StructBlock):
    """The advice for one phase. One row of the table that opens the public page."""

    phase = VocabularyBlock(Phase, help_text="Each phase may be used once.")
    label = blocks.CharBlock(
        max_length=80, help_text="What readers call this phase, such as “During a flare”."
    )
    advice = VocabularyBlock(Advice, label="Massage or not")
    max_pressure = VocabularyBlock(
        Pressure, required=False, label="Most pressure", help_text=PRESSURE_HELP
    )
    speed = VocabularyBlock(Speed, required=False)
    heat = VocabularyBlock(Heat, required=False, help_text="Warm rooms, hot packs, hot stones.")
    max_minutes = blocks.IntegerBlock(
        required=False,
        min_value=5,
        max_value=180,
        label="Longest session (minutes)",
        help_text="Leave empty where massage is to be avoided.",
    )
    positions = VocabularyListBlock(Position, label="Suitable positions")
    techniques_suited = VocabularyListBlock(Technique, label="Techniques that suit")
    techniques_to_avoid = VocabularyListBlock(Technique, label="Techniques to avoid")
    note = blocks.TextBlock(
        required=False,
        max_length=400,
        label="Care to take",
        help_text="One or two short sentences: what to watch for in this phase.",
    )

    class Meta:
        icon = "calendar"
        label = "Phase"
        form_classname = "struct-block field-grid"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            children=[
                "phase",
                "label",
                "advice",
                "max_pressure",
                "speed",
                "heat",
                "max_minutes",
                "note",
                blocks.BlockGroup(
                    children=["positions", "techniques_suited", "techniques_to_avoid"],
                    heading="Positions and techniques",
                    classname="collapsed",
                    icon="list-ul",
                    label_format="",
                ),
            ]
        )


class AreaRuleBlock(blocks.StructBlock):
    """How one area of the body is to be handled, in every phase."""

    area = blocks.CharBlock(max_length=120, help_text="Such as “Areas without feeling”.")
    rule = VocabularyBlock(AreaRuleKind)
    max_pressure = VocabularyBlock(
        Pressure, required=False, label="Most pressure", help_text=PRESSURE_HELP
    )
    reason = blocks.TextBlock(max_length=400, help_text="Why, in one sentence.")

    class Meta:
        icon = "crosshairs"
        label = "Area"
        form_classname = "struct-block field-grid"
        label_format = "{area}"


class MassageGuidanceBlock(ContentBlock):
    """The reason readers come. A page needs exactly one to be published."""

    critical = True

    heading = HeadingBlock(default="Is massage safe?")
    summary = blocks.TextBlock(
        max_length=600, help_text="The answer in two or three sentences, before the details."
    )
    phases = blocks.ListBlock(
        PhaseGuidanceBlock(),
        min_num=1,
        label="Advice by phase",
        help_text="One row for each phase. Together they make the table at the top of the page.",
    )
    areas = blocks.ListBlock(
        AreaRuleBlock(), min_num=0, default=[], label="Areas of the body that need care"
    )
    pain_tolerance = blocks.TextBlock(default=PAIN_TOLERANCE, max_length=300)
    see_doctor_first = VocabularyBlock(
        SeeDoctorFirst, default=SeeDoctorFirst.IF_UNSURE, label="See a doctor first"
    )

    class Meta:
        icon = "pick"
        group = GUIDANCE
        label = "Massage guidance"
        description = "When massage is suitable and how to adapt it, phase by phase."

    def find_contradictions(self, raw: dict[str, Any]) -> Iterator[tuple[BlockPath, str]]:
        yield from find_guidance_contradictions(raw)
