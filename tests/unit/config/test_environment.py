"""`.env.example` against what the code of both members and docker-compose.yml read."""

import ast
import os
import re
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path

import environ
import pytest

from cms.config import env
from scripts.instance import REPOSITORY_ROOT
from web.config import load_settings

EXAMPLE = (REPOSITORY_ROOT / ".env.example").read_text(encoding="utf-8")


class RecordingMapping(Mapping[str, str]):
    """An environment that is empty and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def find_cms_keys(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    recorder = RecordingMapping()
    monkeypatch.setattr(environ.Env, "ENVIRON", recorder)
    runpy.run_path(str(env.__file__))
    return recorder.asked


def find_site_keys() -> set[str]:
    recorder = RecordingMapping()
    load_settings(recorder)
    return recorder.asked


def find_compose_keys() -> set[str]:
    text = (REPOSITORY_ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return set(re.findall(r"\$\{([A-Z_]+)", text))


def test_env_example__lists_exactly_the_keys_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = re.findall(r"^([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE)
    read = find_cms_keys(monkeypatch) | find_site_keys() | find_compose_keys()
    assert set(listed) == read
    assert len(listed) == len(set(listed))


def test_env_example__every_key_has_a_comment() -> None:
    paragraphs = [part for part in EXAMPLE.split("\n\n") if re.search("^[A-Z_]+=", part, re.M)]
    bare = [part for part in paragraphs if not part.startswith("#")]
    assert bare == []


def test_env_example__as_it_is__means_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in list(os.environ):
        if f"\n{key}=" in EXAMPLE:
            monkeypatch.delenv(key)
    without = runpy.run_path(str(env.__file__))
    for key, value in re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, flags=re.MULTILINE):
        monkeypatch.setenv(key, value)
    given = runpy.run_path(str(env.__file__))
    different = {key for key in without if key.isupper() and without[key] != given[key]}
    assert different == set()
    assert load_settings(os.environ) == load_settings({})


@pytest.mark.parametrize("member", ["backend/cms", "frontend/web"])
def test_environment__is_read_in_one_module(member: str) -> None:
    allowed = {"backend/cms/config/env.py", "frontend/web/config.py"}
    readers = {
        str(path.relative_to(REPOSITORY_ROOT))
        for path in (REPOSITORY_ROOT / member).rglob("*.py")
        if _reads_environment(path)
    }
    assert readers <= allowed


def _reads_environment(path: Path) -> bool:
    return any(
        (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"})
        or (isinstance(node, ast.Import) and any(name.name == "environ" for name in node.names))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [("CMS_PORT", "eight", "CMS_PORT is 'eight'"), ("HSTS_SECONDS", "-1", "HSTS_SECONDS is '-1'")],
)
def test_env__a_number_that_is_none__is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str, complaint: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(environ.ImproperlyConfigured, match=complaint):
        runpy.run_path(str(env.__file__))


def test_env__addresses__follow_the_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("SITE_URL", "CMS_URL", "CMS_INTERNAL_URL", "MEDIA_URL"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv("CMS_PORT", "8123")
    monkeypatch.setenv("SITE_PORT", "3123")
    settings = runpy.run_path(str(env.__file__))
    assert settings["SITE_URL"] == "http://localhost:3123"
    assert settings["CMS_URL"] == settings["CMS_INTERNAL_URL"] == "http://127.0.0.1:8123"
    assert settings["MEDIA_URL"] == "http://127.0.0.1:8123/media"
