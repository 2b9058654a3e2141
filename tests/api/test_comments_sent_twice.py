"""One response is stored once, however often it arrives; and not too many of one sender."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from cms.comments import leaving, moderation, rates
from cms.comments.models import Comment
from cms.conditions.models import ConditionPage
from tests.api.comment_calls import send
from tests.factories.conditions import ConditionPageFactory, build_index


@pytest.fixture
def guide(db: None) -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    return found


@pytest.fixture(autouse=True)
def _site_key(settings: Any) -> None:
    settings.SITE_KEY = "k" * 40


def age(**ago: int) -> None:
    """Let all comments have been sent so long ago."""
    Comment.objects.update(sent_at=timezone.now() - datetime.timedelta(**ago))


class TestKeys:
    def test_same_key_and_words__is_stored_once_and_answers_alike(
        self, client: Client, guide: ConditionPage
    ) -> None:
        first, second = (send(client, guide.pk, idempotency_key="a") for _ in range(2))

        assert first.content == second.content
        assert first.status_code == second.status_code == 201
        assert Comment.objects.count() == 1

    def test_same_key__days_later__is_the_same_still(
        self, client: Client, guide: ConditionPage
    ) -> None:
        send(client, guide.pk, idempotency_key="a")
        age(days=5)

        assert send(client, guide.pk, idempotency_key="a").status_code == 201
        assert Comment.objects.count() == 1

    def test_same_key__after_a_moderator_changed_the_words__is_the_same_still(
        self, client: Client, guide: ConditionPage
    ) -> None:
        send(client, guide.pk, idempotency_key="a")
        moderation.edit(Comment.objects.get(), None, name="A.", text="Thank you.")

        assert send(client, guide.pk, idempotency_key="a").status_code == 201
        assert Comment.objects.count() == 1

    def test_same_key__other_words_or_another_page__is_a_conflict(
        self, client: Client, guide: ConditionPage
    ) -> None:
        send(client, guide.pk, idempotency_key="a")
        other = ConditionPageFactory(parent=guide.get_parent())

        for response in (
            send(client, guide.pk, idempotency_key="a", text="Something else."),
            send(client, other.pk, idempotency_key="a"),
        ):
            assert response.status_code == 409
            assert response.json()["code"] == "idempotency_key_reused"
        assert Comment.objects.count() == 1

    def test_other_key__same_words__are_two(self, client: Client, guide: ConditionPage) -> None:
        for key in ("a", "b"):
            assert send(client, guide.pk, idempotency_key=key).status_code == 201
        assert Comment.objects.count() == 2


class TestWithoutKeys:
    def test_same_words_within_ten_minutes__are_one(
        self, client: Client, guide: ConditionPage
    ) -> None:
        for _ in range(2):
            assert send(client, guide.pk, reader="192.0.2.1").status_code == 201
        age(minutes=9)
        send(client, guide.pk, reader="192.0.2.1")
        assert Comment.objects.count() == 1

    def test_same_words_later_or_from_another__are_two(
        self, client: Client, guide: ConditionPage
    ) -> None:
        send(client, guide.pk, reader="192.0.2.1")
        send(client, guide.pk, reader="192.0.2.2")
        send(client, guide.pk, reader="192.0.2.2", name="Bob")
        assert Comment.objects.count() == 3
        age(minutes=11)
        send(client, guide.pk, reader="192.0.2.1")
        assert Comment.objects.count() == 4


# Later tests find what migrations made.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("key", ["a", ""], ids=["with a key", "without a key"])
def test_two_at_the_same_moment__are_stored_once(guide: ConditionPage, key: str) -> None:
    barrier = threading.Barrier(6)
    statuses: list[int] = []

    def run() -> None:
        client = Client()
        barrier.wait()
        try:
            response = send(client, guide.pk, reader="192.0.2.1", idempotency_key=key)
            statuses.append(response.status_code)
        finally:
            connection.close()

    run_at_once(run, 6)

    assert statuses == [201] * 6
    assert Comment.objects.count() == 1


def run_at_once(action: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=action) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestRates:
    def test_reader__beyond_the_limit__is_told_when_to_come_again(
        self, client: Client, guide: ConditionPage
    ) -> None:
        most = rates.OF_READER[0].most
        for number in range(most):
            response = send(client, guide.pk, reader="192.0.2.1", text=f"Number {number}")
            assert response.status_code == 201

        refused = send(client, guide.pk, reader="192.0.2.1", text="One more")

        assert refused.status_code == 429
        assert refused.json()["code"] == "too_many_requests"
        assert 0 < int(refused["Retry-After"]) <= 601
        assert Comment.objects.count() == most
        assert send(client, guide.pk, reader="192.0.2.2").status_code == 201
        # What arrived before is no new one.
        assert send(client, guide.pk, reader="192.0.2.1", text="Number 0").status_code == 201
        age(minutes=10)
        assert send(client, guide.pk, reader="192.0.2.1", text="One more").status_code == 201

    def test_reader__addresses_of_one_household__count_as_one(
        self, client: Client, guide: ConditionPage
    ) -> None:
        for number in range(rates.OF_READER[0].most):
            send(client, guide.pk, reader=f"2001:db8::{number}", text=f"Number {number}")

        assert send(client, guide.pk, reader="2001:db8::ffff").status_code == 429
        assert send(client, guide.pk, reader="2001:db8:0:1::1").status_code == 201

    def test_without_the_key__all_readers_of_a_site_count_together_and_may_send_more(
        self, client: Client, guide: ConditionPage, settings: Any
    ) -> None:
        settings.SITE_KEY = ""
        for number in range(rates.OF_READER[0].most + 1):
            response = send(client, guide.pk, reader=f"192.0.2.{number}", text=f"Number {number}")
            assert response.status_code == 201
        comments = Comment.objects.all()
        assert len({comment.address_hash for comment in comments}) == 1
        assert {comment.address for comment in comments} == {None}

    def test_wrong_key_or_forwarded_header__is_not_believed(
        self, client: Client, guide: ConditionPage
    ) -> None:
        body = b'{"name": "Ann", "text": "Hello"}'
        url = f"/api/v2/pages/{guide.pk}/comments/"
        headers = {
            "X-Site-Key": "x",
            "X-Reader-Address": "192.0.2.1",
            "X-Forwarded-For": "192.0.2.1",
        }

        client.post(url, body, content_type="application/json", headers=headers)

        assert Comment.objects.get().address is None


@pytest.mark.parametrize("key", ["a", ""])
def test_what_it_replies_to__is_erased_at_that_moment__is_said(
    client: Client, guide: ConditionPage, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def conflict(*_: Any) -> None:
        raise IntegrityError("a foreign key")

    monkeypatch.setattr(leaving, "_store", conflict)

    response = send(client, guide.pk, idempotency_key=key)

    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "reply_to"
