"""Nobody is anybody to the public API: no session, cookie or header changes a byte."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.comments.api import views
from cms.conditions.models import ConditionIndexPage
from tests.api.public_endpoints import iterate_endpoint_paths
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.drafts import build_api_url, build_snapshot
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

STATELESS = "cms.core.stateless.StatelessApiMiddleware"


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture(params=["with the middleware", "without the middleware"])
def _middleware(request: pytest.FixtureRequest, settings: Any) -> None:
    """The views keep the promise by themselves; the middleware is a second lock."""
    if request.param == "without the middleware":
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != STATELESS]


@pytest.fixture
def urls(index: ConditionIndexPage) -> list[str]:
    """Every endpoint, for pages of each kind of privacy."""
    public, draft, private, members = (
        ConditionPageFactory(parent=index, slug=slug, live=slug != "draft")
        for slug in ("public", "draft", "private", "members")
    )
    make_private(private)
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    urls = []
    for path in iterate_endpoint_paths():
        if path.endswith("resolve/"):
            urls += [
                f"{path}?path={page.public_path}" for page in (public, draft, private, members)
            ]
        elif "search/" in path:
            urls += [f"{path}?q=massage", f"{path}?q=condtion", path]
        elif "{id}" in path:
            urls += [
                path.replace("{id}", str(page.pk)) for page in (public, draft, private, members)
            ]
        elif "{token}" in path:
            urls += [build_api_url(build_snapshot(draft)), path.replace("{token}", "x")]
        else:
            urls.append(path)
    return [*urls, "/api/v2/pages/?type=conditions.ConditionPage&fields=*", "/api/v2/unknown/"]


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form says when it was opened, and two calls may be in two seconds."""
    now = timezone.now()
    monkeypatch.setattr(views.timezone, "now", lambda: now)


def build_superuser_client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return client


def build_unlocked_client() -> Client:
    """A reader who has given the password of every private page."""
    client = Client()
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = list(
        PageViewRestriction.objects.values_list("pk", flat=True)
    )
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def build_odd_client() -> Client:
    """A browser whose cookies and credentials are broken."""
    client = Client(headers={"authorization": "Basic eDp5"})
    client.cookies["csrftoken"] = "broken"
    client.cookies[settings.SESSION_COOKIE_NAME] = "broken"
    return client


@pytest.mark.usefixtures("_middleware")
@pytest.mark.parametrize(
    "build_client", [build_superuser_client, build_unlocked_client, build_odd_client]
)
def test_every_endpoint__with_a_session__has_the_bytes_of_an_anonymous_answer(
    urls: list[str], build_client: Any
) -> None:
    client, anonymous = build_client(), Client()

    for url in urls:
        theirs, ours = client.get(url), anonymous.get(url)
        assert theirs.content == ours.content, url
        assert theirs.status_code == ours.status_code, url


def test_every_endpoint__keeps_no_state_and_most_may_be_kept(
    urls: list[str],
) -> None:
    for client in (build_superuser_client(), build_odd_client(), Client()):
        for url in urls:
            response = client.get(url)
            assert not response.cookies, url
            assert "cookie" not in response.get("Vary", "").lower(), url
            is_for_one = any(part in url for part in ("/preview/", "/form/", "/changes/"))
            caching = "no-store" if is_for_one else "public, max-age=0, must-revalidate"
            assert response["Cache-Control"] == caching, url


def test_every_endpoint__head__is_get_without_its_body(urls: list[str]) -> None:
    for url in urls:
        head, get = Client().head(url), Client().get(url)
        assert head.status_code == get.status_code, url
        assert head.content == b"", url


class TestOrigins:
    URL = "/api/v2/pages/"
    PREFLIGHT = {"access-control-request-method": "GET"}

    def test_site__may_read(self, client: Client) -> None:
        response = client.get(self.URL, headers={"origin": settings.SITE_URL})

        assert response["Access-Control-Allow-Origin"] == settings.SITE_URL
        assert "Access-Control-Allow-Credentials" not in response

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3001"])
    def test_another_origin__gets_no_permission(self, client: Client, origin: str) -> None:
        response = client.get(self.URL, headers={"origin": origin})

        assert "Access-Control-Allow-Origin" not in response

    def test_preflight__tells_the_site_which_methods_there_are(self, client: Client) -> None:
        headers = {"origin": settings.SITE_URL, **self.PREFLIGHT}
        response = client.options(self.URL, headers=headers)

        assert response["Access-Control-Allow-Origin"] == settings.SITE_URL
        assert "GET" in response["Access-Control-Allow-Methods"]
        # What an endpoint takes of these is its own to say.
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"

    def test_preflight__of_another_origin__gets_no_permission(self, client: Client) -> None:
        headers = {"origin": "https://evil.example", **self.PREFLIGHT}

        assert "Access-Control-Allow-Origin" not in client.options(self.URL, headers=headers)
