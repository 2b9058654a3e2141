"""The two CMSs that are compared: ours with its site, and one with Wagtail's own previews."""

import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.long_page import SLUG
from scripts.instance import REPOSITORY_ROOT, Instance, Program, build_instance
from tests.live_servers import build_test_instance, find_free_port, run_server

_FILE: Final = re.compile(r'/(?:static/)?(?P<name>[a-z0-9-]+-[0-9a-f]{12}\.[a-z0-9]+)(?=["\')])')
_MAIN: Final = re.compile(r"<main.*</main>", re.DOTALL)
_CUT: Final = "<!-- cut -->"
_META: Final = re.compile(r'\s*<(?:meta property|link rel="canonical").*?>')


@dataclass(frozen=True)
class Subject:
    """One of the two: what it is called, and where its editor has the page open."""

    name: str
    cms_url: str
    page_id: int

    @property
    def editor_url(self) -> str:
        """The page's editor."""
        return f"{self.cms_url}/admin/pages/{self.page_id}/edit/"


@contextmanager
def run_subjects(folder: Path) -> Iterator[tuple[Subject, Subject]]:
    """Ours and Wagtail's own, running on equal data below `folder`."""
    ours = build_test_instance(folder / "ours", "")
    Path(ours.environment["DATA_DIR"]).mkdir()
    _run(ours, "manage.py", "bootstrap", "--demo", "--verbosity=0")
    page_id = int(_run_module(ours, "bench.long_page").split()[-1])
    own = _build_wagtail_own(ours, folder / "own")
    with ExitStack() as stack:
        _start(stack, ours.cms, ours.cms_url, ours, folder)
        _start(stack, ours.site, ours.site_url, ours, folder)
        _copy_site_files(ours, Path(own.environment["DATA_DIR"]) / "site-files")
        _start(stack, own.cms, own.cms_url, own, folder)
        yield Subject("ours", ours.cms_url, page_id), Subject("Wagtail's", own.cms_url, page_id)


def _build_wagtail_own(ours: Instance, data_dir: Path) -> Instance:
    shutil.copytree(ours.environment["DATA_DIR"], data_dir)
    port = str(find_free_port())
    address = f"http://127.0.0.1:{port}"
    # Page and admin have one origin, which is what makes Wagtail's previews simple.
    instance = build_instance(
        {
            **{key: ours.environment[key] for key in ("PATH", "HOME") if key in ours.environment},
            "CMS_PORT": port,
            "SITE_URL": address,
            "CMS_URL": address,
            "DATA_DIR": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "bench.wagtail_own.settings",
            "PYTHONPATH": f"{REPOSITORY_ROOT}:{REPOSITORY_ROOT / 'backend'}",
        }
    )
    _run(instance, "manage.py", "bootstrap", "--verbosity=0")
    return instance


def _start(stack: ExitStack, program: Program, url: str, instance: Instance, folder: Path) -> None:
    log = folder / f"{program.name}-{instance.cms_port}.log"
    stack.enter_context(run_server(program, url, "/healthz", dict(instance.environment), log))


def _run_module(instance: Instance, module: str) -> str:
    return _run(instance, "-m", module, PYTHONPATH=f"{REPOSITORY_ROOT}:{instance.cms.folder}")


def _run(instance: Instance, *arguments: str, **more: str) -> str:
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=instance.cms.folder,
        env={**instance.environment, "LOG_LEVEL": "WARNING", **more},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return finished.stdout


def _copy_site_files(ours: Instance, folder: Path) -> None:
    """What stands around a page's main part on the site, and every file that this links."""
    folder.mkdir()
    html = _fetch(f"{ours.site_url}/conditions/{SLUG}/").decode()
    html = _MAIN.sub(_CUT, _META.sub("", html), count=1)
    frame = html.replace("</body>", f"{_CUT}</body>")
    (folder / "frame.html").write_text(_copy_files(frame, ours.site_url, folder), "utf-8")


def _copy_files(text: str, site_url: str, folder: Path) -> str:
    """`text` with the addresses of its files changed to where the other CMS has them."""
    for found in set(_FILE.finditer(text)):
        name = found["name"]
        if (folder / name).exists():
            continue
        body = _fetch(f"{site_url}{found[0]}")
        (folder / name).write_bytes(body)
        if name.endswith(".css"):
            (folder / name).write_text(_copy_files(body.decode(), site_url, folder), "utf-8")
    return _FILE.sub(lambda found: f"/site-files/{found['name']}", text)


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as response:
        return bytes(response.read())
