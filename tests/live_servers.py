"""A real CMS and a real site, as processes of their own, for the tests that need them whole."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from scripts.instance import Instance, Program, build_instance, wait_until_answering

SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


@dataclass(frozen=True)
class LiveServer:
    """A server that answers at `url`, told `environment`; its words are in `log`."""

    url: str
    environment: dict[str, str]
    log: Path


def build_test_instance(data_dir: Path, database_url: str) -> Instance:
    """An instance of development settings on free ports, which shares nothing with another."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return build_instance(
        {
            **kept,
            "CMS_PORT": str(find_free_port()),
            "SITE_PORT": str(find_free_port()),
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": database_url,
        }
    )


def find_free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def make_database() -> Iterator[str]:
    """A database of its own on the suite's PostgreSQL server; "" where the suite uses SQLite."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith(("postgres://", "postgresql://")):
        yield ""
        return
    name = f"live_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def load_demo(instance: Instance) -> None:
    """Give the instance the state that `make run` gives a new one."""
    Path(instance.environment["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "bootstrap", "--demo"],
        cwd=instance.cms.folder,
        env=dict(instance.environment),
        check=True,
    )


@contextmanager
def run_server(
    program: Program, url: str, health_path: str, environment: dict[str, str], log: Path
) -> Iterator[LiveServer]:
    """Run one server until the end of the block."""
    with (
        log.open("ab") as output,
        subprocess.Popen(
            program.arguments,
            cwd=program.folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            wait_until_answering(f"{url}{health_path}", SECONDS_TO_START)
            yield LiveServer(url, environment, log)
        except Exception as error:
            error.add_note(f"The {program.name} said:\n{log.read_text()[-4000:]}")
            raise
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
