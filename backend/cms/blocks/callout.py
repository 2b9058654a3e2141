"""A short aside that should not be missed."""

from cms.blocks.base import SUPPORTING, ContentBlock
from cms.blocks.choices import CalloutTone
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock, VocabularyBlock


class CalloutBlock(ContentBlock):
    """A short text in a box. For danger signs use the warning signs block instead."""

    tone = VocabularyBlock(CalloutTone, default=CalloutTone.INFORMATION)
    heading = HeadingBlock()
    text = SafeRichTextBlock()

    class Meta:
        icon = "comment"
        group = SUPPORTING
        label = "Callout"
        label_format = "{heading}"
        description = "A short aside in a box. For danger signs use “Warning signs”."
