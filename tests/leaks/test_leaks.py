"""No answer of the CMS or the site holds a word of what its caller may not see.

The addresses come from the URLconf and from the site's route table: what is new there fails here
until `cms_calls.py` or `site_calls.py` says how to call it. The words come from the definitions of
pages, settings and blocks: what is new there is filled by itself, or fails until `filling.py` says
how.
"""

from typing import Final

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories.leaks import EDITOR, READERS, STATES, HiddenDraft, LeakWorld
from tests.leaks.admin_calls import ADMIN, OPEN_ROUTES, build_admin_calls
from tests.leaks.callers import (
    METHODS,
    Bridge,
    Call,
    CmsCaller,
    Inspector,
    SiteCaller,
    add_query,
)
from tests.leaks.cms_calls import (
    API,
    BESIDE_THE_URLCONF,
    CMS_CALLS,
    PAGES,
    iterate_hidden_paths,
    list_public,
)
from tests.leaks.routes import list_cms_routes, list_site_routes, list_unknown
from tests.leaks.site_calls import SITE_CALLS

pytestmark = pytest.mark.django_db

# A session makes no difference to any call, so some of them show it.
_SAMPLE: Final = 10
API_ROUTES: Final = [route for route in CMS_CALLS if route.startswith("api/")]
# What editors write and nobody is told.
NEVER_SERVED: Final = {"AlsoKnownAs.term (misspelling)", "SiteImage.tags", "SiteImage.title"}


def list_unseen_fields(world: LeakWorld, owner: str, seen: set[str]) -> set[str]:
    """The fields of an owner of which no word was seen."""
    places = world.words.of(owner)
    return {place.field for place in places.values()} - {
        place.field for word, place in places.items() if word in seen
    }


@pytest.fixture
def superuser_cookie(world: LeakWorld) -> str:
    """The session of somebody who may see everything in the admin."""
    client = Client()
    client.force_login(User.objects.create_superuser("superuser"))
    return client.cookies.output(header="", sep=";").split(";")[0].strip()


def list_own_words(world: LeakWorld, hidden: HiddenDraft) -> set[str]:
    """What the token of a draft may show: the draft, its own path, and who shared it."""
    path = world.words.find(hidden.path.encode())
    return {*world.words.of(hidden.owner, EDITOR), *path}


# The tables are complete


def test_urlconf__every_address__is_called_by_this_test() -> None:
    routes = [route for route in list_cms_routes() if not route.startswith(ADMIN)]

    assert list_unknown(routes, CMS_CALLS) == [], (
        "The leak test does not know how to call these addresses of the CMS: add each to CMS_CALLS "
        "in tests/leaks/cms_calls.py, with calls that ask it about hidden pages."
    )
    assert list_unknown(CMS_CALLS, routes) == [], "CMS_CALLS has addresses that are gone."


def test_site_routes__every_route__is_called_by_this_test(site: SiteCaller) -> None:
    routes = list_site_routes(site.client.app.routes)

    assert list_unknown(routes, SITE_CALLS) == [], (
        "The leak test does not know how to call these routes of the site: add each to SITE_CALLS "
        "in tests/leaks/site_calls.py, with calls that ask it about hidden pages."
    )
    assert list_unknown(SITE_CALLS, routes) == [], "SITE_CALLS has routes that are gone."


# Anonymous


@pytest.mark.parametrize("route", CMS_CALLS)
def test_cms__asked_by_anybody__tells_nothing_of_hidden_pages(
    route: str, world: LeakWorld, cms: CmsCaller, inspector: Inspector
) -> None:
    calls = list(CMS_CALLS[route](world))

    assert calls
    inspector.inspect(cms, calls)
    inspector.inspect(cms, calls[:10], methods=METHODS)


def test_cms__beside_its_urlconf__tells_nothing_of_hidden_pages(
    cms: CmsCaller, inspector: Inspector
) -> None:
    inspector.inspect(cms, BESIDE_THE_URLCONF, methods=METHODS)


def test_admin__without_a_login__shows_no_more_than_the_way_in(
    world: LeakWorld, cms: CmsCaller, inspector: Inspector
) -> None:
    routes = [route for route in list_cms_routes() if route.startswith(ADMIN)]
    open_routes = set()
    for route in routes:
        calls = list(build_admin_calls(world, route))
        inspector.inspect(cms, calls[:1], methods=("GET", "POST"))
        inspector.inspect(cms, calls[1:])
        answer = cms.ask(calls[0].address)
        if not (answer.location.startswith("/admin/login/") or 400 <= answer.status < 500):
            open_routes.add(route)

    assert open_routes == OPEN_ROUTES


@pytest.mark.parametrize("route", SITE_CALLS)
def test_site__asked_by_anybody__tells_nothing_of_hidden_pages(
    route: str, world: LeakWorld, site: SiteCaller, inspector: Inspector
) -> None:
    calls = list(SITE_CALLS[route](world, site))

    assert calls
    inspector.inspect(site, calls)
    inspector.inspect(site, calls[:5], methods=METHODS)


def test_site__while_the_cms_is_down__tells_nothing_of_hidden_pages(
    world: LeakWorld, site: SiteCaller, bridge: Bridge, inspector: Inspector
) -> None:
    bridge.is_down = True
    try:
        inspector.inspect(site, [Call(path) for path in iterate_hidden_paths(world)])
        inspector.inspect(site, [Call("/"), Call("/sitemap.xml"), Call("/search/?q=plain")])
    finally:
        bridge.is_down = False


