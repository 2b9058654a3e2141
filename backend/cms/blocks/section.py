"""A free text section with a role, such as causes or outlook."""

from cms.blocks.base import ABOUT, ContentBlock
from cms.blocks.choices import SectionRole
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock, VocabularyBlock


class SectionBlock(ContentBlock):
    """Text under a heading; the role says what it is about, so that it can be found."""

    role = VocabularyBlock(SectionRole, label="What this section is about")
    heading = HeadingBlock()
    text = SafeRichTextBlock()

    class Meta:
        icon = "doc-full"
        group = ABOUT
        label = "Section"
        label_format = "{heading}"
        description = "Causes, who gets it, treatment, outlook, living with it, or anything else."
