"""A connection between two servers that can be cut in the ways in which networks fail."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Final

from scripts.instance import LOOPBACK

_CHUNK: Final = 64 * 1024
_SLOW_CHUNK: Final = 512
_SLOW_PAUSE: Final = 0.25


class Trouble(Enum):
    """What the connection does with what is sent over it."""

    NONE = "is well"
    HANGS = "hangs"
    RESETS = "breaks"
    IS_SLOW = "has 2 kB a second"


class TroubledProxy:
    """Passes connections on to a port of this machine, as `trouble` says at the moment."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._loop = asyncio.new_event_loop()
        self._trouble = Trouble.NONE
        self._flows = asyncio.Event()
        self._flows.set()
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0

    @contextmanager
    def run(self) -> Iterator[None]:
        """Listen on a free port until the end of the block."""
        is_ready = threading.Event()
        thread = threading.Thread(target=self._serve, args=(is_ready,), daemon=True)
        thread.start()
        is_ready.wait()
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()

    def make(self, trouble: Trouble) -> None:
        """From now on, `trouble`; connections that are open end or go on as it says."""
        self._loop.call_soon_threadsafe(self._change, trouble)

    def _change(self, trouble: Trouble) -> None:
        self._trouble = trouble
        if trouble is Trouble.HANGS:
            self._flows.clear()
        else:
            self._flows.set()
        if trouble in (Trouble.NONE, Trouble.RESETS):
            for writer in list(self._open):
                writer.transport.abort()

    def _serve(self, is_ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._take, LOOPBACK, 0))
        self.port = server.sockets[0].getsockname()[1]
        is_ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._trouble is Trouble.RESETS:
            writer.transport.abort()
            return
        try:
            theirs = await asyncio.open_connection(LOOPBACK, self._target_port)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, theirs[1]}
        try:
            # Cancelled at the end of the run.
            with suppress(asyncio.CancelledError):
                await asyncio.gather(self._pass(reader, theirs[1]), self._pass(theirs[0], writer))
        finally:
            self._open -= {writer, theirs[1]}
            writer.close()
            theirs[1].close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(_CHUNK):
                await self._flows.wait()
                if writer.is_closing():
                    return
                if self._trouble is Trouble.IS_SLOW:
                    for start in range(0, len(data), _SLOW_CHUNK):
                        writer.write(data[start : start + _SLOW_CHUNK])
                        await asyncio.sleep(_SLOW_PAUSE)
                        if writer.is_closing():
                            return
                else:
                    writer.write(data)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
