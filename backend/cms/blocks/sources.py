"""Where the facts on a page come from."""

from wagtail import blocks

from cms.blocks.base import SUPPORTING, ContentBlock
from cms.blocks.fields import HeadingBlock


class SourceBlock(blocks.StructBlock):
    """One source: title, publisher, address and the day on which it was read."""

    title = blocks.CharBlock(max_length=200)
    publisher = blocks.CharBlock(max_length=120)
    url = blocks.URLBlock(label="Address")
    checked_on = blocks.DateBlock(
        required=False, label="Date checked", help_text="The day on which you last read it."
    )

    class Meta:
        icon = "link-external"
        label = "Source"
        form_classname = "struct-block field-grid"
        label_format = "{title}"


class SourcesBlock(ContentBlock):
    """The sources of the page, as a list."""

    heading = HeadingBlock(default="Sources")
    items = blocks.ListBlock(SourceBlock(), min_num=1, label="Sources")

    class Meta:
        icon = "clipboard-list"
        group = SUPPORTING
        label = "Sources"
        description = "Where the facts come from, with the date each was checked."
