"""Rich text of a page or a setting, clean in the database."""

from typing import Any

from wagtail.fields import RichTextField

from cms.core.rich_text import RICH_TEXT_FEATURES, sanitise_rich_text


class SafeRichTextField(RichTextField):
    """Rich text with bold, italic, links and lists; anything else goes when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(RICH_TEXT_FEATURES))
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return sanitise_rich_text(prepared) if isinstance(prepared, str) else prepared

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs
