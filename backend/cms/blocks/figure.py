"""A picture with its caption and credit."""

from wagtail import blocks

from cms.blocks.base import SUPPORTING, ContentBlock
from cms.blocks.fields import PictureBlock


class FigureBlock(ContentBlock):
    """A picture. It needs a description for people who cannot see it, unless it is decorative."""

    image = PictureBlock(
        help_text=(
            "Describe what the picture shows in the “Alt text” box, for readers who cannot see it."
        )
    )
    caption = blocks.CharBlock(required=False, max_length=250)
    credit = blocks.CharBlock(required=False, max_length=120, help_text="Who made the picture.")

    class Meta:
        icon = "image"
        group = SUPPORTING
        label = "Picture"
        description = "A picture with a description, a caption and a credit."
