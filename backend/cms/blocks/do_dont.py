"""Two short lists: what to do and what not to do."""

from wagtail import blocks

from cms.blocks.base import GUIDANCE, ContentBlock
from cms.blocks.fields import HeadingBlock


class DoDontBlock(ContentBlock):
    """Do and don't, side by side."""

    heading = HeadingBlock(default="Do and don't")
    dos = blocks.ListBlock(blocks.CharBlock(max_length=200, label="Do"), min_num=1, label="Do")
    donts = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label="Don't"), min_num=1, label="Don't"
    )

    class Meta:
        icon = "list-ol"
        group = GUIDANCE
        label = "Do and don't"
        description = "Two short lists, side by side."
