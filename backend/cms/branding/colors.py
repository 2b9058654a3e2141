"""Colours as WCAG 2.2 sees them: mixing, relative luminance and contrast."""

import colorsys
import re
from dataclasses import dataclass
from typing import Final, Self

_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True)
class Color:
    """An opaque sRGB colour; each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def from_hex(cls, text: str) -> Self:
        """The colour written as `#rrggbb`. Raises `ValueError` for anything else."""
        if not is_hex_color(text):
            raise ValueError(f"{text!r} is not a colour such as #1f5a58")
        return cls(int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mix(self, other: "Color", share: float) -> "Color":
        """The colour that results when `share` (0 to 1) of it is replaced by `other`."""
        return Color(
            round(self.red + (other.red - self.red) * share),
            round(self.green + (other.green - self.green) * share),
            round(self.blue + (other.blue - self.blue) * share),
        )

    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white).

        https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
        """
        return (
            0.2126 * _to_linear(self.red)
            + 0.7152 * _to_linear(self.green)
            + 0.0722 * _to_linear(self.blue)
        )

    def contrast(self, other: "Color") -> float:
        """The contrast ratio of the two, 1 to 21.

        https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
        """
        darker, lighter = sorted((self.luminance(), other.luminance()))
        return (lighter + 0.05) / (darker + 0.05)

    def move_until_readable(self, goal: "Color", ground: "Color", ratio: float) -> "Color":
        """The first colour on the way to `goal` that has the contrast `ratio` on `ground`.

        `goal` itself where none has.
        """
        for step in range(_STEPS):
            color = self.mix(goal, step / _STEPS)
            if color.contrast(ground) >= ratio:
                return color
        return goal

    def lighten_until_readable(self, ground: "Color", ratio: float) -> "Color":
        """The first lighter tone of this hue that has the contrast `ratio` on `ground`.

        White where none has. Strong colours are softened a little: on dark they would glare.
        """
        hue, lightness, saturation = colorsys.rgb_to_hls(
            self.red / 255, self.green / 255, self.blue / 255
        )
        for step in range(_STEPS):
            tone = lightness + (1 - lightness) * step / _STEPS
            parts = colorsys.hls_to_rgb(hue, tone, min(saturation, _MOST_SATURATION))
            color = Color(*(round(part * 255) for part in parts))
            if color.contrast(ground) >= ratio:
                return color
        return WHITE


BLACK: Final = Color(0, 0, 0)
WHITE: Final = Color(255, 255, 255)
_STEPS: Final = 50
_MOST_SATURATION: Final = 0.65


def is_hex_color(text: str) -> bool:
    """Whether `text` is a colour written as `#rrggbb`."""
    return _HEX.match(text) is not None


def _to_linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
