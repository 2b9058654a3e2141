"""`make run`: prepare the data, start every program, say where they are, stop them together."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import environ
from honcho.manager import Manager

from scripts.instance import REPOSITORY_ROOT, Instance, InstanceError, build_instance, check_port


def main() -> int:
    """Run until Ctrl-C or until a program ends by itself. Returns the exit status."""
    environ.Env.read_env(REPOSITORY_ROOT / ".env")
    try:
        instance = build_instance()
        check_port(instance.cms_port, "CMS_PORT")
        check_port(instance.site_port, "SITE_PORT")
        prepare(instance)
    except InstanceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return serve(instance)


def prepare(instance: Instance) -> None:
    """Bring the database up to date; the first time, fill it with the demo."""
    Path(instance.environment["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "bootstrap", "--demo", "--verbosity=0"]
    print("Preparing the database; the first time this takes half a minute …", flush=True)
    # Wagtail would tell of every page that the demo makes.
    environment = {"LOG_LEVEL": "WARNING", **instance.environment}
    finished = subprocess.run(
        command, cwd=REPOSITORY_ROOT / "backend", env=environment, check=False
    )
    if finished.returncode:
        raise InstanceError("The CMS could not be prepared; the lines above say why.")


def serve(instance: Instance) -> int:
    """Run every program of `instance` until one ends or somebody asks. Returns the exit status."""
    manager = Manager()
    environment = dict(instance.environment)
    for program in instance.find_programs():
        manager.add_process(
            program.name, program.command_line, env=environment, cwd=str(program.folder)
        )
    announce = f"exec {sys.executable} -m scripts.announce"
    manager.add_process("ready", announce, env=environment, cwd=str(REPOSITORY_ROOT))
    signal.signal(signal.SIGHUP, stop_when_the_terminal_closes)
    manager.loop()
    is_asked_for = manager.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if is_asked_for else int(manager.returncode or 1)


def stop_when_the_terminal_closes(*_: Any) -> None:
    """Honcho stops everything on SIGTERM, and knows nothing of a closed terminal."""
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
