"""Which Chromium the browser tests take, and what is said where there is none."""

from pathlib import Path

import pytest

from scripts import chromium


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser; gives the only folder on its PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "_find_playwright_build", lambda: None)
    monkeypatch.setattr(chromium, "_attempt", lambda _command: None)
    return tmp_path


def install_fake(folder: Path, name: str, status: int = 0) -> str:
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {status}\n")
    program.chmod(0o755)
    return str(program)


def test_chromium__on_the_path__is_taken(bare_machine: Path) -> None:
    path = install_fake(bare_machine, "google-chrome")
    assert chromium.find_chromium_or_none() == path


def test_chromium__one_that_does_not_start__is_passed_over(bare_machine: Path) -> None:
    install_fake(bare_machine, "chromium", status=127)
    works = install_fake(bare_machine, "google-chrome-stable")
    assert chromium.find_chromium_or_none() == works


def test_chromium__named_by_the_environment__comes_first(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_fake(bare_machine, "chromium")
    named = install_fake(bare_machine, "my-own")
    monkeypatch.setenv("CHROMIUM", named)
    assert chromium.find_chromium_or_none() == named


@pytest.mark.usefixtures("bare_machine")
def test_chromium__nowhere_and_not_to_be_had__fails_with_the_command_to_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert chromium.main() == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "sudo apt-get install chromium" in captured.err
