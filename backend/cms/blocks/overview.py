"""What the condition is."""

from cms.blocks.base import ABOUT, ContentBlock
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock


class OverviewBlock(ContentBlock):
    """Opens the page: what the condition is, in plain words."""

    heading = HeadingBlock(default="What it is")
    text = SafeRichTextBlock(help_text="Two or three short paragraphs. Explain every medical word.")

    class Meta:
        icon = "info-circle"
        group = ABOUT
        label = "Overview"
        description = "What the condition is, in a few plain paragraphs."
