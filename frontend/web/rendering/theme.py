"""The branding's colours as a style sheet of custom properties, light and dark.

The CMS gives four colours for each; the tints, lines and quieter text are worked out from them
here, where their contrast can be assured.
"""

import logging
import re
from typing import Final, Protocol

from web.api.models import Colors, Palette
from web.api.site import NEUTRAL_SITE
from web.rendering.assets import Asset, build_asset
from web.rendering.colors import BLACK, WHITE, Color

logger = logging.getLogger(__name__)

# WCAG 2.2: text (1.4.3) and the edges of controls (1.4.11).
_TEXT: Final = 4.6
_EDGE: Final = 3.1
# Eight colours, light and dark, in the address of a style sheet.
_WRITTEN_COLORS: Final = re.compile(r"[0-9a-f]{6}(?:-[0-9a-f]{6}){7}")
# A page that was written a moment ago may still ask for the colours of a moment ago.
_MOST_THEMES: Final = 16


class Scheme(Protocol):
    """Four colours, each written as `#rrggbb`."""

    @property
    def primary(self) -> str: ...
    @property
    def accent(self) -> str: ...
    @property
    def background(self) -> str: ...
    @property
    def text(self) -> str: ...


class SchemePair(Scheme, Protocol):
    """The colours of light mode, with those of dark mode in `dark`."""

    @property
    def dark(self) -> Scheme: ...


class Themes:
    """The style sheets of the colours seen lately, by name."""

    def __init__(self) -> None:
        self._assets: dict[str, Asset] = {}
        self._names: dict[tuple[str, ...], str] = {}

    def add(self, colors: SchemePair) -> str:
        """The name of the style sheet for `colors`, such as `theme-1a2b3c4d5e6f.css`."""
        key = (*_values(colors), *_values(colors.dark))
        if key not in self._names:
            if len(self._names) >= _MOST_THEMES:
                self._assets.pop(self._names.pop(next(iter(self._names))), None)
            name, asset = build_theme_asset(colors)
            self._names[key] = name
            self._assets[name] = asset
        return self._names[key]

    def get_or_none(self, name: str) -> Asset | None:
        """The style sheet called `name`, if its colours were seen lately."""
        return self._assets.get(name)


def build_theme_asset(colors: SchemePair) -> tuple[str, Asset]:
    """The name of the style sheet for `colors`, and the sheet."""
    return build_asset("theme.css", build_theme(colors).encode())


def build_theme_address(colors: SchemePair) -> str:
    """Where the style sheet for `colors` is, with the colours in its query.

    Any process of this site can answer it, whether it has seen these colours or not.
    """
    name, _asset = build_theme_asset(colors)
    written = _write_colors(colors)
    is_readable = _WRITTEN_COLORS.fullmatch(written) is not None
    return f"/{name}?colors={written if is_readable else _write_colors(NEUTRAL_SITE.colors)}"


def read_theme_or_none(name: str, written_colors: str) -> Asset | None:
    """The style sheet called `name` from the colours of its address, if they make that one."""
    if not _WRITTEN_COLORS.fullmatch(written_colors):
        return None
    light_and_dark = [f"#{color}" for color in written_colors.split("-")]
    built_name, asset = build_theme_asset(
        Colors(**_name_colors(light_and_dark[:4]), dark=Palette(**_name_colors(light_and_dark[4:])))
    )
    return asset if built_name == name else None


def build_theme(colors: SchemePair) -> str:
    """The style sheet. Colours that are not written as `#rrggbb` give way to neutral ones."""
    try:
        return _write_theme(colors)
    except ValueError as error:
        logger.error("The branding's colours are replaced by neutral ones: %s", error)
        return _write_theme(NEUTRAL_SITE.colors)


def _values(scheme: Scheme) -> tuple[str, ...]:
    return scheme.primary, scheme.accent, scheme.background, scheme.text


def _name_colors(values: list[str]) -> dict[str, str]:
    return dict(zip(("primary", "accent", "background", "text"), values, strict=True))


def _write_colors(colors: SchemePair) -> str:
    values = (*_values(colors), *_values(colors.dark))
    return "-".join(value.removeprefix("#").lower() for value in values)


def _write_theme(colors: SchemePair) -> str:
    light = _write(_derive(colors, surface_light=0.65))
    dark = _write(_derive(colors.dark, surface_light=0.05))
    # Paper has colours of its own; static/css/print says which.
    return (
        f"@media screen{{:root{{color-scheme:light dark;{light}}}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def _derive(scheme: Scheme, *, surface_light: float) -> dict[str, Color]:
    paper = Color.from_hex(scheme.background)
    ink = Color.from_hex(scheme.text)
    primary = Color.from_hex(scheme.primary)
    accent = Color.from_hex(scheme.accent)
    surface = paper.mix(WHITE, surface_light)
    # Mostly of the accent: a ground with much of a cool main colour in it looks grey on warm paper.
    tint = paper.mix(accent, 0.075).mix(primary, 0.035)
    accent_tint = paper.mix(accent, 0.14)
    is_dark = paper.luminance() < ink.luminance()
    panel = paper.mix(primary, 0.2) if is_dark else primary
    grounds = (paper, surface, tint, accent_tint)
    return {
        "paper": paper,
        "ink": ink,
        "ink-soft": paper.mix(ink, 0.72).towards(ink, _TEXT, *grounds),
        "surface": surface,
        "tint": tint,
        "accent-tint": accent_tint,
        "line": paper.mix(ink, 0.16),
        "edge": paper.mix(ink, 0.4).towards(ink, _EDGE, *grounds),
        "primary": primary,
        "on-primary": _readable_on(primary),
        "primary-strong": primary.mix(ink, 0.2),
        # A light panel would glare in the dark, so there it is the ground with some colour in it.
        "panel": panel,
        "on-panel": _readable_on(panel),
        "accent": accent,
        "sky": paper.mix(accent, 0.2),
        "hill-far": paper.mix(primary, 0.4),
        "hill-middle": paper.mix(primary, 0.65),
        "hill-near": panel,
        "link": primary.towards(ink, _TEXT, *grounds),
        "accent-text": accent.towards(ink, _TEXT, *grounds),
        "focus": primary.towards(ink, _TEXT, *grounds),
    }


def _readable_on(ground: Color) -> Color:
    light, dark = WHITE.mix(ground, 0.04), BLACK.mix(ground, 0.12)
    best = light if light.contrast(ground) >= dark.contrast(ground) else dark
    return best.towards(WHITE if best is light else BLACK, _TEXT, ground)


def _write(properties: dict[str, Color]) -> str:
    return "".join(f"--{name}:{color};" for name, color in properties.items())
