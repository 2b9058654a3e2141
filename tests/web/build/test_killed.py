"""A build that is killed in the middle: nothing of it works on, and the next one mends all."""

import copy
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.conftest import FRONTEND
from tests.web.fake_cms import FakeCms
from web.config import Settings

PAGES = 300


@pytest.fixture(autouse=True)
def _fill(cms: FakeCms) -> None:
    """Pages enough to be worth several processes."""
    cms.lists_pages = True
    cms.feed = []
    for number in range(PAGES):
        resolution = copy.deepcopy(cms.resolutions["/about/"])
        page = resolution["page"]
        page["id"], page["path"] = 1000 + number, f"/page-{number}/"
        page["meta"]["html_url"] = f"http://localhost:3150{page['path']}"
        resolution["tags"] = [f"page:{page['id']}"]
        cms.resolutions[page["path"]] = resolution


def start_build(settings: Settings, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "web.build"],
        cwd=FRONTEND,
        env={
            "PATH": os.environ["PATH"],
            "SITE_URL": settings.site_url,
            "CMS_URL": settings.cms_url,
            "OUT": str(out),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def find_children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def read_all(out: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()
    }


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Needs /proc.")
def test_build__killed_midway__leaves_no_process_and_is_mended_by_the_next(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "dist"
    build = start_build(settings, out)
    wait_until(lambda: len(list(out.glob("page-*/index.html"))) > 50)
    children = find_children(build.pid)
    build.send_signal(signal.SIGKILL)
    build.wait()

    assert children
    wait_until(lambda: not any(map(runs, children)), 10)
    assert len(list(out.glob("page-*/index.html"))) < PAGES
    # What was half written may be of a page that has changed back, or is gone, since.
    (out / "page-0").mkdir(exist_ok=True)
    (out / "page-0" / "index.html").write_text("<p>Half of a p")
    del cms.resolutions["/page-1/"]
    cms.announce("paths", "page:1001")

    assert start_build(settings, out).wait() == 0
    assert start_build(settings, tmp_path / "whole").wait() == 0
    assert read_all(out) == read_all(tmp_path / "whole")
    assert "page-1/index.html" not in read_all(out)
