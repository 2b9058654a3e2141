"""Waiting for a site to show what was just changed: it takes up to a second."""

import json
import time
import urllib.request
from typing import Final

SECONDS_TO_SHOW: Final = 15


def let_site_catch_up(cms_url: str, site_url: str) -> None:
    """Return once the site has applied what has changed so far, and has made its pages anew."""
    cursor = json.loads(_read(f"{cms_url}/api/v2/changes/"))["cursor"]
    number = int(cursor.split("-")[1])
    deadline = time.monotonic() + SECONDS_TO_SHOW
    while True:
        health = _read(f"{site_url}/healthz")
        applied = next(line for line in health.splitlines() if line.startswith("change: "))
        is_there = applied != "change: none" and int(applied.split("-")[1]) >= number
        if is_there and " 0 waiting" in health:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"The site has not applied change {number}:\n{health}")
        time.sleep(0.05)


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        text: str = response.read().decode()
    return text
