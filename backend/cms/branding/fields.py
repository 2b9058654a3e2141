"""The model field of the branding: a colour."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cms.branding.colors import is_hex_color

NOT_A_COLOR = "Choose a colour, or write it as # and six digits, such as #1f5a58."


def validate_color(value: str) -> None:
    """Raise `ValidationError` for anything but `#rrggbb`."""
    if not is_hex_color(value):
        raise ValidationError(NOT_A_COLOR, code="not_a_color")


class ColorInput(forms.TextInput):
    """The browser's own colour picker."""

    input_type = "color"

    class Media:
        css = {"all": ["branding/css/color-input.css"]}


class ColorField(models.CharField[str, str]):
    """An opaque colour, written as `#rrggbb` in lower case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        kwargs.setdefault("validators", [validate_color])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["validators"]
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.lower() if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": ColorInput, **kwargs})
