"""The pictures that stored pages show: fetched once, kept on disk, and served by this site.

Nothing else is fetched, so this is no proxy for anybody. A picture may be replaced under its name,
so each is asked for again after a change to pictures; while the CMS is away, what there is does.
"""

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final, Self

import aiohttp
import msgspec

from web.api.errors import CmsAwayError
from web.config import Settings
from web.rendering.pictures import MEDIA_PREFIX, build_media_url
from web.store.disk import write_file
from web.store.index import ALL_TAG

logger = logging.getLogger(__name__)

_IMAGE_TAG: Final = "image:"
_MOST_BYTES: Final = 20 * 1024 * 1024
# In memory, for a site without a folder and for pictures that many ask for.
_MOST_BYTES_IN_MEMORY: Final = 16 * 1024 * 1024
_FETCHED_AT_ONCE: Final = 2
_SECONDS: Final = 20.0
# So long a reader waits to hear whether a picture that is there is still the same.
PATIENCE_SECONDS: Final = 1.0
# Where that was too long, the next readers do not wait at all.
_SECONDS_WITHOUT_WAITING: Final = 5.0
_CHECKSUM_BYTES: Final = 32


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """A picture at `path` of this site; `validator` is the ETag of where it came from."""

    path: str
    media_type: str
    validator: str
    body: bytes

    @property
    def etag(self) -> str:
        """A word for its bytes, as browsers are told it."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class PictureStore:
    """The pictures of the addresses that `is_shown` knows. Use it as a context manager."""

    def __init__(
        self, settings: Settings, folder: Path | None, is_shown: Callable[[str], bool]
    ) -> None:
        self._theirs = build_media_url(settings)
        self._source = self._theirs.replace(settings.cms_url, settings.cms_internal_url, 1)
        self._folder = None if folder is None else folder / "pictures"
        self._is_shown = is_shown
        self._timeout = aiohttp.ClientTimeout(total=_SECONDS, connect=2.0)
        self._session: aiohttp.ClientSession | None = None
        self._memory: OrderedDict[str, Picture] = OrderedDict()
        self._memory_size = 0
        self._in_work: dict[str, asyncio.Task[Picture | None]] = {}
        self._change_count = 0
        self._waits_not_until = 0.0
        self._checked_at: dict[str, int] = {}

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar()
        )
        return self

    async def __aexit__(self, *_exception: object) -> None:
        for task in self._in_work.values():
            task.cancel()
        if self._session is not None:
            await self._session.close()

    def note_changes(self, tags: Collection[str]) -> None:
        """Ask again for every picture, if `tags` name one."""
        if any(tag == ALL_TAG or tag.startswith(_IMAGE_TAG) for tag in tags):
            self._change_count += 1

    async def get_or_none(self, path: str) -> Picture | None:
        """The picture at `path` of this site; None where no stored page shows one.

        Raises `CmsAwayError` where it cannot be fetched.
        """
        if not self._is_shown(self._theirs + path.removeprefix(MEDIA_PREFIX)):
            return None
        is_checked = self._checked_at.get(path) == self._change_count
        kept = await self._read_or_none(path)
        if kept is not None and is_checked:
            return kept
        task = self._in_work.get(path)
        if task is None:
            task = asyncio.create_task(self._fetch(path))
            self._in_work[path] = task
            task.add_done_callback(lambda _task: self._in_work.pop(path, None))
        if kept is None:
            return await asyncio.shield(task)
        if time.monotonic() < self._waits_not_until:
            return kept
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await asyncio.shield(task)
        except TimeoutError:
            self._waits_not_until = time.monotonic() + _SECONDS_WITHOUT_WAITING
            return kept

    async def fetch_missing(self, addresses: Iterable[str]) -> None:
        """Fetch the pictures at `addresses` that are not there yet, as long as the CMS answers."""
        paths = [
            MEDIA_PREFIX + address.removeprefix(self._theirs)
            for address in addresses
            if address.startswith(self._theirs)
        ]
        missing = [path for path in paths if path not in self._checked_at] if self._folder else []
        for start in range(0, len(missing), _FETCHED_AT_ONCE):
            some = missing[start : start + _FETCHED_AT_ONCE]
            results = await asyncio.gather(*map(self.get_or_none, some), return_exceptions=True)
            if all(isinstance(result, CmsAwayError) for result in results):
                logger.info("Pictures wait to be fetched: %s", results[0])
                return

    async def remove_others(self, addresses: Iterable[str]) -> None:
        """Delete the files of pictures that are at none of `addresses`."""
        paths = {MEDIA_PREFIX + address.removeprefix(self._theirs) for address in addresses}
        for path in self._checked_at.keys() - paths:
            del self._checked_at[path]
            self._forget(path)
        if self._folder is not None:
            kept = {self._find_file(self._folder, path) for path in paths}
            await asyncio.to_thread(_remove_files, self._folder, kept)

    async def _fetch(self, path: str) -> Picture | None:
        count = self._change_count
        kept = await self._read_or_none(path)
        try:
            found = await self._ask(path, kept)
        except (aiohttp.ClientError, TimeoutError, CmsAwayError) as error:
            if kept is not None:
                return kept
            raise CmsAwayError(f"{path}: {type(error).__name__}: {error}") from error
        self._checked_at[path] = count
        file = None if self._folder is None else self._find_file(self._folder, path)
        if found is None:
            self._forget(path)
            if file is not None:
                _remove_file(file)
        if found is None or found is kept:
            return found
        self._hold(found)
        if file is not None:
            content = msgspec.msgpack.encode(found)
            checksum = hashlib.sha256(content).digest()
            try:
                await asyncio.to_thread(write_file, file, checksum + content)
            except OSError as error:
                logger.warning("A picture is in memory only: %s", error.strerror or error)
                _remove_file(file)
        return found

    async def _ask(self, path: str, kept: Picture | None) -> Picture | None:
        if self._session is None:
            raise RuntimeError("PictureStore is used outside of its context.")
        headers = {"If-None-Match": kept.validator} if kept and kept.validator else {}
        source = self._source + path.removeprefix(MEDIA_PREFIX)
        async with self._session.get(source, headers=headers, allow_redirects=False) as response:
            if response.status == 304:
                return kept
            if response.status in (404, 410):
                return None
            if response.status != 200:
                raise CmsAwayError(f"answered {response.status}")
            if not response.content_type.startswith("image/"):
                raise CmsAwayError(f"is {response.content_type}, which is no picture")
            body = bytearray()
            async for chunk in response.content.iter_chunked(65536):
                body += chunk
                if len(body) > _MOST_BYTES:
                    raise CmsAwayError("is larger than 20 MB")
            validator = response.headers.get("ETag", "")
            return Picture(path, response.content_type, validator, bytes(body))

    async def _read_or_none(self, path: str) -> Picture | None:
        held = self._memory.get(path)
        if held is not None:
            self._memory.move_to_end(path)
            return held
        if self._folder is None:
            return None
        found = await asyncio.to_thread(_read_file_or_none, self._find_file(self._folder, path))
        if found is None or found.path != path:
            return None
        self._hold(found)
        return found

    def _hold(self, picture: Picture) -> None:
        self._forget(picture.path)
        self._memory[picture.path] = picture
        self._memory_size += len(picture.body)
        while self._memory_size > _MOST_BYTES_IN_MEMORY and len(self._memory) > 1:
            self._forget(next(iter(self._memory)))

    def _forget(self, path: str) -> None:
        held = self._memory.pop(path, None)
        if held is not None:
            self._memory_size -= len(held.body)

    @staticmethod
    def _find_file(folder: Path, path: str) -> Path:
        name = hashlib.sha256(path.encode()).hexdigest()
        return folder / name[:2] / f"{name[2:40]}.picture"


def _read_file_or_none(file: Path) -> Picture | None:
    try:
        written = file.read_bytes()
    except OSError:
        return None
    checksum, content = written[:_CHECKSUM_BYTES], written[_CHECKSUM_BYTES:]
    if hashlib.sha256(content).digest() != checksum:
        logger.warning("A stored picture is damaged and is fetched anew: %s", file.name)
        return None
    try:
        return msgspec.msgpack.decode(content, type=Picture)
    except msgspec.DecodeError:
        return None


def _remove_file(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("A picture that is old could not be removed: %s", error)


def _remove_files(folder: Path, kept: Collection[Path]) -> None:
    try:
        for file in folder.glob("*/*.picture"):
            if file not in kept:
                file.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("Pictures that no page shows could not be removed: %s", error)
