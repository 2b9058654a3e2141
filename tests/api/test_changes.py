"""`changes/`: what changed for readers, in order, and how cheaply nothing is answered."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.changes.epochs import start_feed
from cms.changes.models import Change
from cms.changes.recording import record_change

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/changes/"


def poll(client: Client, after: str = "", **headers: str) -> Any:
    query = {"after": after} if after else {}
    return client.get(ADDRESS, query, headers=headers)


def begin(client: Client) -> str:
    cursor: str = poll(client).json()["cursor"]
    return cursor


def test_poll__without_a_cursor__begins_now(client: Client) -> None:
    record_change("page:1")
    answer = poll(client).json()
    assert answer["changes"] == []
    assert not answer["start_over"]


def test_poll__after_a_change__names_its_tags_once(client: Client) -> None:
    cursor = begin(client)
    record_change("page:1", "page:2")
    record_change("page:1")
    answer = poll(client, cursor).json()
    assert [change["tags"] for change in answer["changes"]] == [["page:1", "page:2"]]
    assert poll(client, answer["cursor"]).json()["changes"] == []


def test_poll__nothing_new__is_304_from_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cursor = begin(client)
    with django_assert_num_queries(1):
        response = poll(client, cursor, **{"If-None-Match": f'"{cursor}"'})
    assert response.status_code == 304
    assert response.content == b""
    assert response["Cache-Control"] == "no-store"


def test_poll__limit__says_that_there_is_more(client: Client) -> None:
    cursor = begin(client)
    for number in range(3):
        record_change(f"page:{number}")
        begin(client)
    answer = client.get(ADDRESS, {"after": cursor, "limit": 2}).json()
    assert [change["tags"] for change in answer["changes"]] == [["page:0"], ["page:1"]]
    assert answer["has_more"]
    rest = poll(client, answer["cursor"]).json()
    assert [change["tags"] for change in rest["changes"]] == [["page:2"]]
    assert not rest["has_more"]


def test_poll__new_epoch__starts_over(client: Client) -> None:
    cursor = begin(client)
    start_feed()
    answer = poll(client, cursor).json()
    assert answer["start_over"]
    assert not poll(client, answer["cursor"]).json()["start_over"]


def test_poll__number_given_again_after_a_restore__starts_over(client: Client) -> None:
    record_change("page:1")
    cursor = begin(client)
    Change.objects.filter(number=1).update(nonce="00000000")
    record_change("page:2")
    assert poll(client, cursor).json()["start_over"]


def test_poll__ahead_of_the_feed__starts_over(client: Client) -> None:
    epoch, _number, nonce = begin(client).split("-")
    assert poll(client, f"{epoch}-99-{nonce}").json()["start_over"]


@pytest.mark.parametrize("cursor", ["1", "x-1-y", "00000000-99999999999999999999-00000000"])
def test_poll__no_cursor_at_all__is_refused(client: Client, cursor: str) -> None:
    response = poll(client, cursor)
    assert response.status_code == 400
    assert response.json()["parameters"] == ["after"]
