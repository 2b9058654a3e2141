"""Questions that readers ask."""

from wagtail import blocks

from cms.blocks.base import SUPPORTING, ContentBlock
from cms.blocks.fields import HeadingBlock, SafeRichTextBlock


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=160)
    answer = SafeRichTextBlock()

    class Meta:
        icon = "help"
        label = "Question"
        label_format = "{question}"


class FaqBlock(ContentBlock):
    """Questions and answers that fold open."""

    heading = HeadingBlock(default="Questions people ask")
    items = blocks.ListBlock(QuestionBlock(), min_num=1, label="Questions")

    class Meta:
        icon = "help"
        group = SUPPORTING
        label = "Questions and answers"
        description = "Questions that readers ask, with answers that fold open."
