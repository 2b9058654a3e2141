"""Which PostgreSQL `make test-postgres` takes."""

import importlib.util
from pathlib import Path

import pytest

from scripts import postgres


def install_fake(folder: Path, version: str) -> Path:
    """A folder of programs that give `version`."""
    programs = folder / version / "bin"
    programs.mkdir(parents=True)
    program = programs / "initdb"
    program.write_text(f"#!/bin/sh\necho 'initdb (PostgreSQL) {version} (Debian)'\n")
    program.chmod(0o755)
    return programs


@pytest.mark.parametrize(("version", "is_taken"), [("15.18", True), ("18.6", True), ("9.6", False)])
def test_postgres__on_the_path__is_taken_when_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, is_taken: bool
) -> None:
    programs = install_fake(tmp_path, version)
    monkeypatch.setattr(postgres, "DEBIAN_FOLDER", tmp_path / "none")
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    assert postgres.find_programs_or_none() == (programs if is_taken else None)


def test_postgres__several_of_debians__the_newest_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_fake(tmp_path, "9.6")
    newest = install_fake(tmp_path, "17.2")
    install_fake(tmp_path, "15.18")
    monkeypatch.setattr(postgres, "DEBIAN_FOLDER", tmp_path)
    assert postgres.find_programs_or_none() == newest


def test_postgres__none_and_no_wheel__says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(postgres.PostgresError, match="apt-get install postgresql"):
        postgres.copy_wheel_programs(tmp_path)
