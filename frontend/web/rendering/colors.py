"""Arithmetic of colours: mixing, and the contrast that WCAG 2 defines."""

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
        if not _HEX.match(text):
            raise ValueError(f"{text!r} is not a colour such as #1f5a58")
        return cls(int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mix(self, other: "Color", share: float) -> "Color":
        """The colour with `share` (0 to 1) of `other` in it."""
        return Color(
            *(
                round(own + (others - own) * share)
                for own, others in zip(self._parts(), other._parts(), strict=True)
            )
        )

    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white), after WCAG 2.2."""
        red, green, blue = (_linear(part / 255) for part in self._parts())
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: "Color") -> float:
        """The contrast ratio of the two, 1 to 21, after WCAG 2.2."""
        darker, lighter = sorted((self.luminance(), other.luminance()))
        return (lighter + 0.05) / (darker + 0.05)

    def towards(self, goal: "Color", ratio: float, *backgrounds: "Color") -> "Color":
        """The colour moved no further towards `goal` than it takes to stand out by `ratio`."""
        for step in range(21):
            color = self.mix(goal, step / 20)
            if all(color.contrast(background) >= ratio for background in backgrounds):
                return color
        return goal

    def _parts(self) -> tuple[int, int, int]:
        return self.red, self.green, self.blue


WHITE: Final = Color(255, 255, 255)
BLACK: Final = Color(0, 0, 0)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
