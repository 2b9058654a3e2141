"""Writing pages: the Jinja environment with what every template needs."""

from pathlib import Path
from typing import Any, Final

import jinja2

from web.api.blocks import UPDATING_NOTICE
from web.api.models import BLOCK_VALUES, Site
from web.config import Settings
from web.rendering.assets import Assets
from web.rendering.icons import Icons
from web.rendering.letters import letter_path
from web.rendering.text import (
    format_date,
    format_paragraphs,
    format_rich_text,
    phone_href,
    safe_href,
)
from web.rendering.theme import Themes
from web.rendering.vocabulary import get_label, get_pressure_words, is_known

TEMPLATE_FOLDER: Final = Path(__file__).resolve().parents[1] / "templates"


class MissingTemplateError(Exception):
    """A block of the contract has no template; the message names the missing file."""


class Renderer:
    """Writes HTML from templates. One for the whole application."""

    def __init__(self, settings: Settings, assets: Assets, themes: Themes) -> None:
        self._settings = settings
        self._themes = themes
        self._environment = build_environment(assets)

    def render(self, template: str, site: Site, path: str, **context: Any) -> str:
        """The HTML of `template` for the address `path`."""
        return self._environment.get_template(template).render(
            site=site,
            site_url=self._settings.site_url,
            theme_url=f"/{self._themes.add(site.colors)}",
            path=path,
            **context,
        )


def build_environment(assets: Assets, folder: Path = TEMPLATE_FOLDER) -> jinja2.Environment:
    """The Jinja environment. Raises `MissingTemplateError` when a block has no template."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "paragraphs": format_paragraphs,
        "rich_text": format_rich_text,
        "date": format_date,
        "label": get_label,
        "pressure_words": get_pressure_words,
        "safe_href": safe_href,
        "phone_href": phone_href,
    }
    environment.tests["known"] = is_known
    environment.globals |= {
        "asset_url": assets.url,
        "icon": Icons(),
        "letter_path": letter_path,
        "updating_notice": UPDATING_NOTICE,
    }
    missing = [name for name in BLOCK_VALUES if not (folder / "blocks" / f"{name}.html").is_file()]
    if missing:
        files = ", ".join(f"templates/blocks/{name}.html" for name in missing)
        raise MissingTemplateError(f"Blocks of the contract without a template: {files}")
    return environment
