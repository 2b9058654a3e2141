"""The therapist's own words, set apart from the facts."""

from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.base import SUPPORTING, ContentBlock
from cms.blocks.choices import CarePlace
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock, VocabularyListBlock


class ExperienceBlock(ContentBlock):
    """What the therapist has seen and learned; never a claim that massage treats a condition."""

    heading = HeadingBlock(default="From experience")
    person = SnippetChooserBlock("conditions.Person", label="Who is speaking")
    text = SafeRichTextBlock()
    places = VocabularyListBlock(CarePlace, label="Where")

    class Meta:
        icon = "user"
        group = SUPPORTING
        label = "Experience"
        description = "The therapist's own words, set apart from the facts."
