"""Signs that need medical help, and what to do."""

from wagtail import blocks

from cms.blocks.base import GUIDANCE, ContentBlock
from cms.blocks.choices import Urgency
from cms.blocks.fields import HeadingBlock, VocabularyBlock


class RedFlagsBlock(ContentBlock):
    """Warning signs of one urgency. Add a block for each urgency that applies."""

    critical = True

    heading = HeadingBlock(default="Get help")
    urgency = VocabularyBlock(Urgency)
    signs = blocks.ListBlock(blocks.CharBlock(max_length=200, label="Sign"), min_num=1)
    what_to_do = blocks.TextBlock(max_length=400, label="What to do")

    class Meta:
        icon = "warning"
        group = GUIDANCE
        label = "Warning signs"
        label_format = "{heading}"
        description = "Signs that need a doctor or an ambulance, and what to do."
