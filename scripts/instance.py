"""One running instance: where it listens, what it is told, and the programs that it is made of.

`make run` and the browser tests start their servers from here, so they start the same ones.
"""

import os
import secrets
import shlex
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY_ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = "127.0.0.1"
# For each run another: the programs of an instance are started together.
_SITE_KEY = secrets.token_urlsafe()


class InstanceError(Exception):
    """The instance cannot start; the message says what to do about it."""


@dataclass(frozen=True)
class Program:
    """One process of an instance, started in `folder`."""

    name: str
    arguments: tuple[str, ...]
    folder: Path

    @property
    def command_line(self) -> str:
        """The program as a shell would be told it; the shell makes way for the program."""
        return f"exec {shlex.join(self.arguments)}"


@dataclass(frozen=True)
class Instance:
    """A CMS with its worker, its scheduler and a site, on ports and data of their own."""

    cms_port: int
    site_port: int
    environment: Mapping[str, str]

    @property
    def site_url(self) -> str:
        """Where readers find the site."""
        return self.environment["SITE_URL"]

    @property
    def cms_url(self) -> str:
        """Where editors find the CMS."""
        return self.environment["CMS_URL"]

    def find_programs(self) -> list[Program]:
        """Everything that has to run, servers first."""
        return [self.cms, self.site, self.worker, self.scheduler]

    @property
    def cms(self) -> Program:
        """The CMS's web server."""
        arguments = (
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", LOOPBACK, "--port", str(self.cms_port), "--log-level", "warning"),
            # Each thread holds a database connection; SQLite lets one write at a time anyway.
            *("--blocking-threads", "4"),
            "cms.config.wsgi:application",
        )
        return Program("cms", arguments, REPOSITORY_ROOT / "backend")

    @property
    def site(self) -> Program:
        """The site's web server."""
        return Program("site", (sys.executable, "-m", "web"), REPOSITORY_ROOT / "frontend")

    @property
    def worker(self) -> Program:
        """Does what waits in the `background` queue."""
        return _build_command("worker", "db_worker", "--backend", "background", "--no-reload")

    @property
    def scheduler(self) -> Program:
        """Does what has a time, such as scheduled publishing."""
        return _build_command("scheduler", "run_scheduler")


def build_instance(environment: Mapping[str, str] = os.environ) -> Instance:
    """The instance that `environment` describes, with defaults for what it leaves open.

    Raises:
        InstanceError: a port is no port number.
    """
    given = {key: value for key, value in environment.items() if value.strip()}
    cms_port = _read_port(given, "CMS_PORT", 8000)
    site_port = _read_port(given, "SITE_PORT", 3000)
    # Two host names, as in production: what works here by chance would not work there.
    cms_url = given.get("CMS_URL", f"http://{LOOPBACK}:{cms_port}")
    defaults = {
        "SITE_URL": f"http://localhost:{site_port}",
        "CMS_URL": cms_url,
        "CMS_INTERNAL_URL": f"http://{LOOPBACK}:{cms_port}",
        "DJANGO_SETTINGS_MODULE": "cms.config.settings.dev",
        # Both programs know it, nobody else has to: with it, limits count by reader.
        "SITE_KEY": _SITE_KEY,
        "PYTHONUNBUFFERED": "1",
    }
    data_dir = REPOSITORY_ROOT / given.get("DATA_DIR", "var")
    defaults["SITE_STORE_DIR"] = str(data_dir / "site")
    chosen = {
        "CMS_PORT": str(cms_port),
        "SITE_PORT": str(site_port),
        "DATA_DIR": str(data_dir),
    }
    return Instance(cms_port, site_port, {**defaults, **given, **chosen})


def check_port(port: int, key: str) -> None:
    """Raises `InstanceError` where something else listens on `port`, which `key` chose."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise InstanceError(
                f"Port {port} cannot be used ({error.strerror}). Stop what runs there, "
                f"or choose another: make run {key}={port + 1}"
            ) from error


def wait_until_answering(address: str, seconds: float) -> None:
    """Return once `address` answers below 500. Raises `InstanceError` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        problem = _find_problem(address)
        if not problem:
            return
        if time.monotonic() > deadline:
            raise InstanceError(f"{address} did not answer in {seconds:.0f} seconds: {problem}")
        time.sleep(0.2)


def _find_problem(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return ""
    except urllib.error.HTTPError as error:
        return "" if error.code < 500 else f"status {error.code}"
    except OSError as error:
        return str(error)


def _read_port(environment: Mapping[str, str], key: str, default: int) -> int:
    text = environment.get(key, str(default))
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise InstanceError(f"{key} is {text!r}, but must be a port number, such as {default}.")
    return int(text)


def _build_command(name: str, *arguments: str) -> Program:
    return Program(name, (sys.executable, "manage.py", *arguments), REPOSITORY_ROOT / "backend")
