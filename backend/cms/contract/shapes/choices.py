"""Choices from closed vocabularies."""

from typing import Any

from django.db.models import Choices

from cms.blocks.fields import VocabularyBlock, VocabularyListBlock
from cms.contract.errors import UnreadableValueError
from cms.contract.schemas import Schema, register_vocabulary
from cms.contract.shapes.base import Reader, Shape, shape_of


class VocabularyShape(Shape):
    """One choice of a closed vocabulary."""

    def __init__(self, block: VocabularyBlock | VocabularyListBlock) -> None:
        super().__init__(block)
        self.vocabulary: type[Choices] = block.vocabulary

    def schema(self) -> Schema:
        return register_vocabulary(self.vocabulary)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        # A select box may have stored a number as text.
        by_text = {str(value): value for value in self.vocabulary.values}
        if isinstance(raw, (str, int)) and str(raw) in by_text:
            return by_text[str(raw)]
        raise UnreadableValueError(where, f"is not one of the choices: {raw!r}")


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

    def empty(self) -> Any:
        return []


shape_of.register(VocabularyBlock, VocabularyShape)
shape_of.register(VocabularyListBlock, VocabularyListShape)
