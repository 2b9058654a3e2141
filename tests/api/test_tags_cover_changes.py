"""Whatever changes an answer, the feed names something that the answer says it was made from.

All public answers are taken before and after each of many changes. An answer whose bytes differ
would be kept for ever, here and on every site, unless one of its tags was written into the feed.
"""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

import tests.factories.changes.pages
import tests.factories.changes.shared  # noqa: F401  # they register what they hold
from cms.changes.feed import fetch_changes, get_position
from cms.changes.stored_views import CACHE_TAG_HEADER
from cms.core.public_pages import build_public_path
from tests.factories.changes.registry import CHANGES, Change
from tests.factories.connected_site import ConnectedSite, build_connected_site

pytestmark = pytest.mark.django_db

API = "/api/v2/"
# Where nothing is, before some change or after.
OTHER_PATHS = (
    "/",
    "/about/",
    "/about/conditions/gout/",
    "/conditions/lupus/",
    "/conditions/new/",
    "/copy/gout/",
    "/gout/",
    "/library/",
    "/library/gout/",
    "/nowhere/",
    "/new/",
    "/podagra/",
    "/to-draft/",
    # Another spelling, which leads to the page.
    "/Conditions/GOUT",
)
# Listings name no tags. What the site makes from them, it keeps by these.
LISTINGS = {
    f"{API}pages/?type=conditions.ConditionPage&order=condition_name"
    "&fields=_,id,title,path,summary,condition_name,also_known_as": {"listing:conditions"},
    f"{API}pages/?fields=_,html_url&limit=100": {"paths"},
}


@dataclass(frozen=True)
class Taken:
    """The bytes of an answer, and the tags that it is kept by."""

    body: bytes
    tags: frozenset[str]


@pytest.fixture
def site() -> ConnectedSite:
    return build_connected_site()


def build_urls() -> set[str]:
    """The address of every answer that is kept."""
    pages = Page.objects.filter(depth__gt=1).values_list("pk", "url_path")
    paths = {build_public_path(url_path) for _, url_path in pages} | {*OTHER_PATHS}
    details = [f"{API}pages/{page_id}/" for page_id, _ in pages]
    return {
        f"{API}site/",
        f"{API}redirects/",
        *(f"{API}resolve/?{urlencode({'path': path})}" for path in paths),
        *details,
        *(f"{url}?fields=_,title,parent,alias_of,body" for url in details),
    }


def take_answers(client: Client, urls: set[str]) -> dict[str, Taken]:
    """The answers at `urls`; no bytes and no tags where there is none, for that is never kept."""
    answers = {}
    for url in urls:
        response = client.get(url)
        tags = response.headers.get(CACHE_TAG_HEADER, "")
        answers[url] = Taken(
            response.content if tags else b"", frozenset(tags.split(",") if tags else ())
        )
    for url, known_tags in LISTINGS.items():
        answers[url] = Taken(client.get(url).content, frozenset(known_tags))
    return answers


def take_threads(client: Client, site: ConnectedSite) -> dict[str, Taken]:
    """The comments of a page, which the site asks for beside the page, and keeps with it."""
    page = client.get(f"{API}resolve/", {"path": site.ms.public_path})
    tags = page.headers[CACHE_TAG_HEADER].split(",")
    url = reverse("comments", args=[site.ms.pk])
    return {url: Taken(client.get(url).content, frozenset(tags))}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_answers_that_changed__name_what_the_feed_names(
    client: Client,
    site: ConnectedSite,
    change: Change,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    steps = change(site)
    next(steps)
    urls = build_urls()
    before = take_answers(client, urls) | take_threads(client, site)
    position = get_position()

    with django_capture_on_commit_callbacks(execute=True):
        next(steps, None)

    named = {tag for each in fetch_changes(position).changes for tag in each.tags}
    after = take_answers(client, urls) | take_threads(client, site)
    changed = [url for url in before if before[url].tags and after[url].body != before[url].body]
    assert changed, "Nobody notices this change: it tests nothing."
    steps.close()
    kept = [url for url in changed if "all" not in named and before[url].tags.isdisjoint(named)]
    assert not kept, f"kept for ever, though the feed names {sorted(named)}"