# Counts are not words, and tell as much


def test_listings__count_what_readers_see_alone(world: LeakWorld, cms: CmsCaller) -> None:
    public = list_public()

    assert len(public) == 5
    assert len(world.hidden_ids) == 2 + 2 * len(STATES)
    assert b'"total_count":5' in cms.ask(PAGES).body
    assert b'"letters":[{"letter":"Q","count":1}]' in cms.ask(f"{PAGES}{public[1].pk}/").body


# Tokens


def test_token__in_the_api__opens_its_own_draft_alone(
    world: LeakWorld, cms: CmsCaller, inspector: Inspector
) -> None:
    for hidden in world.hidden:
        own = list_own_words(world, hidden)
        address = f"{API}preview/{hidden.token}/"
        calls = [Call(address), Call(f"{address}?in_preview_panel=true")]
        inspector.inspect(cms, calls, also_allowed=own)
        inspector.inspect(cms, [Call(f"{address}?preview={hidden.token}"), Call(address[:-1])])


def test_foreign_token__given_to_the_api_in_other_ways__opens_nothing(
    world: LeakWorld, inspector: Inspector
) -> None:
    calls_by_route = [list(CMS_CALLS[route](world)) for route in API_ROUTES]
    for number, hidden in enumerate(world.hidden):
        bearer = CmsCaller(headers={"authorization": f"Bearer {hidden.token}"})
        for calls in calls_by_route:
            # Others for each token.
            some = [Call(call.address) for call in calls[number :: len(world.hidden)][:3]]
            inspector.inspect(bearer, some)
            queries = [Call(add_query(call.address, preview=hidden.token)) for call in some]
            inspector.inspect(bearer, queries)


def test_token__on_the_site__opens_its_own_draft_alone_and_only_for_whoever_has_it(
    world: LeakWorld, site: SiteCaller, inspector: Inspector
) -> None:
    for hidden in world.hidden:
        address = add_query(hidden.path, preview=hidden.token)
        calls = [Call(address), Call(f"{address}&in_preview_panel=true")]
        inspector.inspect(site, calls, also_allowed=list_own_words(world, hidden))
        # Right afterwards, before anything that the site might have kept is old.
        inspector.inspect(site, [Call("/search/"), Call(hidden.path)])


def test_foreign_token__at_every_other_hidden_page__shows_its_own_draft_alone(
    world: LeakWorld, site: SiteCaller, inspector: Inspector
) -> None:
    conditions = [hidden for hidden in world.hidden if hidden.owner.startswith("the condition")]
    for hidden in conditions:
        calls = [Call(add_query(other.path, preview=hidden.token)) for other in conditions]
        inspector.inspect(site, calls, also_allowed=list_own_words(world, hidden))


def test_foreign_token__on_every_route_of_the_site__shows_its_own_draft_alone(
    world: LeakWorld, site: SiteCaller, inspector: Inspector
) -> None:
    calls = [call for route in SITE_CALLS for call in list(SITE_CALLS[route](world, site))[:2]]
    for hidden in (world.hidden[0], world.hidden[-2], world.hidden[-1]):
        some = [Call(add_query(call.address, preview=hidden.token)) for call in calls]
        own = list_own_words(world, hidden)
        inspector.inspect(site, some, also_allowed=own)


# Sessions


def test_session__in_the_api__opens_nothing(
    world: LeakWorld, superuser_cookie: str, inspector: Inspector
) -> None:
    superuser = CmsCaller(headers={"cookie": superuser_cookie})

    assert superuser.ask("/admin/pages/").status == 200
    for route in API_ROUTES:
        inspector.inspect(superuser, list(CMS_CALLS[route](world))[::_SAMPLE])


def test_session__on_the_site__opens_nothing(
    world: LeakWorld, site: SiteCaller, superuser_cookie: str, inspector: Inspector
) -> None:
    superuser = SiteCaller(site.client, {"cookie": superuser_cookie})

    for route in SITE_CALLS:
        inspector.inspect(superuser, list(SITE_CALLS[route](world, site))[::_SAMPLE])


# What may be seen is found, so that these tests can fail


def test_public_pages__have_all_their_words_found(
    world: LeakWorld, cms: CmsCaller, site: SiteCaller, inspector: Inspector
) -> None:
    inspector.inspect(cms, [Call(f"{PAGES}{page.pk}/") for page in list_public()])
    inspector.inspect(cms, [Call(f"{API}site/")])
    inspector.inspect(site, [Call(page.public_path) for page in list_public()])

    assert list_unseen_fields(world, READERS, inspector.seen) == NEVER_SERVED


def test_drafts__have_all_their_words_found_by_their_own_tokens(
    world: LeakWorld, cms: CmsCaller
) -> None:
    served: set[str] = set()
    for hidden in world.hidden:
        seen = world.words.find(cms.ask(f"{API}preview/{hidden.token}/").raw)
        served |= {
            place.field for word, place in world.words.of(hidden.owner).items() if word in seen
        }
        # Where each picture has an alternative text of its own, its description is not needed.
        never = {*NEVER_SERVED, "SiteImage.description"}
        assert list_unseen_fields(world, hidden.owner, seen) <= never, hidden.owner

    assert NEVER_SERVED & served == set()
    assert "SiteImage.description" in served
