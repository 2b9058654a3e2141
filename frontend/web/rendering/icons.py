"""Our own icons, on a grid of 24, written into the page so that they take its colours.

They stand beside words and are hidden from screen readers. The four for advice have shapes as
different as their words: octagon, triangle, diamond, circle.
"""

from pathlib import Path
from typing import Final

from markupsafe import Markup

ICON_FOLDER: Final = Path(__file__).resolve().parents[1] / "templates" / "icons"

_NEUTRAL: Final = "other"
_NAMESPACE: Final = ' xmlns="http://www.w3.org/2000/svg"'


class Icons:
    """Every file of `templates/icons`, by its name. Call it in a template: `icon("search")`."""

    def __init__(self, folder: Path = ICON_FOLDER) -> None:
        self._icons = {file.stem: _build_icon(file) for file in folder.glob("*.svg")}

    def __call__(self, name: str) -> Markup:
        """The icon called `name`; a neutral circle where there is none, as for a new choice."""
        return self._icons.get(name) or self._icons[_NEUTRAL]


def _build_icon(file: Path) -> Markup:
    # HTML needs no namespace, and the line breaks between shapes mean nothing.
    svg = "".join(line.strip() for line in file.read_text("utf-8").splitlines())
    attributes = f'class="icon icon--{file.stem}" width="24" height="24" aria-hidden="true"'
    return Markup(svg.replace(_NAMESPACE, "").replace("<svg", f"<svg {attributes}", 1))  # noqa: S704
