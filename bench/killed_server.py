"""A server that is killed without warning, and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.instance import Program, wait_until_answering

SECONDS_TO_START = 60


class KilledServer:
    """One server with all its processes. `kills` counts how often it died."""

    def __init__(self, program: Program, url: str, environment: dict[str, str]) -> None:
        self._program = program
        self._url = url
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    @contextmanager
    def run(self) -> Iterator[None]:
        """Let it run until the end of the block, with interruptions."""
        self._start()
        try:
            yield
        finally:
            self._kill()

    def kill_and_restart(self, *, after: float) -> None:
        """Kill it after so many seconds; return when it answers again."""
        time.sleep(after)
        self.kill()
        self.start()

    def kill(self) -> None:
        """Kill it, and leave it dead."""
        self._kill()
        self.kills += 1

    def start(self) -> None:
        """Start it; return when it answers."""
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._program.arguments,
            cwd=self._program.folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until_answering(f"{self._url}/healthz", SECONDS_TO_START)

    def _kill(self) -> None:
        if self._process is not None:
            # The server's workers too: none of them may finish what it has begun.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
