"""The site as files, from a real CMS: what the site serves; after a change no more is written."""

import asyncio
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest

from scripts.instance import Instance
from tests.e2e.cms_shell import CmsShell
from tests.live_servers import build_test_instance, load_demo, make_database, run_server
from web.api.listing import fetch_addresses
from web.build.builder import Builder, BuildReport
from web.build.folder import BuildFolder
from web.config import load_settings
from web.features import WITH_SERVER, SiteFeatures
from web.page_answers import SITEMAP_PATH, AnswerParts, build_answer
from web.rendering.assets import Assets
from web.rendering.renderer import Renderer
from web.rendering.theme import Themes
from web.services import Services

WITHOUT_SERVER: Final = SiteFeatures(has_server=False)
SIGNS: Final = [*"abcdefghijklmnopqrstuvwxyz", "other"]
CHANGES: Final = {
    "edit": """
page = find("fibromyalgia")
page.summary = "A summary of forty characters or more, which was not there before."
page.save_revision().publish()""",
    "save a draft": """
page = find("fibromyalgia")
page.title = "Nobody sees this"
page.save_revision()""",
    "rename": """
page = find("fibromyalgia")
page.title, page.condition_name, page.slug = "Massage for Élan", "Élan", "elan"
page.save_revision().publish()""",
    "unpublish": 'find("plantar-fasciitis").unpublish()',
    "publish again": 'find("plantar-fasciitis").get_latest_revision().publish()',
    "make private": """
PageViewRestriction.objects.create(page=find("plantar-fasciitis"), restriction_type="login")""",
    "make public": "PageViewRestriction.objects.all().delete()",
    "publish a new page": """
find("about").copy(update_attrs={"slug": "about-too", "title": "About, too"}).save()""",
    "move": 'find("about").move(ConditionIndexPage.objects.get(), pos="last-child")',
    "move everything": """
index = ConditionIndexPage.objects.get().get_latest_revision_as_object()
index.slug = "guides"
index.save_revision().publish()""",
    "add a redirect": """
Redirect.objects.create(old_path="/old-guide", redirect_link="/guides/", is_permanent=True)""",
    "change the settings": """
branding = BrandingSettings.objects.get()
branding.tagline = "Another tagline than before"
branding.save()""",
    "delete": 'find("plantar-fasciitis").delete()',
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A CMS and a site of their own, running; its content may be changed."""
    folder = tmp_path_factory.mktemp("build")
    with make_database() as database_url:
        instance = build_test_instance(folder / "data", database_url)
        load_demo(instance)
        environment = dict(instance.environment)
        cms_log, site_log = folder / "cms.log", folder / "site.log"
        with (
            run_server(instance.cms, instance.cms_url, "/healthz", environment, cms_log),
            run_server(instance.site, instance.site_url, "/healthz", environment, site_log),
        ):
            yield instance


def test_build__with_a_server_here__is_what_the_site_serves(
    instance: Instance, tmp_path: Path
) -> None:
    report = build(instance, tmp_path / "dist", WITH_SERVER)

    assert report.problems == []
    files = read_all(tmp_path / "dist")
    pages = sorted(name for name in files if name.endswith("index.html"))
    assert len(pages) > len(SIGNS) + 10
    for name in pages:
        status, body = fetch(instance, f"/{name.removesuffix('index.html')}")
        assert (status, body) == (200, files[name]), name
    for name in ("sitemap.xml", "robots.txt"):
        assert fetch(instance, f"/{name}") == (200, files[name])
    pictures = [name for name in files if name.startswith("media/")]
    assert pictures
    for name in pictures[:10]:
        assert fetch(instance, f"/{name}") == (200, files[name]), name
    # It names no address that was asked for; the site's own does, in its forms.
    status, body = fetch(instance, "/nowhere/")
    assert status == 404
    assert body.replace(b"/nowhere/", b"/404.html") == files["404.html"]


def test_build__after_each_change__writes_what_changed_and_removes_what_is_gone(
    instance: Instance, tmp_path: Path
) -> None:
    out = tmp_path / "dist"
    run_build(instance, out)
    assert read_pages(out) == asyncio.run(make_all(instance))
    with CmsShell(instance) as shell:
        for name, code in CHANGES.items():
            before, written_before = read_all(out), find_versions(out)

            shell.change(code)
            assert build(instance, out).problems == [], name

            assert read_pages(out) == asyncio.run(make_all(instance)), name
            after, written = read_all(out), find_versions(out)
            touched = {file for file in written if written[file] != written_before.get(file)}
            assert touched == {file for file in after if after[file] != before.get(file)}, name
            # Else it would not have been a change that anybody notices.
            assert (after != before) == (name != "save a draft"), name
            check_host_files(instance, out)
    assert not (out / "conditions").exists()
    whole = tmp_path / "whole"
    build(instance, whole)
    assert read_all(whole) == read_all(out)


def check_host_files(instance: Instance, out: Path) -> None:
    """Each redirect for hosts leads where the site's own does, and none stands before a page."""
    include = out.with_name(f"{out.name}.build") / "nginx.conf"
    told = include.read_text()
    for line in (out / "_redirects").read_text().splitlines():
        path, location, status = line.split(" ")
        assert not (out / unquote(path).strip("/") / "index.html").exists(), line
        assert f'location = "{unquote(path)}" {{ return {status} "{location}"; }}' in told
        assert ask_api(instance, path) == (location, status == "301"), line


def ask_api(instance: Instance, path: str) -> tuple[str, bool]:
    async def ask() -> tuple[str, bool]:
        services = build_services(instance)
        async with services.client:
            found = await services.client.get("resolve/", {"path": path})
            return found["location"], found["permanent"]

    return asyncio.run(ask())


def build(instance: Instance, out: Path, features: SiteFeatures = WITHOUT_SERVER) -> BuildReport:
    folder = BuildFolder(out)
    with folder.open() as manifest:
        settings = load_settings(instance.environment)
        return Builder(settings, features, folder, 1).build(manifest)


def run_build(instance: Instance, out: Path) -> None:
    """What `make build-site` runs."""
    subprocess.run(
        [sys.executable, "-m", "web.build"],
        cwd=instance.site.folder,
        env={**instance.environment, "OUT": str(out)},
        check=True,
        capture_output=True,
    )


def read_all(out: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()
    }


def find_versions(out: Path) -> dict[str, tuple[int, int]]:
    """Which file it is, and when it was written."""
    files = (file for file in out.rglob("*") if file.is_file())
    return {
        str(file.relative_to(out)): (file.stat().st_ino, file.stat().st_mtime_ns) for file in files
    }


def read_pages(out: Path) -> dict[str, bytes]:
    """The pages, by their paths, and the site map."""
    pages = {
        f"/{name.removesuffix('index.html')}": body
        for name, body in read_all(out).items()
        if name.endswith("index.html")
    }
    return {**pages, SITEMAP_PATH: (out / "sitemap.xml").read_bytes()}


async def make_all(instance: Instance) -> dict[str, bytes]:
    """The same, made anew from the API."""
    services = build_services(instance)
    renderer = Renderer(services.settings, Assets(), Themes(), WITHOUT_SERVER)
    parts = AnswerParts(services.client, services.site_source, renderer)
    async with services.client:
        addresses = await fetch_addresses(services.client)
        paths = [urlsplit(address).path for address in addresses]
        index = next(path for path in ("/conditions/", "/guides/") if path in paths)
        paths += [f"{index}letter/{sign}/" for sign in SIGNS]
        answers = {path: await build_answer(parts, path) for path in [*paths, SITEMAP_PATH]}
    assert {answer.status for answer in answers.values()} == {200}
    return {path: answer.body for path, answer in answers.items()}


def build_services(instance: Instance) -> Services:
    return Services.build(replace(load_settings(instance.environment), store_dir=""))


def fetch(instance: Instance, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"{instance.site_url}{path}") as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
