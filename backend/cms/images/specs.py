"""Which renditions a picture has: every format in every width that its original can fill."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

# From a narrow phone to a wide screen of double density; the page's column is 800 pixels wide.
WIDTHS: Final = (400, 800, 1200, 1600)
MODERN_FORMATS: Final = ("avif", "webp")
FALLBACK_FORMATS: Final = ("jpeg", "png")

_ORIGINAL_MIME_TYPES: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Drawings with few colours and see-through parts stay so; photographs stay small.
_PNG_LIKE: Final = frozenset({".gif", ".png"})


@dataclass(frozen=True)
class RenditionSpec:
    """One rendition. Its width is `width` pixels, or the original's where that is less."""

    format: str
    width: int

    @property
    def filter_spec(self) -> str:
        """The name that Wagtail knows it by."""
        return f"width-{self.width}|format-{self.format}"

    @property
    def mime_type(self) -> str:
        """The media type of its file."""
        return f"image/{self.format}"

    @property
    def extension(self) -> str:
        """How the name of its file ends, without the dot."""
        return "jpg" if self.format == "jpeg" else self.format


ALL_SPECS: Final = {
    spec.filter_spec: spec
    for spec in (
        RenditionSpec(format_name, width)
        for format_name in (*MODERN_FORMATS, *FALLBACK_FORMATS)
        for width in WIDTHS
    )
}


def build_specs(original_width: int, file_name: str) -> list[RenditionSpec]:
    """The renditions of a picture: AVIF, WebP, then its fallback, each from narrow to wide.

    The widest one is as wide as the original, or 1600 pixels.
    """
    narrower = [width for width in WIDTHS if width < original_width]
    # Wagtail never enlarges, so the next width up gives the original's own.
    widths = [*narrower, *WIDTHS[len(narrower) : len(narrower) + 1]]
    formats = (*MODERN_FORMATS, get_fallback_format(file_name))
    return [RenditionSpec(format_name, width) for format_name in formats for width in widths]


def get_fallback_format(file_name: str) -> str:
    """The format for browsers that know neither AVIF nor WebP."""
    return "png" if PurePath(file_name).suffix.lower() in _PNG_LIKE else "jpeg"


def get_original_mime_type(file_name: str) -> str:
    """The media type of an original. Raises `KeyError` for one that no upload may have."""
    return _ORIGINAL_MIME_TYPES[PurePath(file_name).suffix.lower()]
