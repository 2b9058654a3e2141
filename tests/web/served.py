"""The site as a process of its own, behind its real server."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


@contextmanager
def serve(cms_url: str, host: str = "127.0.0.1", **environment: str) -> Iterator[str]:
    """Run the site over the CMS at `cms_url` until the end of the block; gives its address."""
    port = unused_port()
    address = f"http://{host}:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "web"],
        cwd=FRONTEND,
        env={
            "PATH": os.environ["PATH"],
            "SITE_URL": address,
            "SITE_PORT": str(port),
            "CMS_URL": cms_url,
            **environment,
        },
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_up(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def wait_until_up(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until `address` answers; fails when the process ended or 20 seconds have passed."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            assert process.poll() is None, "The site ended by itself."
            time.sleep(0.1)
    pytest.fail("The site did not answer within 20 seconds.")
