"""Writing pages to files: in this process, or in several that share the work."""

import asyncio
import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, Final

from web.api.client import CmsClient
from web.api.errors import CmsAwayError, CmsError
from web.api.listing import ListedCondition
from web.api.site import SiteSource
from web.build.catalogue import Catalogue
from web.build.folder import BuildFolder
from web.config import Settings
from web.features import SiteFeatures
from web.page_answers import AnswerParts, build_answer
from web.rendering.assets import Assets
from web.rendering.renderer import Renderer
from web.rendering.theme import Themes

# Fewer are written sooner than another process has begun.
_FEW: Final = 100
_AT_ONCE: Final = 40
# The CMS makes one answer after the other: these wait while a page is rendered and compressed.
_ASKED_AT_ONCE: Final = 6
# A CMS that has to make everything anew takes longer than for one reader.
_PATIENCE_SECONDS: Final = 60.0


@dataclass(frozen=True)
class PageTask:
    """A page to write; `digest` is of the one that is there, "" for none."""

    path: str
    file: str
    digest: str


@dataclass(frozen=True)
class WrittenPage:
    """What became of a task: `is_gone` where no page is there, `problem` where it is not known."""

    path: str
    tags: tuple[str, ...] = ()
    digest: str = ""
    pictures: tuple[str, ...] = ()
    is_gone: bool = False
    problem: str = ""


@dataclass(frozen=True)
class WriterSetup:
    """All that another process needs to write pages. `site` is the answer of `site/`."""

    settings: Settings
    features: SiteFeatures
    site: Any
    out: Path
    cursor: str


class PageWriter:
    """Writes pages as files."""

    def __init__(self, setup: WriterSetup) -> None:
        self._setup = setup
        self._folder = BuildFolder(setup.out)
        self._renderer = Renderer(setup.settings, Assets(), Themes(), setup.features)
        self._catalogue: Catalogue | None = None

    async def write(self, tasks: Iterable[PageTask]) -> list[WrittenPage]:
        """Write every page of `tasks`."""
        gate = asyncio.Semaphore(_ASKED_AT_ONCE)
        async with build_client(self._setup.settings) as client:
            site_source = SiteSource(client)
            site_source.restore(self._setup.site)
            site_source.is_followed = True
            parts = AnswerParts(client, site_source, self._renderer, self._get_conditions)

            async def write(task: PageTask) -> WrittenPage:
                async with gate:
                    return await self._write(parts, task)

            return await asyncio.gather(*map(write, tasks))

    async def _get_conditions(
        self, _client: CmsClient, letter: str = "", *, seen: str = ""
    ) -> list[ListedCondition]:
        """What the build has asked for already, once for all pages that list conditions."""
        if self._catalogue is None:
            self._catalogue = self._folder.load_catalogue_or_none()
            if self._catalogue is None:
                raise CmsAwayError("The catalogue of pages beside the folder is gone.")
        return self._catalogue.get_conditions(letter)

    async def _write(self, parts: AnswerParts, task: PageTask) -> WrittenPage:
        try:
            answer = await build_answer(parts, task.path, seen=self._setup.cursor)
        except CmsError as error:
            return WrittenPage(task.path, problem=str(error))
        if answer.status != 200:
            return WrittenPage(task.path, is_gone=True)
        digest = hash_body(answer.body)
        if digest != task.digest or not self._folder.has(task.file):
            self._folder.write_text(task.file, answer.body)
        return WrittenPage(task.path, tuple(sorted(answer.tags)), digest, answer.pictures)


def build_client(settings: Settings) -> CmsClient:
    """A client of the CMS that waits longer than a reader would."""
    return CmsClient(settings.cms_internal_url, _PATIENCE_SECONDS, settings.site_key)


def hash_body(body: bytes) -> str:
    """A word for what is in a file."""
    return hashlib.sha256(body).hexdigest()[:20]


def write_pages(
    setup: WriterSetup, tasks: list[PageTask], processes: int
) -> Iterator[list[WrittenPage]]:
    """Write every page of `tasks`, in as many processes as are worth it; some after the other."""
    if len(tasks) <= _FEW or processes == 1:
        writer = PageWriter(setup)
        for start in range(0, len(tasks), _AT_ONCE):
            yield asyncio.run(writer.write(tasks[start : start + _AT_ONCE]))
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, (setup,)) as pool:
        parts = (tasks[start : start + _AT_ONCE] for start in range(0, len(tasks), _AT_ONCE))
        futures = [pool.submit(_write_part, part) for part in parts]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


_writers: Final[list[PageWriter]] = []
"""The writer of a process that writes for another."""


def _start(setup: WriterSetup) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _writers.append(PageWriter(setup))


def _end_with_parent() -> None:
    """End this process with the one that began it, which may be killed and then tells nobody.

    What is left would wait for work, and write on, for ever.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _write_part(tasks: list[PageTask]) -> list[WrittenPage]:
    return asyncio.run(_writers[0].write(tasks))
