"""The site's four colours, what makes them readable, and their counterparts for dark mode."""

import math
from dataclasses import dataclass
from typing import Final

from cms.branding.colors import BLACK, WHITE, Color

# WCAG 2.2, 1.4.3 (text) and 1.4.11 (what is not text, such as lines and symbols).
TEXT_CONTRAST: Final = 4.5
SYMBOL_CONTRAST: Final = 3.0

# As dark as #1a1a1a, on which white has a contrast of 17:1.
_DARK_LUMINANCE: Final = 0.0103
_DARK_TEXT_CONTRAST: Final = 12.0
_DARK_COLOR_CONTRAST: Final = 7.0


@dataclass(frozen=True)
class Palette:
    """The colours of one mode, light or dark."""

    primary: Color
    accent: Color
    background: Color
    text: Color


@dataclass(frozen=True)
class ColorProblem:
    """Why a palette is refused, and beside which of its colours to say so."""

    color: str
    message: str


@dataclass(frozen=True)
class _Rule:
    color: str
    subject: str
    advice: str
    ratio: float


_RULES: Final = (
    _Rule("text", "The text colour", "text colour", TEXT_CONTRAST),
    _Rule(
        "primary",
        "The main colour (links and buttons)",
        "main colour",
        TEXT_CONTRAST,
    ),
    _Rule("accent", "The accent colour (lines and symbols)", "accent colour", SYMBOL_CONTRAST),
)


def find_color_problems(palette: Palette) -> list[ColorProblem]:
    """Everything that makes the light palette hard to read; empty when it is fine.

    The words on a button have the background's colour, so links and buttons need the same ratio.
    """
    background = palette.background
    if background.luminance() <= palette.text.luminance():
        return [
            ColorProblem(
                "background",
                "The background has to be lighter than the text. For readers who prefer a dark "
                "screen, the site works out dark colours by itself.",
            )
        ]
    problems = []
    for rule in _RULES:
        color: Color = getattr(palette, rule.color)
        ratio = color.contrast(background)
        if ratio < rule.ratio:
            problems.append(ColorProblem(rule.color, _build_message(rule, color, background)))
    return problems


def build_dark_palette(light: Palette) -> Palette:
    """The colours for dark mode: as dark as the light ones are light, and at least as readable."""
    background = _darken(light.text)
    return Palette(
        primary=light.primary.lighten_until_readable(background, _DARK_COLOR_CONTRAST),
        accent=light.accent.lighten_until_readable(background, _DARK_COLOR_CONTRAST),
        background=background,
        text=light.background.mix(light.text, 0.05).move_until_readable(
            WHITE, background, _DARK_TEXT_CONTRAST
        ),
    )


def _darken(color: Color) -> Color:
    for percent in range(100):
        darker = color.mix(BLACK, percent / 100)
        if darker.luminance() <= _DARK_LUMINANCE:
            return darker
    return BLACK


def _build_message(rule: _Rule, color: Color, background: Color) -> str:
    # Rounded down, so that a ratio just below the limit is not shown as the limit.
    ratio = math.floor(color.contrast(background) * 100) / 100
    message = (
        f"{rule.subject} on the background has a contrast of {ratio:.2f}:1; "
        f"at least {rule.ratio:g}:1 is needed. "
    )
    if BLACK.contrast(background) < rule.ratio:
        return f"{message}Try a lighter background."
    suggestion = color.move_until_readable(BLACK, background, rule.ratio)
    return f"{message}Try a darker {rule.advice}, such as {suggestion}."
