"""Finds a Chromium for the browser tests, and gets one where there is none.

`python -m scripts.chromium` prints the path of one that starts. It looks, in this order, at the
`CHROMIUM` variable, at Playwright's own, and on the PATH; then it lets Playwright download its
own; then, as root on Debian, it installs Debian's package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 300

ADVICE = """No Chromium was found, and none could be fetched. The browser tests need one:
  on Debian and its kin:  sudo apt-get install chromium
  elsewhere:              .venv/bin/playwright install --with-deps chromium
or name one that is installed:  make test CHROMIUM=/path/to/chromium"""


def find_chromium_or_none() -> str | None:
    """The path of an installed Chromium that starts, or `None`."""
    candidates = [os.environ.get("CHROMIUM"), _find_playwright_build()]
    candidates += [shutil.which(name) for name in NAMES]
    return next((path for path in candidates if path and does_start(path)), None)


def fetch_chromium_or_none() -> str | None:
    """Get a Chromium by whichever way this machine allows; its path, or `None`."""
    _say("No Chromium here; Playwright downloads one …")
    _attempt([sys.executable, "-m", "playwright", "install", "chromium"])
    if path := find_chromium_or_none():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _say("Playwright's download did not work; Debian's package is installed …")
        _attempt(["apt-get", "update", "-q"])
        _attempt(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"])
    return find_chromium_or_none()


def does_start(path: str) -> bool:
    """Whether the program runs at all: a bare machine lacks libraries that a download needs."""
    try:
        finished = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def get_launch_arguments() -> list[str]:
    """Command-line switches for every start."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-sync",
        "--no-first-run",
    ]
    # Chromium's own sandbox refuses to work for root, as in a container.
    return [*arguments, "--no-sandbox"] if os.geteuid() == 0 else arguments


def _find_playwright_build() -> str | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _attempt(command: list[str]) -> None:
    """Run a step that may fail; what it says goes to the terminal, and the caller looks again."""
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        # Milliseconds; the default would wait half a minute for each of several mirrors.
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000",
    }
    try:
        subprocess.run(
            command, env=environment, stdout=sys.stderr, timeout=DOWNLOAD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        _say(f"Gave up after {DOWNLOAD_SECONDS} seconds: {' '.join(command)}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Print the path on standard output, or say on standard error what to do."""
    path = find_chromium_or_none() or fetch_chromium_or_none()
    if not path:
        _say(ADVICE)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
