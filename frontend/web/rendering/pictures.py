"""Where the site serves the CMS's pictures: at its own address, below `/media/`."""

from typing import Final
from urllib.parse import urlsplit

from web.config import Settings

MEDIA_PREFIX: Final = "/media/"


def build_media_url(settings: Settings) -> str:
    """What the address of each of the CMS's pictures begins with."""
    # MEDIA_URL may say the folder; without one it is the CMS's own.
    has_folder = bool(urlsplit(settings.media_url).path.strip("/"))
    return f"{settings.media_url}/" if has_folder else f"{settings.media_url}{MEDIA_PREFIX}"


def point_at_own_pictures(settings: Settings, html: str) -> str:
    """`html` with the addresses of the CMS's pictures as they are on this site."""
    theirs = build_media_url(settings)
    if theirs not in html:
        return html
    # Link previews want a full address.
    full = html.replace(f'content="{theirs}', f'content="{settings.site_url}{MEDIA_PREFIX}')
    return full.replace(theirs, MEDIA_PREFIX)
