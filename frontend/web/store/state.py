"""How far the store is, as a file: the cursor that all its pages are at, and the branding."""

import logging
from pathlib import Path
from typing import Any

import msgspec

from web.store.disk import write_file

logger = logging.getLogger(__name__)


class State(msgspec.Struct, frozen=True):
    """The cursor of the last change that every page on disk knows of, and `site/` as it was."""

    cursor: str
    site: Any


class _Written(msgspec.Struct, frozen=True):
    fingerprint: str
    state: State


class StateFile:
    """The file in `folder`; without one nothing is written or read."""

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        self._file = None if folder is None else folder / "state.json"
        self._fingerprint = fingerprint

    def load_or_none(self) -> State | None:
        """What was written by this release of the site; None where nothing readable was."""
        if self._file is None:
            return None
        try:
            written = msgspec.json.decode(self._file.read_bytes(), type=_Written)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            logger.warning("The page store begins anew: %s", error)
            return None
        return written.state if written.fingerprint == self._fingerprint else None

    def save(self, state: State) -> bool:
        """Write it, wholly or not at all; whether it could be written."""
        if self._file is None:
            return False
        try:
            write_file(self._file, msgspec.json.encode(_Written(self._fingerprint, state)))
        except OSError:
            # The pages beside it could not be written either, which says so.
            return False
        return True
