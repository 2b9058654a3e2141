"""Somebody's words, with their name."""

from wagtail import blocks

from cms.blocks.base import SUPPORTING, ContentBlock


class QuoteBlock(ContentBlock):
    """A quotation and who said it."""

    text = blocks.TextBlock(max_length=600, label="Quotation")
    attribution = blocks.CharBlock(max_length=120, label="Who said it")
    source_url = blocks.URLBlock(required=False, label="Where it can be read")

    class Meta:
        icon = "openquote"
        group = SUPPORTING
        label = "Quotation"
        description = "Somebody's words, with their name."
