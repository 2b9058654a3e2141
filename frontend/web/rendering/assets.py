"""Style sheets, scripts, fonts and flags: bundled at start, named by their content, kept in memory.

A name with a hash never changes its bytes, so that browsers may keep it for a year.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STATIC_FOLDER: Final = Path(__file__).resolve().parents[1] / "static"
STATIC_PREFIX: Final = "/static/"

# Every folder of static/css is a cascade layer; later ones win.
CSS_LAYERS: Final = ("base", "layouts", "components", "blocks", "pages", "print")
# A layer in a file of its own, which only drafts need: readers do not carry it.
DRAFT_CSS_LAYER: Final = "drafts"

_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_COPIED_FOLDERS: Final = ("fonts", "flags", "img", "js")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT: Final = re.compile(r"\n\s+")
_FONT_ADDRESS: Final = re.compile(r'url\("fonts/(?P<name>[a-z0-9-]+\.woff2)"\)')


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: its bytes, plain and (where that is smaller) compressed."""

    body: bytes
    compressed: bytes | None
    media_type: str


def build_asset(name: str, body: bytes) -> tuple[str, Asset]:
    """The hashed name of `name` and what is sent under it."""
    stem, suffix = Path(name).stem, Path(name).suffix
    digest = hashlib.sha256(body).hexdigest()[:12]
    compressed = gzip.compress(body, 9, mtime=0)
    is_smaller = len(compressed) < len(body) * 0.9
    asset = Asset(body, compressed if is_smaller else None, _MEDIA_TYPES[suffix])
    return f"{stem}-{digest}{suffix}", asset


class Assets:
    """All static files: found by their plain name for a page, and by their hash afterwards."""

    def __init__(self, folder: Path = STATIC_FOLDER) -> None:
        self._names: dict[str, str] = {}
        self._assets: dict[str, Asset] = {}
        for subfolder in _COPIED_FOLDERS:
            for file in sorted((folder / subfolder).iterdir()):
                if file.suffix in _MEDIA_TYPES:
                    self._add(file.name, file.read_bytes())
        self._add("site.css", self._bundle_css(folder / "css", CSS_LAYERS).encode())
        self._add("drafts.css", self._bundle_css(folder / "css", (DRAFT_CSS_LAYER,)).encode())

    def url(self, name: str) -> str:
        """The address of the file with the plain name `name`. Raises `KeyError` if unknown."""
        return STATIC_PREFIX + self._names[name]

    def get_or_none(self, hashed_name: str) -> Asset | None:
        """The file with the hashed name, or None."""
        return self._assets.get(hashed_name)

    def iterate(self) -> Iterator[tuple[str, Asset]]:
        """Every file by its hashed name."""
        yield from self._assets.items()

    def _add(self, name: str, body: bytes) -> None:
        hashed_name, asset = build_asset(name, body)
        self._names[name] = hashed_name
        self._assets[hashed_name] = asset

    def _bundle_css(self, folder: Path, layers: tuple[str, ...]) -> str:
        parts = [f"@layer {','.join(layers)};"]
        for layer in layers:
            sheets = (file.read_text("utf-8") for file in sorted((folder / layer).glob("*.css")))
            parts.append(f"@layer {layer}{{\n{''.join(sheets)}}}")
        bundle = _INDENT.sub("\n", _COMMENT.sub("", "\n".join(parts)))
        return _FONT_ADDRESS.sub(lambda found: f'url("{self.url(found["name"])}")', bundle)
