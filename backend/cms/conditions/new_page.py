"""What a new condition page starts with."""

import uuid
from typing import Any, Final

from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.signals import init_new_page

from cms.conditions.models import ConditionPage

STARTING_BLOCKS: Final = (
    "overview",
    "cycle",
    "symptoms",
    "diagnosis",
    "massage_guidance",
    "red_flags",
    "related_conditions",
    "sources",
    "call_to_action",
)


def connect() -> None:
    """Give every condition page that is opened as new in the editor the usual blocks."""
    init_new_page.connect(_start, dispatch_uid="cms.conditions.new_page")


def _start(page: Page, **kwargs: Any) -> None:
    if isinstance(page, ConditionPage):
        add_starting_blocks(page)


def add_starting_blocks(page: ConditionPage) -> None:
    """The usual blocks in the usual order, with their headings and one row to fill in."""
    stream_block = page.body.stream_block
    child_blocks = stream_block.child_blocks
    # An id each, for the editor makes its anchors of them.
    blocks = [
        (name, child_blocks[name].get_default(), str(uuid.uuid4())) for name in STARTING_BLOCKS
    ]
    page.body = StreamValue(stream_block, blocks)
