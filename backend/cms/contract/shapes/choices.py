"""Choices from closed vocabularies."""

from typing import Any

from django.db.models import Choices

from cms.blocks.fields import VocabularyBlock, VocabularyListBlock
from cms.contract.errors import UnreadableValueError
from cms.contract.references import References
from cms.contract.schemas import Schema, register_vocabulary
from cms.contract.shapes.base import Reader, Shape, shape_of


class VocabularyShape(Shape):
    """One choice of a closed vocabulary."""

    def __init__(self, block: VocabularyBlock | VocabularyListBlock) -> None:
        super().__init__(block)
        self.vocabulary: type[Choices] = block.vocabulary
        # A select box may have stored a number as text.
        self._by_text = {str(value): value for value in self.vocabulary.values}

    def schema(self) -> Schema:
        return register_vocabulary(self.vocabulary)

    def draft_schema(self) -> Schema:
        return self.schema()

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        choice = self.find_choice_or_none(raw)
        if choice is None:
            raise UnreadableValueError(where, f"is not one of the choices: {raw!r}")
        return choice

    def read_draft(self, raw: Any, references: References) -> Any:
        return self.find_choice_or_none(raw)

    def find_choice_or_none(self, raw: Any) -> Any:
        """The choice that the stored `raw` stands for."""
        return self._by_text.get(str(raw)) if isinstance(raw, (str, int)) else None


class VocabularyListShape(VocabularyShape):
    """Any number of choices of a closed vocabulary."""

    def schema(self) -> Schema:
        return {"type": "array", "items": super().schema(), "uniqueItems": True}

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, list):
            raise UnreadableValueError(where, "is not a list of choices")
        chosen: list[Any] = []
        for index, item in enumerate(raw):
            try:
                value = super().read(item, reader, f"{where}.{index}")
            except UnreadableValueError as error:
                reader.leave_out(error)
            else:
                if value not in chosen:
                    chosen.append(value)
        return chosen

    def read_draft(self, raw: Any, references: References) -> Any:
        stored = raw if isinstance(raw, list) else []
        choices = map(self.find_choice_or_none, stored)
        return list(dict.fromkeys(choice for choice in choices if choice is not None))

    def empty(self) -> Any:
        return []


shape_of.register(VocabularyBlock, VocabularyShape)
shape_of.register(VocabularyListBlock, VocabularyListShape)
