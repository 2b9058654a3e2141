"""The generated files of the contract: what they are called, and what they should hold."""

import json
import subprocess
from pathlib import Path
from typing import Any

from cms.config.env import REPOSITORY_ROOT
from cms.contract.examples import build_examples, get_public_blocks
from cms.contract.openapi import build_openapi
from cms.contract.python_models import build_python_models

OPENAPI_PATH = "contract/openapi.json"


def build_contract_files() -> dict[str, str]:
    """The text of every generated file, by its path from the root of the repository."""
    openapi = build_openapi()
    blocks = get_public_blocks()
    critical = sorted(name for name, block in blocks.items() if block.critical)
    files = {
        OPENAPI_PATH: dump_json(openapi),
        "frontend/web/api/models.py": build_python_models(openapi, critical),
    }
    for name, block in blocks.items():
        text = dump_json(build_examples(name, block))
        files[f"contract/examples/{name}.json"] = text
        # The site is installed without this repository around it.
        files[f"frontend/web/contract_examples/{name}.json"] = text
    return files


def find_stale_files(files: dict[str, str], root: Path = REPOSITORY_ROOT) -> list[str]:
    """The paths whose file is missing, differs, or is an example that should not be there."""
    stale = [
        path
        for path, text in files.items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]
    folders = {str(Path(path).parent) for path in files if path.endswith(".json")}
    present = {
        str(path.relative_to(root)) for folder in folders for path in (root / folder).glob("*.json")
    }
    return sorted([*stale, *(present - files.keys())])


def read_published_or_none(path: str, root: Path = REPOSITORY_ROOT) -> str | None:
    """The text of a generated file before this change: as it lies there, else as committed."""
    if (root / path).is_file():
        return (root / path).read_text(encoding="utf-8")
    command = ["git", "-C", str(root), "show", f"HEAD:{path}"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return shown.stdout if shown.returncode == 0 else None


def dump_json(document: Any) -> str:
    """`document` as stable, readable JSON."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
