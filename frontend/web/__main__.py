"""Serve the site: `python -m web`, on SITE_HOST and SITE_PORT."""

import logging
import sys

from granian.constants import Interfaces
from granian.server import Server

from web.config import ConfigurationError, load_settings
from web.logs import hide_tokens


def main() -> None:
    """Check the settings, then serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    hide_tokens()
    try:
        settings = load_settings()
    except ConfigurationError as error:
        sys.exit(str(error))
    Server(
        "web.app:app",
        address=settings.site_host,
        port=settings.site_port,
        interface=Interfaces.ASGI,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
