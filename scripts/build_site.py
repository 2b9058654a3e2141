"""`make build-site`: write the public site of an instance as files, into the folder OUT."""

import os
import subprocess
import sys

import environ

from scripts.instance import REPOSITORY_ROOT, InstanceError, build_instance


def main() -> int:
    """Build with the addresses that `make run` uses; the exit code of `python -m web.build`."""
    environ.Env.read_env(REPOSITORY_ROOT / ".env")
    try:
        instance = build_instance()
    except InstanceError as error:
        print(error, file=sys.stderr)
        return 2
    # Relative to where `make` is called, not to where the site's package is.
    out = REPOSITORY_ROOT / (os.environ.get("OUT", "").strip() or "dist")
    told = {**instance.environment, "OUT": str(out)}
    command = (sys.executable, "-m", "web.build")
    try:
        return subprocess.run(command, cwd=instance.site.folder, env=told, check=False).returncode
    except KeyboardInterrupt:
        # The build hears of it too, and says so.
        return 1


if __name__ == "__main__":
    sys.exit(main())
