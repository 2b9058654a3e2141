"""What a running site has kept, against what it would make now: after any change, no difference."""

import asyncio
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

import pytest

from scripts.instance import Instance
from tests.e2e.cms_shell import CmsShell
from tests.live_servers import build_test_instance, load_demo, make_database, run_server
from web.api.changes import fetch_changes
from web.api.listing import fetch_addresses
from web.config import load_settings
from web.page_answers import SITEMAP_PATH, Answer, AnswerParts, build_answer
from web.services import Services

SECONDS_TO_SHOW: Final = 15
OTHERS: Final = [
    SITEMAP_PATH,
    "/conditions/letter/m/",
    "/conditions/letter/p/",
    # Before and after some of the changes.
    "/conditions/fibromyalgia/",
    "/conditions/fibro/",
    "/conditions/plantar-fasciitis/",
    "/about/",
    "/conditions/about/",
    "/old-guide/",
    "/nowhere/",
]
CHANGES: Final = {
    "publish": """
page = find("fibromyalgia")
page.summary = "A summary of forty characters or more, which was not there before."
page.save_revision().publish()""",
    "publish under another name": """
page = find("fibromyalgia")
page.title, page.condition_name = "Massage for Another Name", "Another Name"
page.save_revision().publish()""",
    "save a draft": """
page = find("fibromyalgia")
page.title = "Nobody sees this"
page.save_revision()""",
    "rename": """
page = find("fibromyalgia").get_latest_revision_as_object()
page.title, page.slug = "Massage for Fibro", "fibro"
page.save_revision().publish()""",
    "unpublish": 'find("plantar-fasciitis").unpublish()',
    "publish again": 'find("plantar-fasciitis").get_latest_revision().publish()',
    "move": 'find("about").move(ConditionIndexPage.objects.get(), pos="last-child")',
    "make private": """
PageViewRestriction.objects.create(page=find("plantar-fasciitis"), restriction_type="login")""",
    "make public": "PageViewRestriction.objects.all().delete()",
    "show an image": """
image = SiteImage.objects.first()
image.description = "A first description"
image.save()
page = find("migraine")
page.hero_image = image
page.save_revision().publish()""",
    "describe an image": """
for image in SiteImage.objects.all():
    image.description = f"Another description of {image.pk}"
    image.save()""",
    "rename a person": """
for person in Person.objects.all():
    person.name = f"{person.name} Junior"
    person.save()""",
    "rename a body system": """
for system in BodySystem.objects.all():
    system.name = f"{system.name} of the body"
    system.save()""",
    "change the settings": """
branding = BrandingSettings.objects.get()
branding.tagline = "Another tagline than before"
branding.save()""",
    "add a redirect": """
Redirect.objects.create(old_path="/old-guide", redirect_link="/conditions/", is_permanent=True)""",
    "change a redirect": """
redirect = Redirect.objects.get(old_path="/old-guide")
redirect.redirect_link = "/"
redirect.save()""",
    "take a comment off": """
moderation.move_to_bin(Comment.objects.filter(status="approved").first(), None)""",
    "close comments": """
page = find("multiple-sclerosis")
page.first_published_at -= datetime.timedelta(days=30)
page.save()
settings = CommentSettings.for_site(Site.objects.get())
settings.close_after_days = 1
settings.save()""",
    "delete": 'find("plantar-fasciitis").delete()',
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A CMS and a site of their own, running; its content may be changed."""
    folder = tmp_path_factory.mktemp("store")
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


def test_store__after_any_change__is_what_would_be_made_now(instance: Instance) -> None:
    with CmsShell(instance) as shell:
        wait_for(instance, shell.change("pass"))
        assert find_differences(instance) == {}
        before = fetch_all(instance)
        for name, code in CHANGES.items():
            wait_for(instance, shell.change(code))
            assert find_differences(instance) == {}, name
            after = fetch_all(instance)
            # Else it would not have been a change that anybody notices.
            assert (after != before) == (name != "save a draft"), name
            before = after


def wait_for(instance: Instance, number: int) -> None:
    """Return once the site has applied the change with `number` and waits for nothing."""
    deadline = time.monotonic() + SECONDS_TO_SHOW
    while True:
        with urllib.request.urlopen(f"{instance.site_url}/healthz") as response:
            health = response.read().decode()
        if f"-{number}-" in health and " 0 waiting" in health:
            return
        assert time.monotonic() < deadline, health
        time.sleep(0.1)


def find_differences(instance: Instance) -> dict[str, tuple[int, int]]:
    """The paths at which the site answers other than it would now, with both sizes."""
    made = asyncio.run(make_all(instance))
    differences = {}
    for path, answer in made.items():
        status, location, body = fetch(instance, path)
        made_location = dict(answer.headers).get("Location", "")
        if (status, location, body) != (answer.status, made_location, answer.body):
            differences[path] = (len(body), len(answer.body))
    return differences


def fetch_all(instance: Instance) -> dict[str, tuple[int, str, bytes]]:
    return {path: fetch(instance, path) for path in asyncio.run(make_all(instance))}


async def make_all(instance: Instance) -> dict[str, Answer]:
    """Every page of the site and some other paths, made anew from the API."""
    settings = replace(load_settings(instance.environment), store_dir="")
    services = Services.build(settings)
    parts = AnswerParts(services.client, services.site_source, services.renderer)
    async with services.client:
        # As the site asks: a CMS process may be a second behind for whoever has seen nothing.
        seen = (await fetch_changes(services.client, "", "")).cursor
        addresses = await fetch_addresses(services.client, seen=seen)
        paths = {urlsplit(address).path for address in addresses} | set(OTHERS)
        return {path: await build_answer(parts, path, seen=seen) for path in sorted(paths)}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def fetch(instance: Instance, path: str) -> tuple[int, str, bytes]:
    """The status, where it leads to, and the body."""
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(f"{instance.site_url}{path}") as response:
            return response.status, "", response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", ""), error.read()
