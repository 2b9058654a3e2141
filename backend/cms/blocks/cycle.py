"""How the condition comes and goes."""

from wagtail import blocks

from cms.blocks.base import ABOUT, ContentBlock
from cms.blocks.choices import CyclePattern, Phase
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock, VocabularyBlock


class CyclePhaseBlock(blocks.StructBlock):
    """One phase of the cycle."""

    phase = VocabularyBlock(Phase, help_text="The same phases are used in the massage guidance.")
    label = blocks.CharBlock(max_length=80, help_text="What readers call it, such as “A flare”.")
    what_happens = blocks.TextBlock(max_length=600)

    class Meta:
        icon = "time"
        label = "Phase"
        form_classname = "struct-block field-grid"
        label_format = "{label}"


class CycleBlock(ContentBlock):
    """The pattern over months and years, phase by phase."""

    heading = HeadingBlock(default="How it comes and goes")
    pattern = VocabularyBlock(CyclePattern)
    intro = SafeRichTextBlock(required=False, label="Introduction")
    phases = blocks.ListBlock(CyclePhaseBlock(), min_num=1, label="Phases")

    class Meta:
        icon = "history"
        group = ABOUT
        label = "Cycle"
        description = "How the condition flares, settles or changes, phase by phase."
