"""What a body needs before it may be published: everything required, and no contradiction.

The rules read stored values beside the block definitions. They never ask a form field whether it is
`required`: Wagtail turns that off, on objects that all threads share, while somebody saves a draft.
"""

import re
from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.images.blocks import ImageBlock

from cms.blocks.base import ContentBlock
from cms.blocks.fields import VocabularyBlock, VocabularyListBlock
from cms.blocks.stored_values import unwrap_item
from cms.core.base_page import BasePage
from cms.core.content_field import count_unreadable_parts
from cms.core.publishing import BlockPath, PublishProblem

Finding = tuple[BlockPath, str, str]
"""Where (a path below the block), the same place in words, and what to do about it."""

FILL_IN = "Fill this in."
CHOOSE_ONE = "Choose one."
CHOOSE_AGAIN = "This choice is no longer there. Choose again."
ADD_ONE = "Add at least one."
DESCRIBE_PICTURE = (
    "Describe the picture for readers who cannot see it, or say that it is only decorative."
)
UNREADABLE = (
    "A part of the content cannot be read and is left out. "
    "Open the page, look for what is missing, and save it."
)
_TAG = re.compile(r"<[^>]*>")


def check_body(page: BasePage) -> Iterator[PublishProblem]:
    """The problems of the blocks in the page's `body`."""
    body: StreamValue = page.body
    if count_unreadable_parts(body):
        yield PublishProblem("body", UNREADABLE, "Content")
    for index, raw in enumerate(body.raw_data):
        block = body.stream_block.child_blocks.get(raw["type"])
        if block is None:
            continue
        for path, words, message in find_problems(block, raw.get("value")):
            label = f"{block.label}, {words}" if words else str(block.label)
            yield PublishProblem("body", message, label, (index, *path))


def find_problems(block: blocks.Block, raw: Any) -> Iterator[Finding]:
    """What is missing from, or contradicts itself in, the stored value `raw` of `block`."""
    if isinstance(block, ImageBlock):
        yield from _find_image_problems(block, raw)
    elif isinstance(block, blocks.StructBlock):
        yield from _find_struct_problems(block, raw if isinstance(raw, dict) else {})
    elif isinstance(block, blocks.ListBlock):
        yield from _find_list_problems(block, raw if isinstance(raw, list) else [])
    elif isinstance(block, VocabularyBlock | VocabularyListBlock):
        yield from _find_choice_problems(block, raw)
    elif is_required(block) and _is_empty(raw):
        message = CHOOSE_ONE if isinstance(block, blocks.ChooserBlock) else FILL_IN
        yield (), "", message


def is_required(block: blocks.Block) -> bool:
    """Whether `block` was defined as required, whatever its form field says at the moment."""
    if isinstance(block, blocks.ListBlock):
        return bool(block.meta.min_num)
    arguments: dict[str, Any] = block._constructor_args[1]
    return bool(arguments.get("required", not isinstance(block, VocabularyListBlock)))


def _find_struct_problems(block: blocks.StructBlock, raw: dict[str, Any]) -> Iterator[Finding]:
    for name, child in block.child_blocks.items():
        for path, words, message in find_problems(child, raw.get(name)):
            yield (name, *path), _join(str(child.label), words), message
    if isinstance(block, ContentBlock):
        for path, message in block.find_contradictions(raw):
            yield path, _describe(block, path), message


def _find_list_problems(block: blocks.ListBlock, raw: list[Any]) -> Iterator[Finding]:
    for index, item in enumerate(raw):
        for path, words, message in find_problems(block.child_block, unwrap_item(item)):
            yield (index, *path), _join(f"row {index + 1}", words), message
    if len(raw) < (block.meta.min_num or 0):
        yield (), "", ADD_ONE


def _find_choice_problems(
    block: VocabularyBlock | VocabularyListBlock, raw: Any
) -> Iterator[Finding]:
    if _is_empty(raw) or raw == []:
        if is_required(block):
            yield (), "", CHOOSE_ONE
        return
    known = {str(value) for value in block.vocabulary.values}
    chosen = raw if isinstance(raw, list) else [raw]
    if any(str(value) not in known for value in chosen):
        yield (), "", CHOOSE_AGAIN


def _find_image_problems(block: ImageBlock, raw: Any) -> Iterator[Finding]:
    image = raw if isinstance(raw, dict) else {"image": raw}
    if not image.get("image"):
        if is_required(block):
            yield ("image",), "", CHOOSE_ONE
    elif not image.get("decorative") and _is_empty(image.get("alt_text")):
        yield ("alt_text",), "", DESCRIBE_PICTURE


def _is_empty(raw: Any) -> bool:
    if isinstance(raw, str):
        return not _TAG.sub("", raw).replace("&nbsp;", " ").strip()
    return raw is None


def _join(place: str, words: str) -> str:
    return f"{place}, {words}" if words else place


def _describe(block: blocks.Block, path: BlockPath) -> str:
    """The place that `path` leads to, in words: labels of fields and numbers of rows."""
    words = []
    for step in path:
        if isinstance(block, blocks.StructBlock):
            block = block.child_blocks[str(step)]
            words.append(str(block.label))
        else:
            block = block.child_block
            words.append(f"row {int(step) + 1}")
    return ", ".join(words)
