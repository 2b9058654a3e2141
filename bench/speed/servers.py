"""Starts what is measured: a CMS, sites, its worker; each on a free port, with data of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.speed.cores import Cores
from scripts.announce import PASSWORD, USERNAME
from scripts.instance import (
    LOOPBACK,
    REPOSITORY_ROOT,
    Instance,
    Program,
    build_instance,
    wait_until_answering,
)
from tests.live_servers import build_test_instance, find_free_port

_SECONDS_TO_START: Final = 120
_SECONDS_TO_STOP: Final = 15


@dataclass(frozen=True)
class Server:
    """A program that runs. Its address has no slash at the end; "" for one that nobody asks."""

    url: str
    pid: int
    log: Path

    def find_workers(self) -> list[int]:
        """The processes that it started."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


def build_bench_instance(data_dir: Path, database_url: str = "", **settings: str) -> Instance:
    """An instance on free ports that is measured; `settings` go into its environment."""
    (data_dir / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
    plain = build_test_instance(data_dir, database_url)
    return build_instance(
        {
            **plain.environment,
            "DJANGO_SETTINGS_MODULE": "bench.speed.cms.settings",
            "PYTHONPATH": f"{REPOSITORY_ROOT}:{plain.cms.folder}:{REPOSITORY_ROOT / 'frontend'}",
            "LOG_LEVEL": "WARNING",
            "ADMIN_USERNAME": USERNAME,
            "ADMIN_PASSWORD": PASSWORD,
            **settings,
        }
    )


def run_in_cms(instance: Instance, *arguments: str) -> str:
    """Run Python in the CMS's folder on its data, with development settings; what it printed."""
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=instance.cms.folder,
        # The demo is refused without DEBUG.
        env={**instance.environment, "DJANGO_SETTINGS_MODULE": "cms.config.settings.dev"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return finished.stdout


def load_demo(instance: Instance) -> None:
    """Give the instance the demo, with its pictures in every size."""
    run_in_cms(instance, "manage.py", "bootstrap", "--demo", "--verbosity=0")


@contextmanager
def run_cms(instance: Instance, workers: int = 1, pinned: Cores | None = None) -> Iterator[Server]:
    """The CMS's web server, as `make run` has it, with so many processes."""
    *most, application = instance.cms.arguments
    program = replace(instance.cms, arguments=(*most, "--workers", str(workers), application))
    environment = instance.environment
    with run_program(program, instance.cms_url, environment, "/healthz", pinned) as server:
        yield server


@contextmanager
def run_site(
    instance: Instance, name: str = "site", pinned: Cores | None = None, **settings: str
) -> Iterator[Server]:
    """A site on a port of its own, with a store of its own; there may be several."""
    port = str(find_free_port())
    environment = {
        **instance.environment,
        "SITE_PORT": port,
        "SITE_NAME": name,
        "SITE_STORE_DIR": str(Path(instance.environment["DATA_DIR"]) / f"store-{name}"),
        **settings,
    }
    url = f"http://{LOOPBACK}:{port}"
    with run_program(instance.site, url, environment, "/healthz", pinned) as server:
        yield server


@contextmanager
def run_worker(instance: Instance) -> Iterator[Server]:
    """The CMS's background worker."""
    with run_program(instance.worker, "", instance.environment) as server:
        yield server


@contextmanager
def run_program(
    program: Program,
    url: str,
    environment: Mapping[str, str],
    health_path: str = "/",
    pinned: Cores | None = None,
) -> Iterator[Server]:
    """Run a program until the end of the block; it has answered before that begins.

    It writes below DATA_DIR of `environment`. With `pinned` it has the servers' cores alone.
    """
    folder = Path(environment["DATA_DIR"])
    log = folder / f"{program.name}-{url.rpartition(':')[2]}.log"
    with log.open("ab") as output, pinned.for_server() if pinned else nullcontext():
        process = subprocess.Popen(
            program.arguments,
            cwd=program.folder,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        if url:
            wait_until_answering(f"{url}{health_path}", _SECONDS_TO_START)
        yield Server(url, process.pid, log)
    except Exception as error:
        error.add_note(f"The {program.name} said:\n{log.read_text(errors='replace')[-2000:]}")
        raise
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        # The server's workers too.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
