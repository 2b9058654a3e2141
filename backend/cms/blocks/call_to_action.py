"""An invitation with one button, such as booking a session."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from cms.blocks.base import SUPPORTING, ContentBlock
from cms.blocks.fields import HeadingBlock, HrefBlock
from cms.core.publishing import BlockPath

ONE_LINK = "Choose a page, or give an address, but not both."
SOME_LINK = "Say where the button leads: choose a page, or give an address."


class CallToActionBlock(ContentBlock):
    """Heading, a sentence and one button that leads to a page or to an address."""

    heading = HeadingBlock(default="Book a session")
    text = blocks.TextBlock(required=False, max_length=400)
    button_label = blocks.CharBlock(max_length=40, default="Book a session")
    page = blocks.PageChooserBlock(required=False, label="Page on this site")
    url = HrefBlock(
        required=False,
        max_length=500,
        label="Or an address",
        help_text="A web address, or “tel:” and a number, or “mailto:” and an e-mail address.",
    )

    class Meta:
        icon = "calendar-check"
        group = SUPPORTING
        label = "Call to action"
        label_format = "{heading}"
        description = "An invitation with one button, such as booking a session."

    def find_contradictions(self, raw: dict[str, Any]) -> Iterator[tuple[BlockPath, str]]:
        if raw.get("page") and raw.get("url"):
            yield ("url",), ONE_LINK
        elif not raw.get("page") and not raw.get("url"):
            yield ("page",), SOME_LINK
