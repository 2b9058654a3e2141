"""How far something long has come, on the terminal, or a line now and then in a log."""

import sys
import time
from typing import Final

_WIDTH: Final = 30
_LINES: Final = 10


class ProgressBar:
    """A bar of `whole` steps. `label` says what is done, such as "Loading"."""

    def __init__(self, label: str, whole: int) -> None:
        self.label = label
        self.whole = whole
        self.started = time.monotonic()
        self._lines = 0

    def show(self, done: int) -> None:
        """Say that `done` of the steps are behind us."""
        seconds = time.monotonic() - self.started
        share = done / max(self.whole, 1)
        bar = "#" * int(share * _WIDTH)
        text = f"{self.label} {done:,} of {self.whole:,} [{bar:{_WIDTH}}] {seconds:.0f} s"
        if sys.stderr.isatty():
            print(f"\r{text}", end="\n" if done >= self.whole else "", file=sys.stderr, flush=True)
        elif int(share * _LINES) > self._lines:
            self._lines = int(share * _LINES)
            print(text, file=sys.stderr, flush=True)
