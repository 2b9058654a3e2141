"""What requests share: the settings, the CMS client, the branding and the renderer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from starlette.requests import Request

from web.api.client import CmsClient
from web.api.site import SiteSource
from web.config import Settings
from web.page_answers import Answer, AnswerParts, build_answer
from web.purging.purger import Purger
from web.rendering.assets import Assets
from web.rendering.renderer import Renderer
from web.rendering.theme import Themes
from web.store.disk import DiskStore
from web.store.following import Follower
from web.store.page_store import PageStore
from web.store.pictures import PictureStore
from web.store.release import build_fingerprint
from web.store.state import StateFile


@dataclass(frozen=True)
class Services:
    """Built once for the application; a request finds them with `get_services`."""

    settings: Settings
    client: CmsClient
    site_source: SiteSource
    assets: Assets
    renderer: Renderer
    themes: Themes
    store: PageStore
    pictures: PictureStore
    follower: Follower
    purger: Purger

    @classmethod
    def build(cls, settings: Settings) -> Self:
        """Everything that `settings` asks for; the client is not connected yet."""
        client = CmsClient(
            settings.cms_internal_url, settings.cms_timeout_seconds, settings.site_key
        )
        assets, themes = Assets(), Themes()
        renderer = Renderer(settings, assets, themes)
        site_source = SiteSource(client)
        folder = Path(settings.store_dir) if settings.store_dir else None
        release = build_fingerprint(settings)
        parts = AnswerParts(client, site_source, renderer)

        async def build(path: str, seen: str) -> Answer:
            return await build_answer(parts, path, seen=seen)

        store = PageStore(build, DiskStore(folder, release), settings.store_mb * 1024 * 1024)

        def is_shown(address: str) -> bool:
            return store.shows_picture(address) or address in site_source.pictures

        pictures = PictureStore(settings, folder, is_shown)
        state_file = StateFile(folder, release)
        follower = Follower(client, store, pictures, site_source, state_file, settings.site_name)
        purger = Purger(settings, folder)
        follower.on_change = purger.note
        return cls(
            settings,
            client,
            site_source,
            assets,
            renderer,
            themes,
            store,
            pictures,
            follower,
            purger,
        )


def get_services(request: Request) -> Services:
    """The services of the application that handles `request`."""
    services: Services = request.app.state.services
    return services
