"""Fills blocks with canary words, from their definitions.

A new block or field is filled by its kind. What is of no known kind fails the test, with a message
that says where to add it.
"""

import itertools
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any, Final

from django.db import models
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.conditions.models import Person
from tests.leaks.words import Words

Values = dict[str, Any]

_THIS_FILE: Final = "tests/leaks/block_filling.py"
# Long enough for a summary.
_MORE_WORDS: Final = "in plain words, enough of them to make a whole sentence."
# A filled block that contradicts itself is stored as several that do not.
_VARIANTS: Final[dict[str, tuple[Values, ...]]] = {"call_to_action": ({"page": None}, {"url": ""})}


class UnknownKindError(AssertionError):
    """Something can hold words that this test does not know how to put there."""


class BlockFiller(ABC):
    """Fills the blocks of one owner. Everything that can lead to a page leads to all `page_ids`."""

    def __init__(self, words: Words, owner: str, page_ids: Sequence[int]) -> None:
        self._words = words
        self._owner = owner
        self._page_ids = page_ids
        self._turns = itertools.count()

    @abstractmethod
    def get_image(self) -> models.Model:
        """The owner's picture."""

    @abstractmethod
    def get_shared(self, model: type[models.Model]) -> models.Model:
        """The owner's person or body system."""

    def mint(self, field: str, form: str = "qz{:06}") -> str:
        """A new word of this owner."""
        return self._words.mint(self._owner, field, form)

    def _write(self, field: str, longest: int | None) -> str:
        return f"{self.mint(field)} {_MORE_WORDS}"[:longest]

    def _write_html(self, field: str) -> str:
        """Rich text that links to every page."""
        word = self.mint(field)
        links = " ".join(f'<a linktype="page" id="{key}">{word}</a>' for key in self._page_ids)
        return f"<p>{self._write(field, None)} {links}</p>"

    def fill_stream(self, body: blocks.StreamBlock) -> list[Values]:
        """A stored body with every block of `body`, and in it a link to every page."""
        stored = []
        for name, block in body.child_blocks.items():
            filled = self._fill_block(block, name)
            for value in self._lead_block_to_pages(block, filled):
                stored += [
                    {"type": name, "value": {**value, **changes}}
                    for changes in _VARIANTS.get(name, ({},))
                ]
        return [{**block, "id": f"block-{number}"} for number, block in enumerate(stored)]

    def _lead_block_to_pages(self, block: blocks.Block, filled: Any) -> list[Any]:
        """`filled` for each page, where it is a struct that leads to one."""
        children = block.child_blocks if isinstance(block, blocks.StructBlock) else {}
        for name, child in children.items():
            if isinstance(child, blocks.PageChooserBlock):
                return [{**filled, name: page_id} for page_id in self._page_ids]
        return [filled]

    @singledispatchmethod
    def _fill_block(self, block: Any, name: str) -> Any:
        raise UnknownKindError(
            f"The block {name} is a {type(block).__name__}, which may hold words that leak: "
            f"register in {_THIS_FILE} how Filler fills one."
        )

    @_fill_block.register
    def _fill_struct(self, block: blocks.StructBlock, name: str) -> Values:
        return {
            child_name: self._fill_block(child, f"{name}.{child_name}")
            for child_name, child in block.child_blocks.items()
        }

    @_fill_block.register
    def _fill_list(self, block: blocks.ListBlock, name: str) -> list[Any]:
        item = self._fill_block(block.child_block, name)
        return self._lead_block_to_pages(block.child_block, item)

    @_fill_block.register
    def _fill_picture(self, block: ImageBlock, name: str) -> Values:
        alt_text = self._write(f"{name}: alt text", None)
        return {"image": self.get_image().pk, "alt_text": alt_text, "decorative": False}

    @_fill_block.register(blocks.CharBlock)
    @_fill_block.register(blocks.TextBlock)
    def _fill_words(self, block: Any, name: str) -> str:
        if name.endswith("url"):
            return f"https://{self.mint(name)}.example/"
        return self._write(name, block.field.max_length)

    @_fill_block.register
    def _fill_address(self, block: blocks.URLBlock, name: str) -> str:
        return f"https://example.com/{self.mint(name)}"

    @_fill_block.register
    def _fill_rich_text(self, block: blocks.RichTextBlock, name: str) -> str:
        return self._write_html(name)

    @_fill_block.register
    def _fill_choice(self, block: blocks.ChoiceBlock, name: str) -> Any:
        # The last: the first of guidance is often “avoid”, which contradicts other fields.
        return [value for value, _label in block.field.choices if value != ""][-1]

    @_fill_block.register
    def _fill_choices(self, block: blocks.MultipleChoiceBlock, name: str) -> list[Any]:
        choices = [value for value, _label in block.field.choices]
        # Another each time: a technique is suited or to be avoided.
        return [choices[next(self._turns) % len(choices)]]

    @_fill_block.register
    def _fill_number(self, block: blocks.IntegerBlock, name: str) -> int:
        return block.field.min_value or 1

    @_fill_block.register
    def _fill_day(self, block: blocks.DateBlock, name: str) -> str:
        return "2026-01-31"

    @_fill_block.register
    def _fill_flag(self, block: blocks.BooleanBlock, name: str) -> bool:
        return True

    @_fill_block.register
    def _fill_page(self, block: blocks.PageChooserBlock, name: str) -> int:
        return self._take_page_id()

    @_fill_block.register
    def _fill_snippet(self, block: SnippetChooserBlock, name: str) -> Any:
        if block.target_model is not Person:
            raise UnknownKindError(
                f"The block {name} refers to a {block.target_model.__name__}: "
                f"say in {_THIS_FILE} how Filler builds one."
            )
        return self.get_shared(Person).pk

    def _take_page_id(self) -> int:
        return self._page_ids[next(self._turns) % len(self._page_ids)]
