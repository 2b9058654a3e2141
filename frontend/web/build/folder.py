"""The folder that a build writes into, and the one beside it that is the build's own."""

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from web.build.catalogue import Catalogue, decode_catalogue_or_none
from web.build.errors import BuildRunningError, FolderRefusedError
from web.build.manifest import Manifest, encode_manifest, load_manifest_or_none
from web.build.places import VARIANTS
from web.store.encodings import compress

_MANIFEST: Final = "manifest.json"
_CATALOGUE: Final = "catalogue"


class BuildFolder:
    """`out` is what a host serves, and nothing else; `beside` has what is only for the build."""

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.beside = self.out.with_name(f"{self.out.name}.build")
        self._new = self.beside / "new"
        self._manifest = self.beside / _MANIFEST

    @contextmanager
    def open(self) -> Iterator[Manifest]:
        """What was built before, for as long as no other build may begin.

        Raises `FolderRefusedError` and `BuildRunningError`.
        """
        if self.out.exists() and not self.out.is_dir():
            raise FolderRefusedError(f"{self.out} is a file. Name another folder: OUT=dist")
        if not self._manifest.exists():
            self._refuse_what_is_there()
        self.beside.mkdir(parents=True, exist_ok=True)
        self.out.mkdir(exist_ok=True)
        with (self.beside / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildRunningError(f"Another build writes into {self.out}.") from error
            # Another build may have ended the moment before.
            manifest = load_manifest_or_none(self._manifest)
            if manifest is None:
                self._refuse_what_is_there()
                manifest = Manifest()
            # What an interrupted build has left half done.
            shutil.rmtree(self._new, ignore_errors=True)
            self._new.mkdir()
            if not manifest.is_whole:
                manifest.distrust_unfinished()
            yield manifest

    def _refuse_what_is_there(self) -> None:
        if self.out.is_dir() and any(self.out.iterdir()):
            raise FolderRefusedError(
                f"{self.out} is not empty, and no build has written it (there is no "
                f"{self._manifest}). Name another folder, or empty this one."
            )

    def load_catalogue_or_none(self) -> Catalogue | None:
        """The pages that there were; None where that is not known."""
        try:
            return decode_catalogue_or_none((self.beside / _CATALOGUE).read_bytes())
        except FileNotFoundError:
            return None

    def save_catalogue(self, catalogue: Catalogue) -> None:
        """Write down which pages there are. Raises `OSError`."""
        self.write_beside(_CATALOGUE, catalogue.encode())

    def save(self, manifest: Manifest) -> None:
        """Write down what is in the folder. Raises `OSError`."""
        self.write_beside(_MANIFEST, encode_manifest(manifest))

    def write(self, file: str, body: bytes) -> None:
        """Write one file, so that nobody ever finds half of it. Raises `OSError`."""
        _replace(self.out / file, body, self._new)

    def write_text(self, file: str, body: bytes) -> None:
        """The same for a text, with its compressed variants beside it. Raises `OSError`."""
        variants = compress(body)
        # A host that serves a variant must not find one of another text.
        for encoding, suffix in VARIANTS.items():
            if encoding not in variants:
                (self.out / f"{file}{suffix}").unlink(missing_ok=True)
        self.write(file, body)
        for encoding, variant in variants.items():
            self.write(f"{file}{VARIANTS[encoding]}", variant)

    def write_beside(self, file: str, body: bytes) -> None:
        """Write a file that is not for readers. Raises `OSError`."""
        _replace(self.beside / file, body, self._new)

    def has(self, file: str) -> bool:
        """Whether `file` is there."""
        # Asked of every page, each time: a path of pathlib takes longer than the file system.
        return os.path.isfile(f"{self.out}/{file}")  # noqa: PTH113

    def remove(self, file: str) -> None:
        """Remove a file, its variants, and each folder that is empty then. Raises `OSError`."""
        target = self.out / file
        for suffix in ("", *VARIANTS.values()):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        for folder in target.parents:
            if folder == self.out or not _remove_if_empty(folder):
                break


def _replace(target: Path, body: bytes, new: Path) -> None:
    # Of this process and thread alone: several write at once.
    draft = new / f"{os.getpid()}-{threading.get_ident()}"
    draft.write_bytes(body)
    try:
        draft.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)


def _remove_if_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
