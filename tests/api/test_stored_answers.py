"""Answers that are kept: their headers, and when they are made anew."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.changes import stored_views
from cms.changes.stored_answers import StoredAnswers
from cms.conditions.models import ConditionPage
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

RESOLVE = "/api/v2/resolve/"
PATH = "/conditions/gout/"


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredAnswers]:
    kept = StoredAnswers(1024 * 1024)
    monkeypatch.setattr(stored_views, "stored_answers", kept)
    yield kept
    kept.clear()


@pytest.fixture
def gout() -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=build_index(), slug="gout")
    return page


def get_cursor(client: Client) -> str:
    cursor: str = client.get("/api/v2/changes/").json()["cursor"]
    return cursor


def resolve(client: Client, path: str = PATH, **headers: str) -> HttpResponse:
    response: Any = client.get(RESOLVE, {"path": path}, headers=headers)
    return response


def read(client: Client, path: str = PATH) -> Any:
    """The answer for a reader who has seen all that changed."""
    response: Any = resolve(client, path, **{"X-Seen-Change": get_cursor(client)})
    return response.json()


def build_urls(page: ConditionPage) -> list[str]:
    return [f"{RESOLVE}?path={PATH}", f"/api/v2/pages/{page.pk}/", "/api/v2/site/"]


def test_kept_answer__costs_no_query_and_has_the_same_bytes(
    client: Client, gout: ConditionPage
) -> None:
    for url in build_urls(gout):
        first: Any = client.get(url)
        with CaptureQueriesContext(connection) as queries:
            second: Any = client.get(url)

        assert len(queries) == 0, url
        assert second.content == first.content
        assert dict(second.headers) == dict(first.headers)


def test_answer__says_how_it_may_be_kept_and_what_it_was_made_from(
    client: Client, gout: ConditionPage
) -> None:
    for url in build_urls(gout):
        response = client.get(url)

        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response["ETag"].startswith('"')
        assert response["Content-Length"] == str(len(response.content))
        assert response["Content-Type"] == "application/json"
        assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert f"page:{gout.pk}" in client.get(build_urls(gout)[0])["Cache-Tag"].split(",")


def test_answer__known_already__is_304_without_a_body(client: Client, gout: ConditionPage) -> None:
    for url in build_urls(gout):
        etag = client.get(url)["ETag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            response = client.get(url, headers={"If-None-Match": known})

            assert response.status_code == 304
            assert response.content == b""
            assert response["ETag"] == etag
            assert response["Cache-Tag"]


def test_head__has_the_headers_of_get(client: Client, gout: ConditionPage) -> None:
    for url in build_urls(gout):
        got = client.get(url)
        head = client.head(url)

        assert head.content == b""
        assert dict(head.headers) == dict(got.headers)


def test_answer__wanted_in_another_format__is_refused_though_kept(
    client: Client, gout: ConditionPage
) -> None:
    resolve(client)

    assert resolve(client, Accept="text/html").status_code == 406
    assert resolve(client, Accept="text/html,*/*;q=0.8").status_code == 200


def test_answer__with_an_unknown_parameter__is_refused_though_kept(
    client: Client, gout: ConditionPage
) -> None:
    resolve(client)

    assert client.get(RESOLVE, {"path": PATH, "other": "1"}).status_code == 400
    assert client.post(RESOLVE).status_code == 405


def test_answer__session_of_an_editor__is_the_kept_one(client: Client, gout: ConditionPage) -> None:
    ours: Any = resolve(client)
    client.force_login(build_login("Editors"))
    theirs: Any = resolve(client)

    assert theirs.content == ours.content
    assert not theirs.cookies


def test_answer__to_the_site_in_a_browser__may_be_read_by_it(
    client: Client, gout: ConditionPage
) -> None:
    for _ in range(2):
        own: Any = resolve(client, Origin="http://localhost:3000")
        other: Any = resolve(client, Origin="http://elsewhere.example")

        assert own["Access-Control-Allow-Origin"] == "http://localhost:3000"
        assert "ETag" in own["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Origin" not in other
        assert "origin" in own["Vary"].lower()
        assert "origin" in other["Vary"].lower()


def test_unpublished__seen_by_the_caller__is_gone_at_once(
    client: Client, gout: ConditionPage
) -> None:
    assert read(client)["type"] == "page"

    gout.unpublish()

    assert read(client)["type"] == "gone"


def test_unpublished__not_seen_by_the_caller__is_gone_after_a_second(
    client: Client, gout: ConditionPage, answers: StoredAnswers
) -> None:
    resolve(client)
    gout.unpublish()

    answers._read_at -= 1

    response: Any = resolve(client)
    assert response.json()["type"] == "gone"


def test_published_text__is_there_at_once_with_another_version(
    client: Client, gout: ConditionPage
) -> None:
    before = read(client)
    gout.summary = "Another summary, which is long enough to be published on a page."

    gout.save_revision().publish()

    after = read(client)
    assert after["page"]["summary"] == gout.summary
    assert after["version"] != before["version"]


def test_private_page__was_kept_before__is_not_found(client: Client, gout: ConditionPage) -> None:
    read(client)

    make_private(gout)

    assert read(client)["type"] == "not_found"
    response = client.get(
        f"/api/v2/pages/{gout.pk}/", headers={"X-Seen-Change": get_cursor(client)}
    )
    assert response.status_code == 404


def test_new_page__path_was_not_found_before__is_there(client: Client) -> None:
    index = build_index()
    assert read(client)["type"] == "not_found"

    page = ConditionPageFactory(parent=index, slug="gout", live=False)
    page.save_revision().publish()

    assert read(client)["type"] == "page"


@pytest.mark.parametrize("seen", ["", "nonsense", "00000000-99999999-00000000", "x" * 5000])
def test_answer__cursor_of_no_feed__is_answered_all_the_same(
    client: Client, gout: ConditionPage, seen: str
) -> None:
    assert resolve(client, **{"X-Seen-Change": seen}).status_code == 200


def test_errors__are_never_kept(client: Client, answers: StoredAnswers) -> None:
    client.get("/api/v2/pages/999999/")
    client.get(RESOLVE)

    assert len(answers) == 0


def test_memory_off__answers_have_their_etag(
    client: Client, gout: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_views, "stored_answers", StoredAnswers(0))

    etag = resolve(client)["ETag"]

    assert resolve(client, **{"If-None-Match": etag}).status_code == 304
