"""Which release of this site it is: another one writes other pages from the same content."""

import hashlib
from pathlib import Path
from typing import Final

from web.config import Settings

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SUFFIXES: Final = frozenset({".css", ".html", ".js", ".py", ".svg", ".woff2"})


def build_fingerprint(settings: Settings) -> str:
    """A word for everything that pages are made with, besides their content."""
    digest = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*")):
        if file.suffix in _SUFFIXES:
            digest.update(str(file.relative_to(_PACKAGE)).encode())
            digest.update(file.read_bytes())
    for address in (settings.site_url, settings.cms_url, settings.media_url):
        digest.update(f"|{address}".encode())
    return digest.hexdigest()[:20]
