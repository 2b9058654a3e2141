"""Which file stands for which path. No path, whatever is in it, leads out of the folder."""

import unicodedata
from typing import Final
from urllib.parse import unquote

from web.build.errors import UnsafePathError
from web.rendering.assets import STATIC_PREFIX

INDEX: Final = "index.html"
NOT_FOUND: Final = "404.html"
MEDIA_PREFIX: Final = "/media/"
# Beside a text file, so that a host need not compress it: the encoding and what ends the name.
VARIANTS: Final = {"gzip": ".gz", "br": ".br"}

# File systems take no longer name, and few hosts a longer path.
_LONGEST_NAME: Final = 240
_LONGEST_PATH: Final = 1000
_TAKEN_AT_THE_TOP: Final = frozenset(
    {
        STATIC_PREFIX.strip("/"),
        MEDIA_PREFIX.strip("/"),
        NOT_FOUND,
        "robots.txt",
        "sitemap.xml",
        "_headers",
        "_redirects",
    }
)
# What Windows keeps for itself, or what means something to a shell or a host.
_REFUSED_SIGNS: Final = frozenset('\\:*?"<>|')


def find_page_file(path: str) -> str:
    """The file of the page at `path`, relative to the folder. Raises `UnsafePathError`."""
    segments = _read_segments(path)
    if segments and _fold(segments[0]) in _TAKEN_AT_THE_TOP:
        raise UnsafePathError(f"{path}: the site's own files are there")
    if any(_fold(segment).startswith(INDEX) for segment in segments):
        raise UnsafePathError(f"{path}: {INDEX} is the name of every page's file")
    return "/".join([*segments, INDEX])


def find_media_file(path: str) -> str:
    """The file of the picture at `path`, such as `/media/images/a.webp`.

    Raises `UnsafePathError`.
    """
    segments = _read_segments(path)
    if len(segments) < 2 or f"/{segments[0]}/" != MEDIA_PREFIX:
        raise UnsafePathError(f"{path}: no picture is there")
    return "/".join(segments)


def fold_name(file: str) -> str:
    """`file` as a file system knows it that tells no case from another."""
    return _fold(file)


def _read_segments(path: str) -> list[str]:
    if len(path) > _LONGEST_PATH or not path.startswith("/"):
        raise UnsafePathError(f"{path[:80]}: no path of a page")
    # Decoded once, as a host does; what is still encoded then is a part of the name.
    try:
        segments = [unquote(each, errors="strict") for each in path.strip("/").split("/")]
    except UnicodeDecodeError as error:
        raise UnsafePathError(f"{path}: the path is not in UTF-8") from error
    if segments == [""]:
        return []
    for segment in segments:
        if not _is_safe(segment):
            raise UnsafePathError(f"{path}: {segment!r} can be no name of a folder")
    return segments


def _is_safe(segment: str) -> bool:
    return (
        segment.strip(" .") == segment.rstrip(" .") != ""
        and segment == segment.rstrip(" .")
        and "/" not in segment
        and not _REFUSED_SIGNS.intersection(segment)
        and len(segment.encode()) <= _LONGEST_NAME
        and not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in segment)
    )


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())
