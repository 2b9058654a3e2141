"""What a build has written, so that the next one does only what is new, and removes only its own.

It lies beside the folder and not in it, so that no host serves it.
"""

from pathlib import Path
from typing import Final

import msgspec

from web.store.disk import write_file

_FORMAT: Final = 1


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

    `has_paths`: `pages` are those that there are at `cursor`. `files` are all others, with digests.
    """

    format: int = _FORMAT
    fingerprint: str = ""
    site_digest: str = ""
    cursor: str = ""
    has_paths: bool = False
    pages: dict[str, PageRecord] = {}
    pictures: dict[str, PictureRecord] = {}
    files: dict[str, str] = {}

    def note_changes(self, tags: frozenset[str]) -> None:
        """Trust nothing that was made from one of `tags`."""
        changes_all = "all" in tags
        if changes_all or "paths" in tags:
            self.has_paths = False
        is_other_picture = any(tag.startswith("image:") for tag in tags)
        for record in self.pages.values():
            if changes_all or not tags.isdisjoint(record.tags):
                record.is_fresh = False
                if changes_all or is_other_picture:
                    self._distrust_pictures(record)

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


def save_manifest(file: Path, manifest: Manifest) -> None:
    """Write the manifest, wholly or not at all. Raises `OSError`."""
    write_file(file, msgspec.json.encode(manifest))
