"""The demo's files: YAML in stored form, with names in place of ids.

A page stands as its slug, a person as their key, a picture as its file name; a link in rich text
is `<a data-page="slug">`. `resolve_body` puts the ids in.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

CONTENT_FOLDER: Final = Path(__file__).parent / "content"
IMAGES_FOLDER: Final = CONTENT_FOLDER / "images"

_PAGE_LINK: Final = re.compile(r'<a data-page="(?P<slug>[^"]+)">')


@dataclass(frozen=True)
class Names:
    """The ids that the names in the files stand for."""

    pages: Mapping[str, int]
    people: Mapping[str, int]
    images: Mapping[str, int]


def read_file(name: str) -> Any:
    """One content file, such as "people.yaml"."""
    return yaml.safe_load((CONTENT_FOLDER / name).read_text(encoding="utf-8"))


def read_folder(name: str) -> list[dict[str, Any]]:
    """Every file of a folder, in the order of their names."""
    paths = sorted((CONTENT_FOLDER / name).glob("*.yaml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def resolve_body(body: list[dict[str, Any]], names: Names) -> list[dict[str, Any]]:
    """`body` with ids in place of names. Raises `KeyError` with a name that stands for nothing."""
    return [{"type": block["type"], "value": _resolve(block["value"], names)} for block in body]


def resolve_rich_text(html: str, names: Names) -> str:
    """`html` with Wagtail's own form of links to pages."""
    return _PAGE_LINK.sub(
        lambda link: f'<a linktype="page" id="{names.pages[link["slug"]]}">', html
    )


def _resolve(value: Any, names: Names) -> Any:
    if isinstance(value, dict):
        return {key: _resolve_field(key, child, names) for key, child in value.items()}
    if isinstance(value, list):
        return [_resolve(item, names) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return resolve_rich_text(value, names) if isinstance(value, str) else value


def _resolve_field(key: str, value: Any, names: Names) -> Any:
    if key == "page" and isinstance(value, str):
        return names.pages[value]
    if key == "person" and isinstance(value, str):
        return names.people[value]
    if key == "image" and isinstance(value, dict):
        chosen = {name: child for name, child in value.items() if name != "file"}
        return {"decorative": False, "alt_text": "", **chosen, "image": names.images[value["file"]]}
    return _resolve(value, names)
