"""The site runs from a copy of its own folder, without the CMS's code."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from aiohttp.test_utils import unused_port

from tests.web.fake_cms import FakeCms
from tests.web.served import FRONTEND, wait_until_up

PROBE = """
import sys, web.app
from web.api.models import BLOCK_VALUES
assert not {"django", "wagtail", "rest_framework", "cms"} & {*sys.modules}, "imports the CMS"
"""


def copy_frontend(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FRONTEND, tmp_path / "site"))


def test_site__from_its_own_folder__imports_nothing_of_the_cms(tmp_path: Path) -> None:
    folder = copy_frontend(tmp_path)
    environment = {"PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", PROBE], cwd=folder, env=environment, check=True)


def test_site__from_its_own_folder__serves_another_cms(tmp_path: Path, cms: FakeCms) -> None:
    port = unused_port()
    environment = {"PATH": os.environ["PATH"], "SITE_PORT": str(port), "CMS_URL": cms.origin}
    process = subprocess.Popen(
        [sys.executable, "-m", "web"],
        cwd=copy_frontend(tmp_path),
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/healthz", process)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert b"Massage Aha!" in answer.read()
    finally:
        process.terminate()
        process.wait(10)


def test_site__wrong_settings__says_which_and_stops(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "SITE_PORT": "none"}
    ended = subprocess.run(
        [sys.executable, "-m", "web"],
        cwd=FRONTEND,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "SITE_PORT is 'none', but must be a port number" in ended.stderr
    assert "Traceback" not in ended.stderr
