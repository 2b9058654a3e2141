"""Code that runs beside the live servers, on their database."""

import subprocess
import sys

from scripts.instance import Instance


def run(instance: Instance, *arguments: str) -> str:
    """Run Python with the live CMS's settings and database; what it printed."""
    environment = {**instance.environment, "PYTHONPATH": str(instance.cms.folder)}
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=instance.cms.folder,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return finished.stdout


def run_code(instance: Instance, code: str, **names: str) -> str:
    """Run `code`, with values for the names in braces; what it printed."""
    return run(
        instance, "manage.py", "shell", "--verbosity", "0", "--command", code.format(**names)
    )
