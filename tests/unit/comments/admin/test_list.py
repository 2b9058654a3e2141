"""The list of readers' responses, and what is decided there about many at once."""

import datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.comments.admin import decisions
from cms.comments.choices import CommentStatus, Verdict
from cms.comments.models import Comment
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory, build_thread
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

URL = "/admin/responses/"
RESULTS = "/admin/responses/results/"


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index(), title="Gout")
    return found


@pytest.fixture
def moderator(client: Client) -> AbstractUser:
    user = build_login("Moderators", first_name="Aaron", last_name="Harris")
    client.force_login(user)
    return user


def read_names(answer: Any) -> list[str]:
    return [row["comment"].name for row in answer.context["rows"]]


def read_messages(client: Client) -> str:
    content = client.get(URL).content.decode()
    return content.partition('class="messages')[2].partition("</ul>")[0]


def build_many(page: ConditionPage, number: int, **fields: Any) -> list[Comment]:
    """Comments that were sent one after the other."""
    now = timezone.now()
    moments = [now - datetime.timedelta(hours=number - index) for index in range(number)]
    return [
        CommentFactory(page=page, name=f"N{index}", sent_at=moment, **fields)
        for index, moment in enumerate(moments)
    ]


class TestWhatIsListed:
    @pytest.mark.usefixtures("moderator")
    def test_list__without_a_choice__is_what_waits_with_the_oldest_first(
        self, guide: ConditionPage, client: Client
    ) -> None:
        build_many(guide, 3)
        CommentFactory(page=guide, status=CommentStatus.SPAM)

        answer = client.get(URL)

        assert read_names(answer) == ["N0", "N1", "N2"]
        assert [tab["count"] for tab in answer.context["tabs"]] == [3, 0, 1, 0, 4]

    @pytest.mark.usefixtures("moderator")
    @pytest.mark.parametrize(
        "status", [CommentStatus.APPROVED, CommentStatus.SPAM, CommentStatus.BINNED, "any"]
    )
    def test_list__of_another_status__has_the_newest_first(
        self, status: str, guide: ConditionPage, client: Client
    ) -> None:
        stored = CommentStatus.SPAM if status == "any" else status
        build_many(guide, 3, status=stored)

        assert read_names(client.get(URL, {"status": status})) == ["N2", "N1", "N0"]

    @pytest.mark.usefixtures("moderator")
    def test_list__by_page__shows_that_page_alone(
        self, guide: ConditionPage, client: Client
    ) -> None:
        other = ConditionPageFactory(parent=guide.get_parent())
        quiet = ConditionPageFactory(parent=guide.get_parent())
        CommentFactory(page=guide, name="Here")
        CommentFactory(page=other, name="There")

        assert read_names(client.get(URL, {"page": str(guide.pk)})) == ["Here"]
        answer = client.get(URL, {"page": str(quiet.pk), "status": "any"})
        assert "No response matches" in answer.content.decode()

    @pytest.mark.usefixtures("moderator")
    @pytest.mark.parametrize(
        ("verdict", "expected"), [("spam", ["Spammer"]), ("unchecked", ["New"])]
    )
    def test_list__by_verdict__shows_what_was_found(
        self, verdict: str, expected: list[str], guide: ConditionPage, client: Client
    ) -> None:
        CommentFactory(page=guide, name="Spammer", verdict=Verdict.SPAM)
        CommentFactory(page=guide, name="Ham", verdict=Verdict.HAM)
        CommentFactory(page=guide, name="New", checked_at=None)

        assert read_names(client.get(URL, {"verdict": verdict})) == expected

    @pytest.mark.usefixtures("moderator")
    @pytest.mark.parametrize("words", ["ann b", "ANN@X", "knee"])
    def test_search__looks_in_name_email_and_text(
        self, words: str, guide: ConditionPage, client: Client
    ) -> None:
        CommentFactory(page=guide, name="Ann Bell", email="ann@x.example", text="My knee is fine.")
        CommentFactory(page=guide, name="Bob", text="My foot is fine.")

        assert read_names(client.get(URL, {"q": words})) == ["Ann Bell"]
        assert read_names(client.get(RESULTS, {"q": words})) == ["Ann Bell"]

    @pytest.mark.usefixtures("moderator")
    @pytest.mark.parametrize(
        "query",
        ["status=nothing", "page=x", "page=0", f"page={9**40}", "verdict=x", "p=99", "q=%00"],
    )
    def test_list__with_a_wrong_address__is_a_list_all_the_same(
        self, query: str, guide: ConditionPage, client: Client
    ) -> None:
        CommentFactory(page=guide)

        assert client.get(f"{URL}?{query}").status_code == HTTPStatus.OK

    @pytest.mark.usefixtures("moderator")
    @pytest.mark.parametrize(
        ("status", "said"),
        [
            ("held", "Nothing is waiting."),
            ("approved", "No response is approved yet."),
            ("spam", "There is no spam."),
            ("binned", "The bin is empty."),
            ("any", "Nobody has responded yet."),
        ],
    )
    def test_list__empty__says_so_in_words(self, status: str, said: str, client: Client) -> None:
        assert said in client.get(URL, {"status": status}).content.decode()

    @pytest.mark.usefixtures("moderator")
    def test_list__what_strangers_wrote__is_escaped(
        self, guide: ConditionPage, client: Client
    ) -> None:
        evil = '"><script>alert(1)</script>'
        reasons = [{"provider": "local", "code": "x", "text": evil}]
        fields = {"name": evil, "email": evil, "text": evil, "reasons": reasons}
        CommentFactory(page=guide, verdict=Verdict.SPAM, **fields)

        assert "<script>alert" not in client.get(URL).content.decode()

    @pytest.mark.usefixtures("moderator")
    def test_list__of_many__asks_no_more_than_of_one(
        self, guide: ConditionPage, client: Client
    ) -> None:
        def count_queries() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(URL, {"status": "any"}).status_code == HTTPStatus.OK
            return len(queries)

        build_thread(guide)
        count_queries()
        few = count_queries()
        for _ in range(6):
            build_thread(ConditionPageFactory(parent=guide.get_parent()), replies=2)

        assert count_queries() == few


