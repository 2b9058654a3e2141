"""The pictures that pages show, fetched from the CMS's host and written beside the pages."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from web.build.errors import UnsafePathError
from web.build.folder import BuildFolder
from web.build.manifest import PictureRecord
from web.build.places import find_media_file
from web.config import Settings
from web.rendering.pictures import MEDIA_PREFIX, build_media_url

logger = logging.getLogger(__name__)

_AT_ONCE: Final = 6
_SECONDS: Final = 60.0
_MOST_BYTES: Final = 50_000_000


@dataclass(frozen=True)
class FetchedPicture:
    """What became of a picture: `record` is None where it could not be written."""

    address: str
    record: PictureRecord | None
    is_new: bool = False
    problem: str = ""


async def write_pictures(
    folder: BuildFolder, settings: Settings, wanted: dict[str, PictureRecord]
) -> list[FetchedPicture]:
    """Write each of `wanted`, by its address, unless its host says that it is as it was."""
    gate = asyncio.Semaphore(_AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(
        timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:

        async def write(address: str, record: PictureRecord) -> FetchedPicture:
            async with gate:
                try:
                    return await _write(session, folder, settings, address, record)
                except (aiohttp.ClientError, TimeoutError) as error:
                    reason = f"{type(error).__name__}: {error}"
                    return FetchedPicture(address, None, problem=reason)

        return await asyncio.gather(*(write(*each) for each in wanted.items()))


def find_own_pictures(settings: Settings, addresses: Iterable[str]) -> dict[str, str]:
    """The file of each picture that the CMS keeps; those of other hosts stay where they are."""
    theirs = build_media_url(settings)
    found = {}
    for address in addresses:
        if address.startswith(theirs):
            try:
                # Where `point_at_own_pictures` makes the pages look for it.
                path = urlsplit(address.removeprefix(theirs)).path
                found[address] = find_media_file(f"{MEDIA_PREFIX}{path}")
            except UnsafePathError as error:
                logger.warning("A picture is left out: %s", error)
    return found


async def _write(
    session: aiohttp.ClientSession,
    folder: BuildFolder,
    settings: Settings,
    address: str,
    record: PictureRecord,
) -> FetchedPicture:
    is_there = await asyncio.to_thread(folder.has, record.file)
    headers = {"If-Modified-Since": record.validator} if record.validator and is_there else {}
    source = address.replace(settings.cms_url, settings.cms_internal_url, 1)
    async with session.get(source, headers=headers, allow_redirects=False) as response:
        if response.status == 304:
            kept = PictureRecord(record.file, record.validator, is_fresh=True)
            return FetchedPicture(address, kept)
        if response.status != 200:
            return FetchedPicture(address, None, problem=f"answered {response.status}")
        body = await response.content.read(_MOST_BYTES)
        while chunk := await response.content.read(_MOST_BYTES - len(body) + 1):
            body += chunk
            if len(body) > _MOST_BYTES:
                return FetchedPicture(address, None, problem="is larger than 50 MB")
        validator = response.headers.get("Last-Modified", "")
    if record.file.endswith(".svg"):
        await asyncio.to_thread(folder.write_text, record.file, body)
    else:
        await asyncio.to_thread(folder.write, record.file, body)
    return FetchedPicture(address, PictureRecord(record.file, validator, is_fresh=True), True)
