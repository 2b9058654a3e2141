"""What a build has written, so that the next one does only what is new, and removes only its own.

It lies beside the folder and not in it, so that no host serves it.
"""

from pathlib import Path
from typing import Final

import msgspec

from web.api.resolution import PATHS_TAG

ALL_TAG: Final = "all"

_FORMAT: Final = 1
_PAGE: Final = "page:"


class PageRecord(msgspec.Struct):
    """A page that is, or is to be, written: what it was made from, and which pictures it shows.

    `digest` is of its HTML; `is_fresh` ends when the feed names one of `tags`.
    """

    file: str
    tags: list[str] = []
    digest: str = ""
    pictures: list[str] = []
    is_fresh: bool = False


class PictureRecord(msgspec.Struct):
    """A picture that was written, with what the CMS's host said of its version."""

    file: str
    validator: str = ""
    is_fresh: bool = False


class Manifest(msgspec.Struct):
    """Everything in the folder. `cursor` is the change that every fresh record knows of.

    `is_whole` ends while a build writes: if it is killed, what is not fresh may be half written.
    `has_paths`: `pages` are those that there are at `cursor`; `has_catalogue`: so is the catalogue,
    but for `changed_pages`. `files` are all others, with digests.
    """

    format: int = _FORMAT
    fingerprint: str = ""
    site_digest: str = ""
    cursor: str = ""
    is_whole: bool = True
    has_paths: bool = False
    has_catalogue: bool = False
    changed_pages: list[int] = []
    pages: dict[str, PageRecord] = {}
    pictures: dict[str, PictureRecord] = {}
    files: dict[str, str] = {}

    def note_changes(self, tags: frozenset[str]) -> None:
        """Trust nothing that was made from one of `tags`."""
        changes_all = ALL_TAG in tags
        if changes_all:
            self.has_catalogue = False
        if changes_all or PATHS_TAG in tags:
            self.has_paths = False
        named = {int(tag.removeprefix(_PAGE)) for tag in tags if tag.startswith(_PAGE)}
        self.changed_pages = sorted(named.union(self.changed_pages))
        is_other_picture = any(tag.startswith("image:") for tag in tags)
        for record in self.pages.values():
            if changes_all or not tags.isdisjoint(record.tags):
                record.is_fresh = False
                if changes_all or is_other_picture:
                    self._distrust_pictures(record)

    def distrust_unfinished(self) -> None:
        """Take no file to be as it was noted, where an interrupted build may have written to it."""
        for record in self.pages.values():
            if not record.is_fresh:
                record.digest = ""
        self.has_paths = False
        for name in self.files:
            self.files[name] = ""

    def _distrust_pictures(self, record: PageRecord) -> None:
        for address in record.pictures:
            picture = self.pictures.get(address)
            if picture is not None:
                picture.is_fresh = False


def load_manifest_or_none(file: Path) -> Manifest | None:
    """The manifest in `file`, or None where there is none that can be read."""
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return manifest if manifest.format == _FORMAT else None


def encode_manifest(manifest: Manifest) -> bytes:
    """The manifest as `load_manifest_or_none` reads it."""
    return msgspec.json.encode(manifest)