class TestDeciding:
    @pytest.mark.parametrize(
        ("decision", "status"),
        [
            ("approve", CommentStatus.APPROVED),
            ("spam", CommentStatus.SPAM),
            ("bin", CommentStatus.BINNED),
        ],
    )
    def test_decide__about_what_is_ticked__changes_that_alone(
        self,
        decision: str,
        status: CommentStatus,
        guide: ConditionPage,
        moderator: AbstractUser,
        client: Client,
    ) -> None:
        first, second, third = build_many(guide, 3)

        answer = client.post(URL, {"decision": decision, "id": [first.pk, third.pk]})

        assert answer["Location"] == URL
        assert set(Comment.objects.filter(status=status)) == {first, third}
        assert Comment.objects.get(pk=first.pk).decided_by == moderator
        assert Comment.objects.get(pk=second.pk).status == CommentStatus.HELD
        assert "2 responses were" in read_messages(client)

    @pytest.mark.usefixtures("moderator")
    def test_restore__from_the_bin__lets_them_wait_again(
        self, guide: ConditionPage, client: Client
    ) -> None:
        binned = CommentFactory(page=guide, status=CommentStatus.BINNED)

        answer = client.post(f"{URL}?status=binned", {"decision": "restore", "id": binned.pk})

        assert answer["Location"] == f"{URL}?status=binned"
        binned.refresh_from_db()
        assert (binned.status, binned.decided_at) == (CommentStatus.HELD, None)

    @pytest.mark.usefixtures("moderator")
    def test_decide__what_was_decided_or_deleted_meanwhile__is_said(
        self, guide: ConditionPage, client: Client
    ) -> None:
        approved = CommentFactory(page=guide, status=CommentStatus.APPROVED)
        held = CommentFactory(page=guide)
        gone = CommentFactory(page=guide)
        gone_id = gone.pk
        gone.delete()

        client.post(URL, {"decision": "approve", "id": [approved.pk, held.pk, gone_id]})

        said = read_messages(client)
        assert "1 response was approved." in said
        assert "1 response was approved already." in said
        assert "1 response was deleted by somebody meanwhile." in said

    @pytest.mark.usefixtures("moderator")
    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"decision": "approve"},
            {"decision": "explode", "id": "1"},
            {"decision": "approve", "id": ["x", "-1", "9" * 40, "\0", "²"]},
            {"decision": "approve", "scope": "all"},
            {"decision": "approve", "scope": "all", "newest": "x"},
        ],
    )
    def test_decide__about_nothing__changes_nothing(
        self, sent: dict[str, Any], guide: ConditionPage, client: Client
    ) -> None:
        CommentFactory(page=guide)

        answer = client.post(URL, sent)

        assert answer.status_code in (HTTPStatus.FOUND, HTTPStatus.OK)
        assert Comment.objects.get().status == CommentStatus.HELD

    @pytest.mark.usefixtures("moderator")
    def test_decide__about_the_whole_list__asks_first_and_takes_every_page_of_it(
        self, guide: ConditionPage, client: Client
    ) -> None:
        listed = build_many(guide, 25, text="Cheap pills")
        other = CommentFactory(page=guide, text="Thank you")
        address = f"{URL}?q=pills"

        question = client.post(address, {"decision": "spam", "scope": "all"})
        assert (question.context["number"], question.context["newest"]) == (25, listed[-1].pk)
        assert not Comment.objects.filter(status=CommentStatus.SPAM).exists()
        late = CommentFactory(page=guide, text="Pills for you")
        newest = question.context["newest"]
        client.post(address, {"decision": "spam", "scope": "all", "newest": newest})

        assert set(Comment.objects.filter(status=CommentStatus.SPAM)) == set(listed)
        assert set(Comment.objects.filter(status=CommentStatus.HELD)) == {other, late}

    @pytest.mark.usefixtures("moderator")
    def test_decide__about_a_list_with_a_wrong_filter__changes_nothing(
        self, guide: ConditionPage, client: Client
    ) -> None:
        held = CommentFactory(page=guide)

        sent = {"decision": "spam", "scope": "all", "newest": held.pk}
        client.post(f"{URL}?page=nonsense", sent)

        held.refresh_from_db()
        assert held.status == CommentStatus.HELD

    @pytest.mark.usefixtures("moderator")
    def test_decide__about_more_than_fit__takes_the_first_of_the_list(
        self, guide: ConditionPage, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cms.comments.admin.list_view.MOST_AT_ONCE", 2)
        first, second, third = build_many(guide, 3)

        client.post(URL, {"decision": "bin", "scope": "all", "newest": third.pk})

        assert set(Comment.objects.filter(status=CommentStatus.BINNED)) == {first, second}


def test_find_decisions__for_any_status__leaves_out_what_changes_nothing() -> None:
    for status in CommentStatus:
        found = decisions.find_decisions([status])
        assert status not in [decision.status for decision in found]
        assert len(found) == len(decisions.DECISIONS) - 1
    assert len(decisions.find_decisions(CommentStatus.values)) == len(decisions.DECISIONS)
