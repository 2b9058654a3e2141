"""What people with the condition may notice."""

from wagtail import blocks

from cms.blocks.base import ABOUT, ContentBlock
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock

DIAGNOSIS_NOTE = (
    "Many conditions share these symptoms. Only a doctor can tell which one, if any, you have."
)


class SymptomBlock(blocks.StructBlock):
    """One symptom, in the words that readers use."""

    text = blocks.CharBlock(label="Symptom", max_length=120)
    note = blocks.TextBlock(required=False, max_length=400, help_text="A sentence more, if useful.")

    class Meta:
        icon = "check"
        label = "Symptom"
        label_format = "{text}"


class SymptomsBlock(ContentBlock):
    """The symptoms as a list, with the reminder that only a doctor can diagnose."""

    heading = HeadingBlock(default="Symptoms")
    intro = SafeRichTextBlock(required=False, label="Introduction")
    items = blocks.ListBlock(SymptomBlock(), min_num=1, label="Symptoms")
    diagnosis_note = blocks.TextBlock(
        default=DIAGNOSIS_NOTE,
        max_length=300,
        label="Reminder",
        help_text="Reminds readers that only a doctor can diagnose.",
    )

    class Meta:
        icon = "list-ul"
        group = ABOUT
        label = "Symptoms"
        description = "What people may notice, one symptom a row."
