"""Writing pages: the Jinja environment with what every template needs."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

import jinja2

from web.api.blocks import UPDATING_NOTICE
from web.api.models import BLOCK_VALUES, Site
from web.config import Settings
from web.features import WITH_SERVER, SiteFeatures
from web.rendering.assets import Assets
from web.rendering.comments import format_comment
from web.rendering.icons import Icons
from web.rendering.letters import letter_path
from web.rendering.pictures import point_at_own_pictures
from web.rendering.placeholders import missing, not_chosen, nothing_yet, rich_text
from web.rendering.text import (
    format_alt,
    format_date,
    format_moment,
    format_paragraphs,
    get_host,
    mail_href,
    phone_href,
    safe_href,
)
from web.rendering.theme import Themes, build_theme_address
from web.rendering.vocabulary import get_label, get_pressure_words, is_known

TEMPLATE_FOLDER: Final = Path(__file__).resolve().parents[1] / "templates"


class MissingTemplateError(Exception):
    """A block of the contract has no template; the message names the missing file."""


class Renderer:
    """Writes HTML from templates. One for the whole application."""

    def __init__(
        self,
        settings: Settings,
        assets: Assets,
        themes: Themes,
        features: SiteFeatures = WITH_SERVER,
    ) -> None:
        self._settings = settings
        self._themes = themes
        self._environment = build_environment(assets, features=features)

    def render(
        self,
        template: str,
        site: Site,
        path: str,
        *,
        is_draft: bool = False,
        has_public_colors: bool = True,
        **context: Any,
    ) -> str:
        """The HTML of `template` for the address `path`.

        A draft has placeholders for what is not there yet. Colours that are not public are in the
        address of their style sheet, since only the CMS and whoever has a token know them.
        """
        public_theme = f"/{self._themes.add(site.colors)}" if has_public_colors else ""
        return self._environment.get_template(template).render(
            site=site,
            site_url=self._settings.site_url,
            theme_url=public_theme or build_theme_address(site.colors),
            path=path,
            is_draft=is_draft,
            **context,
        )

    def point_at_own_pictures(self, html: str) -> str:
        """`html` with pictures from this site, which has those that its stored pages show."""
        return point_at_own_pictures(self._settings, html)


class _Environment(jinja2.Environment):
    """Jinja's, for templates whose globals are set once, before any of them is loaded."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template, in one dictionary: every `import` looks through them all."""
        return {**self.globals, **(d or {})}


def build_environment(
    assets: Assets, folder: Path = TEMPLATE_FOLDER, *, features: SiteFeatures = WITH_SERVER
) -> jinja2.Environment:
    """The Jinja environment. Raises `MissingTemplateError` when a block has no template."""
    environment = _Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "paragraphs": format_paragraphs,
        "rich_text": rich_text,
        "comment": format_comment,
        "date": format_date,
        "moment": format_moment,
        "label": get_label,
        "alt_attribute": format_alt,
        "pressure_words": get_pressure_words,
        "safe_href": safe_href,
        "phone_href": phone_href,
        "mail_href": mail_href,
        "host": get_host,
    }
    environment.tests["known"] = is_known
    environment.globals |= {
        "asset_url": assets.url,
        "features": features,
        "icon": Icons(),
        "letter_path": letter_path,
        "missing": missing,
        "not_chosen": not_chosen,
        "nothing_yet": nothing_yet,
        "updating_notice": UPDATING_NOTICE,
    }
    _check_templates(folder)
    return environment


def _check_templates(folder: Path) -> None:
    absent = [name for name in BLOCK_VALUES if not (folder / "blocks" / f"{name}.html").is_file()]
    if absent:
        files = ", ".join(f"templates/blocks/{name}.html" for name in absent)
        raise MissingTemplateError(f"Blocks of the contract without a template: {files}")
