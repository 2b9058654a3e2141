"""Pages, people and pictures that were chosen."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.contract.errors import MissingReferenceError, UnreadableValueError
from cms.contract.references import References, Wanted, get_schema_name
from cms.contract.schemas import Schema, ref
from cms.contract.shapes.base import Reader, Shape, shape_of
from cms.contract.shapes.texts import clean_text


class ReferenceShape(Shape):
    """A page or snippet that was chosen, as its wire object."""

    def __init__(self, block: blocks.ChooserBlock, kind: str) -> None:
        super().__init__(block)
        self.kind = kind

    def schema(self) -> Schema:
        return ref(get_schema_name(self.kind))

    def draft_schema(self) -> Schema:
        return self.schema()

    def collect(self, raw: Any, wanted: Wanted) -> None:
        wanted.add(self.kind, raw)

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        found = reader.references.get_or_none(self.kind, raw)
        if found is None:
            raise MissingReferenceError(where, f"{self.kind} {raw!r} is not there for readers")
        return found

    def read_draft(self, raw: Any, references: References) -> Any:
        return references.get_or_none(self.kind, raw)


class ImageShape(Shape):
    """A picture with the alternative text of this use of it."""

    def schema(self) -> Schema:
        return ref(get_schema_name("image"))

    def draft_schema(self) -> Schema:
        return ref("DraftImage")

    def collect(self, raw: Any, wanted: Wanted) -> None:
        if isinstance(raw, dict):
            wanted.add("image", raw.get("image"))

    def read(self, raw: Any, reader: Reader, where: str) -> Any:
        if not isinstance(raw, dict):
            raise UnreadableValueError(where, "is not a picture")
        image = reader.references.get_or_none("image", raw.get("image"))
        if image is None:
            raise MissingReferenceError(where, f"image {raw.get('image')!r} is not there")
        alt = "" if raw.get("decorative") else (raw.get("alt_text") or image["alt"])
        return {**image, "alt": alt}

    def read_draft(self, raw: Any, references: References) -> Any:
        stored = raw if isinstance(raw, dict) else {}
        image = references.get_or_none("image", stored.get("image"))
        return image and {**image, "alt": _read_draft_alt(stored)}


def _read_draft_alt(stored: dict[str, Any]) -> str | None:
    """The words of this use alone: publishing asks for them, so a draft shows that they lack."""
    if stored.get("decorative"):
        return ""
    return clean_text(stored.get("alt_text")) or None


shape_of.register(ImageBlock, ImageShape)


@shape_of.register
def _page_shape(block: blocks.PageChooserBlock) -> Shape:
    return ReferenceShape(block, "page")


@shape_of.register
def _snippet_shape(block: SnippetChooserBlock) -> Shape:
    return ReferenceShape(block, str(block.target_model._meta.model_name))
