"""The fields that public blocks are built from: headings, rich text, vocabularies, pictures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageBlockComparison
from wagtail.rich_text import RichText

from cms.core.links import UNSAFE_HREF, is_safe_href
from cms.core.rich_text import RICH_TEXT_FEATURES, sanitise_rich_text


class HeadingBlock(blocks.CharBlock):
    """A block's heading. Its level is 2 by construction; editors choose the words only."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("label", "Heading")
        super().__init__(**kwargs)


class SafeRichTextBlock(blocks.RichTextBlock):
    """Rich text with bold, italic, links and lists; anything else is taken out when it is saved."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(RICH_TEXT_FEATURES))
        super().__init__(**kwargs)

    def get_prep_value(self, value: RichText) -> str:
        """The stored HTML of `value`, sanitised."""
        return sanitise_rich_text(super().get_prep_value(value))


class VocabularyBlock(blocks.ChoiceBlock):
    """One choice of a closed vocabulary (a Django `Choices` class of `blocks/choices.py`)."""

    def __init__(self, vocabulary: type[Choices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(choices=vocabulary.choices, **kwargs)


class VocabularyListBlock(blocks.MultipleChoiceBlock):
    """Any number of choices of a closed vocabulary, as tick boxes."""

    def __init__(self, vocabulary: type[Choices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("required", False)
        super().__init__(choices=vocabulary.choices, **kwargs)


class HrefBlock(blocks.CharBlock):
    """An absolute web, e-mail or telephone address."""

    def clean(self, value: str) -> str:
        """The cleaned address. Raises `ValidationError` for one that no link may have."""
        cleaned: str = super().clean(value)
        if cleaned and not is_safe_href(cleaned):
            raise ValidationError(UNSAFE_HREF)
        return cleaned


class PictureComparison(ImageBlockComparison):
    """Compares two uses of pictures, either of which a draft may not have yet."""

    def __init__(
        self, block: "PictureBlock", exists_a: bool, exists_b: bool, val_a: Any, val_b: Any
    ) -> None:
        super().__init__(block, exists_a, exists_b, val_a, val_b)
        self.val_a = _describe_picture(block, val_a)
        self.val_b = _describe_picture(block, val_b)

    def htmlvalue(self, val: Any) -> str:
        """`val`, a picture, None, or what was made of either, as HTML."""
        return str(super().htmlvalue(_describe_picture(self.block, val)))


class PictureBlock(ImageBlock):
    """A picture with its alternative text. Drafts without one can be compared."""

    def get_comparison_class(self) -> type[PictureComparison]:
        return PictureComparison


def _describe_picture(block: PictureBlock, value: Any) -> Any:
    if value is None:
        return {"image": None, "alt_text": "", "decorative": False}
    return value if isinstance(value, dict) else block._image_to_struct_value(value)
