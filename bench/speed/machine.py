"""What the figures were measured on: they say little without it."""

import os
import platform
from pathlib import Path
from typing import Any


def describe_machine() -> dict[str, Any]:
    """The processor, its cores, the memory, and how busy it was with other work before."""
    facts: dict[str, Any] = {
        "system": platform.platform(),
        "processor": _read_field(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        "cpus": os.cpu_count(),
        "memory": _read_field(Path("/proc/meminfo"), "MemTotal"),
    }
    if hasattr(os, "getloadavg"):
        facts["load"] = round(os.getloadavg()[2], 1)
    return facts


def _read_field(file: Path, name: str) -> str:
    if not file.is_file():
        return ""
    for line in file.read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
