"""Which core does what, so that whoever asks takes no time from whoever answers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


class Cores:
    """The cores of this machine, split between the servers and what asks them.

    With one core, or where the system has no such call, nothing is pinned, and `words` says so.
    """

    def __init__(self) -> None:
        can_pin = hasattr(os, "sched_setaffinity")
        self._all = set(os.sched_getaffinity(0)) if can_pin else set()
        first, *others = sorted(self._all) or [0]
        self._server, self._client = {first}, set(others)
        self.can_pin = bool(others)

    @property
    def words(self) -> str:
        """What is pinned where, for the report."""
        if not self.can_pin:
            return "Servers and clients share their cores: they could not be pinned."
        return f"Servers on core {_list(self._server)}, clients on {_list(self._client)}."

    @contextmanager
    def for_server(self) -> Iterator[None]:
        """Processes started within have the servers' core alone."""
        with self._pin(self._server):
            yield

    @contextmanager
    def for_client(self) -> Iterator[None]:
        """Processes started within have what the servers do not have."""
        with self._pin(self._client):
            yield

    @contextmanager
    def _pin(self, cores: set[int]) -> Iterator[None]:
        if not self.can_pin:
            yield
            return
        before = os.sched_getaffinity(0)
        # A process inherits this from the thread that starts it, before its first instruction.
        os.sched_setaffinity(0, cores)
        try:
            yield
        finally:
            os.sched_setaffinity(0, before)


def _list(cores: set[int]) -> str:
    return ", ".join(str(core) for core in sorted(cores))
