"""Builds the whole public site as files: all of it the first time, then what has changed.

The order is what makes it safe to interrupt: a change is noted in the manifest before anything is
written for it, and a page counts as fresh only when its file is there.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Final

from web.api.changes import Changes, NoFeedError, fetch_changes
from web.api.client import CmsClient
from web.api.errors import CmsError
from web.api.redirects import ListedRedirect, fetch_redirects
from web.api.resolution import iterate_picture_addresses
from web.api.site import SiteSource
from web.build.catalogue import Catalogue, fetch_catalogue
from web.build.errors import CmsNotReachedError, UnsafePathError
from web.build.folder import BuildFolder
from web.build.host_files import build_headers_file, build_nginx_file, build_redirects_file
from web.build.manifest import ALL_TAG, Manifest, PageRecord, PictureRecord
from web.build.pages import PageTask, WriterSetup, build_client, hash_body, write_pages
from web.build.pictures import find_own_pictures, write_pictures
from web.build.places import NOT_FOUND, find_page_file, fold_name
from web.build.progress import Progress
from web.config import Settings
from web.features import SiteFeatures
from web.page_answers import build_sitemap
from web.rendering.assets import STATIC_PREFIX, Assets
from web.rendering.renderer import Renderer
from web.rendering.theme import Themes
from web.routes.machines import build_robots
from web.security import build_file_headers
from web.store.release import build_fingerprint

_ALL: Final = frozenset({ALL_TAG})
# To ask for more pages one by one takes longer than to list them all.
_MOST_ASKED_FOR: Final = 100
# While somebody edits without end, the next build does the rest.
_MOST_ROUNDS: Final = 3
_SECONDS_BETWEEN_SAVES: Final = 5.0
REDIRECTS_FILE: Final = "_redirects"
HEADERS_FILE: Final = "_headers"
SITEMAP_FILE: Final = "sitemap.xml"
NGINX_FILE: Final = "nginx.conf"


@dataclass
class BuildReport:
    """What a build did. `problems` are what it could not do, in words."""

    rendered: int = 0
    removed: int = 0
    pictures: int = 0
    page_count: int = 0
    problems: list[str] = field(default_factory=list)


class Builder:
    """Builds one site into one folder."""

    def __init__(
        self, settings: Settings, features: SiteFeatures, folder: BuildFolder, processes: int
    ) -> None:
        self._settings = settings
        self._features = features
        self._folder = folder
        self._processes = processes
        self._site: Any = None
        self._catalogue: Catalogue | None = None
        self._redirects: list[ListedRedirect] = []
        self._report = BuildReport()

    def build(self, manifest: Manifest) -> BuildReport:
        """Bring the folder up to date. Raises `BuildError` and `OSError`."""
        fingerprint = build_fingerprint(self._settings) + hash_body(repr(self._features).encode())
        if manifest.fingerprint != fingerprint:
            manifest.fingerprint = fingerprint
            manifest.note_changes(_ALL)
            manifest.files.pop(NOT_FOUND, None)
        for number in range(_MOST_ROUNDS):
            before = manifest.cursor
            self._read_changes(manifest)
            if number and manifest.cursor == before:
                break
            manifest.is_whole = False
            self._folder.save(manifest)
            self._place_pages(manifest)
            self._write_pages(manifest)
            self._write_pictures(manifest)
            self._write_own_files(manifest)
            manifest.is_whole = True
            self._folder.save(manifest)
        self._report.page_count = len(manifest.pages)
        return self._report

    def _read_changes(self, manifest: Manifest) -> None:
        """Ask what has changed, and where pages are if that has. Raises `CmsNotReachedError`."""
        try:
            asyncio.run(self._ask(manifest))
        except NoFeedError as error:
            raise CmsNotReachedError(
                f"The CMS at {self._settings.cms_internal_url} has no feed of changes ({error}). "
                "Is it of the same version as this site?"
            ) from error
        except CmsError as error:
            raise CmsNotReachedError(
                f"The CMS does not answer at {self._settings.cms_internal_url} ({error}). "
                "Start it (make run), or set CMS_INTERNAL_URL to where it is."
            ) from error

    async def _ask(self, manifest: Manifest) -> None:
        async with build_client(self._settings) as client:
            changes = await fetch_all_changes(client, manifest.cursor)
            is_first = not manifest.cursor
            manifest.cursor = changes.cursor
            tags = _ALL if is_first or changes.start_over else changes.tags
            if tags or self._site is None:
                tags = await self._ask_for_site(client, manifest, tags)
            if tags:
                manifest.note_changes(tags)
            await self._ask_for_pages(client, manifest)
            if not manifest.has_paths:
                self._redirects = await fetch_redirects(client, seen=manifest.cursor)

    async def _ask_for_pages(self, client: CmsClient, manifest: Manifest) -> None:
        """Read which pages there are: all of them, or those that the feed has named since."""
        if manifest.has_catalogue and manifest.has_paths and not manifest.changed_pages:
            return
        known = self._folder.load_catalogue_or_none() if manifest.has_catalogue else None
        if known is None or len(manifest.changed_pages) > _MOST_ASKED_FOR:
            self._catalogue = await fetch_catalogue(client, seen=manifest.cursor)
        else:
            self._catalogue = await known.update(
                client, manifest.changed_pages, seen=manifest.cursor
            )
        self._folder.save_catalogue(self._catalogue)
        manifest.has_catalogue = True
        manifest.changed_pages = []
        if known is None or known.addresses != self._catalogue.addresses:
            manifest.has_paths = False

    async def _ask_for_site(
        self, client: CmsClient, manifest: Manifest, tags: frozenset[str]
    ) -> frozenset[str]:
        """Read the branding, which every page shows; `tags` with all of them if it is another."""
        site_source = SiteSource(client)
        await site_source.refresh(manifest.cursor)
        if site_source.raw is None:
            raise CmsNotReachedError("The CMS's branding could not be read: see the log.")
        self._site = site_source.raw
        if site_source.digest == manifest.site_digest:
            return tags
        manifest.site_digest = site_source.digest
        manifest.files.pop(NOT_FOUND, None)
        return tags | _ALL

    def _place_pages(self, manifest: Manifest) -> None:
        """Note a record for every page that there is, and remove those that are gone."""
        if manifest.has_paths or self._catalogue is None:
            return
        places, problems = self._find_places(manifest, self._catalogue)
        self._report.problems += (each for each in problems if each not in self._report.problems)
        for path in set(manifest.pages) - set(places):
            self._forget(manifest, path)
        for path, file in places.items():
            if path not in manifest.pages:
                manifest.pages[path] = PageRecord(file)
        self._write(manifest, SITEMAP_FILE, build_sitemap(self._catalogue.addresses))
        self._write(manifest, REDIRECTS_FILE, build_redirects_file(self._redirects), is_plain=True)
        headers = build_file_headers(self._settings, self._features.dynamic_url)
        self._write(manifest, HEADERS_FILE, build_headers_file(headers), is_plain=True)
        self._folder.write_beside(NGINX_FILE, build_nginx_file(self._redirects, headers))
        # What found no place is told of again, until it has one.
        manifest.has_paths = not problems
        self._folder.save(manifest)

    def _find_places(
        self, manifest: Manifest, catalogue: Catalogue
    ) -> tuple[dict[str, str], list[str]]:
        """The file of each page, by its path; and which pages can have none, in words."""
        places: dict[str, str] = {}
        owners: dict[str, str] = {}
        problems = []
        for path in catalogue.find_paths():
            known = manifest.pages.get(path)
            try:
                file = known.file if known else find_page_file(path)
            except UnsafePathError as error:
                problems.append(f"Not written: {error}")
                continue
            owner = owners.setdefault(fold_name(file), path)
            if owner == path:
                places[path] = file
            else:
                problems.append(f"Not written: {path}, which differs from {owner} only in its case")
        return places, problems

    def _write_pages(self, manifest: Manifest) -> None:
        stale = {
            path: record
            for path, record in manifest.pages.items()
            if not record.is_fresh or not self._folder.has(record.file)
        }
        if not stale:
            return
        setup = WriterSetup(
            self._settings, self._features, self._site, self._folder.out, manifest.cursor
        )
        tasks = [PageTask(path, record.file, record.digest) for path, record in stale.items()]
        progress = Progress("pages", len(tasks))
        saved_at = time.monotonic()
        for written in write_pages(setup, tasks, self._processes):
            for page in written:
                if page.problem:
                    self._report.problems.append(f"{page.path}: {page.problem}")
                elif page.is_gone:
                    # It went while this was building; the next round hears of it.
                    self._forget(manifest, page.path)
                else:
                    manifest.pages[page.path] = PageRecord(
                        stale[page.path].file,
                        list(page.tags),
                        page.digest,
                        list(page.pictures),
                        is_fresh=True,
                    )
                    self._report.rendered += 1
            progress.advance(len(written))
            if time.monotonic() - saved_at > _SECONDS_BETWEEN_SAVES:
                self._folder.save(manifest)
                saved_at = time.monotonic()

    def _write_pictures(self, manifest: Manifest) -> None:
        shown = {address for record in manifest.pages.values() for address in record.pictures}
        shown.update(iterate_picture_addresses(self._site))
        wanted = {
            address: record for address, record in manifest.pictures.items() if address in shown
        }
        places = find_own_pictures(self._settings, sorted(shown.difference(wanted)))
        wanted |= {address: PictureRecord(file) for address, file in places.items()}
        lacking = {
            address: record
            for address, record in wanted.items()
            if not record.is_fresh or not self._folder.has(record.file)
        }
        kept = {record.file for record in wanted.values()}
        for address in set(manifest.pictures) - set(wanted):
            gone = manifest.pictures.pop(address)
            if gone.file not in kept:
                self._folder.remove(gone.file)
        if not lacking:
            return
        # Before anything is written: an interrupted build knows what is its own.
        manifest.pictures.update(lacking)
        self._folder.save(manifest)
        for picture in asyncio.run(write_pictures(self._folder, self._settings, lacking)):
            if picture.record is None:
                self._report.problems.append(f"{picture.address}: {picture.problem}")
            else:
                manifest.pictures[picture.address] = picture.record
                self._report.pictures += picture.is_new

    def _write_own_files(self, manifest: Manifest) -> None:
        """Write what is the same for all pages; it changes with the release and the branding."""
        if manifest.files.get(NOT_FOUND) and all(map(self._folder.has, manifest.files)):
            return
        assets, themes = Assets(), Themes()
        source = SiteSource(build_client(self._settings))
        source.restore(self._site)
        renderer = Renderer(self._settings, assets, themes, self._features)
        html = renderer.render(
            "pages/not_found.html", source.known, f"/{NOT_FOUND}", retry_query=""
        )
        theme = themes.add(source.known.colors)
        sheet = themes.get_or_none(theme)
        files = {
            **{f"{STATIC_PREFIX[1:]}{name}": asset.body for name, asset in assets.iterate()},
            "robots.txt": build_robots(self._settings.site_url).encode(),
            **({theme: sheet.body} if sheet else {}),
        }
        kept = {*files, NOT_FOUND, SITEMAP_FILE, REDIRECTS_FILE, HEADERS_FILE}
        for name in set(manifest.files) - kept:
            self._folder.remove(name)
            del manifest.files[name]
        # Before anything is written: an interrupted build knows what is its own.
        manifest.files = {**dict.fromkeys(files, ""), **manifest.files}
        self._folder.save(manifest)
        for name, body in files.items():
            self._write(manifest, name, body, is_plain=name.endswith((".woff2", ".png")))
        self._write(manifest, NOT_FOUND, renderer.point_at_own_pictures(html).encode())

    def _write(self, manifest: Manifest, name: str, body: bytes, *, is_plain: bool = False) -> None:
        digest = hash_body(body)
        if manifest.files.get(name) == digest and self._folder.has(name):
            return
        (self._folder.write if is_plain else self._folder.write_text)(name, body)
        manifest.files[name] = digest

    def _forget(self, manifest: Manifest, path: str) -> None:
        record = manifest.pages.pop(path)
        self._folder.remove(record.file)
        self._report.removed += 1


async def fetch_all_changes(client: CmsClient, cursor: str) -> Changes:
    """Everything after `cursor`, in however many parts it comes. Raises `CmsError`."""
    found = await fetch_changes(client, cursor)
    while found.has_more and not found.start_over:
        more = await fetch_changes(client, found.cursor)
        found = Changes(more.cursor, found.tags | more.tags, more.start_over, more.has_more)
    return found
