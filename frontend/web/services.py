"""What requests share: the settings, the CMS client, the branding and the renderer."""

from dataclasses import dataclass
from typing import Self

from starlette.requests import Request

from web.api.client import CmsClient
from web.api.site import SiteSource
from web.config import Settings
from web.rendering.assets import Assets
from web.rendering.renderer import Renderer
from web.rendering.theme import Themes


@dataclass(frozen=True)
class Services:
    """Built once for the application; a request finds them with `get_services`."""

    settings: Settings
    client: CmsClient
    site_source: SiteSource
    assets: Assets
    renderer: Renderer
    themes: Themes

    @classmethod
    def build(cls, settings: Settings) -> Self:
        """Everything that `settings` asks for; the client is not connected yet."""
        client = CmsClient(
            settings.cms_internal_url, settings.cms_timeout_seconds, settings.site_key
        )
        assets, themes = Assets(), Themes()
        renderer = Renderer(settings, assets, themes)
        return cls(settings, client, SiteSource(client), assets, renderer, themes)


def get_services(request: Request) -> Services:
    """The services of the application that handles `request`."""
    services: Services = request.app.state.services
    return services
