"""The locks: pinned by hash, free of any machine's addresses, and of what the members ask for."""

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.instance import REPOSITORY_ROOT

LOCKS = {
    "requirements-dev.txt": ("pyproject.toml", "backend/pyproject.toml", "frontend/pyproject.toml"),
    "backend/requirements.txt": ("backend/pyproject.toml",),
    "frontend/requirements.txt": ("frontend/pyproject.toml",),
}


def read_pins(lock: str) -> dict[str, str]:
    """The versions in a lock, by name."""
    text = (REPOSITORY_ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", text, flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


def read_requirements(project: Path) -> list[Requirement]:
    """What a `pyproject.toml` asks for."""
    content: dict[str, Any] = tomllib.loads(project.read_text(encoding="utf-8"))
    groups = content.get("dependency-groups", {}).values()
    asked = chain(content["project"].get("dependencies", ()), *groups)
    return [Requirement(text) for text in asked]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock__holds_what_its_projects_ask_for(lock: str) -> None:
    pins = read_pins(lock)
    missing = [
        str(requirement)
        for project in LOCKS[lock]
        for requirement in read_requirements(REPOSITORY_ROOT / project)
        if pins.get(canonicalize_name(requirement.name), "") not in requirement.specifier
    ]
    assert missing == [], "Run `make lock` and commit."


@pytest.mark.parametrize("lock", LOCKS)
def test_lock__every_package__is_pinned_by_hash_and_nothing_else(lock: str) -> None:
    text = (REPOSITORY_ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    strange = [
        line for line in lines if not re.match(r"    --hash=sha256:|\S+==\S+( ; .*)? \\$", line)
    ]
    assert strange == []
    assert "://" not in text


def test_locks__agree_on_every_version() -> None:
    everything = read_pins("requirements-dev.txt")
    for member in ("backend/requirements.txt", "frontend/requirements.txt"):
        pins = read_pins(member)
        assert pins == {name: everything[name] for name in pins}


def test_site_lock__has_nothing_of_django() -> None:
    assert (
        not {"django", "wagtail", "djangorestframework"}
        & read_pins("frontend/requirements.txt").keys()
    )
