"""What a build says while it works: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from typing import Final, TextIO

_BAR_SECONDS: Final = 0.1
_LINE_SECONDS: Final = 5.0
_WIDTH: Final = 30


class Progress:
    """Says how far `total` steps are."""

    def __init__(self, label: str, total: int, output: TextIO = sys.stderr) -> None:
        self._label = label
        self._total = total
        self._output = output
        self._is_terminal = output.isatty()
        self._done = 0
        self._told_at = time.monotonic()

    def advance(self, count: int) -> None:
        """Note that `count` more are done."""
        self._done += count
        now = time.monotonic()
        is_last = self._done >= self._total
        pause = _BAR_SECONDS if self._is_terminal else _LINE_SECONDS
        if now - self._told_at < pause and not (is_last and self._is_terminal):
            return
        self._told_at = now
        words = f"{self._label}: {self._done:,} of {self._total:,}"
        if not self._is_terminal:
            print(words, file=self._output, flush=True)
            return
        filled = _WIDTH * self._done // max(self._total, 1)
        bar = "█" * filled + "·" * (_WIDTH - filled)
        print(f"\r{bar} {words}", end="\n" if is_last else "", file=self._output, flush=True)
