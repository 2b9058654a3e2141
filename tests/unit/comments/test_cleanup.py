"""What is kept for a time only is forgotten on time; and decisions reach the spam services."""

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.comments import checking, moderation, reports
from cms.comments.choices import Verdict
from cms.comments.cleanup import delete_old_comments
from cms.comments.management.commands import check_comments
from cms.comments.models import Comment, OriginalComment
from cms.comments.spam.message import Finding, Message
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory
from tests.factories.conditions import ConditionPageFactory, build_index

pytestmark = pytest.mark.django_db

SENDER: dict[str, Any] = {
    "address": "192.0.2.7",
    "user_agent": "x",
    "referrer": "y",
    "honeypot": "z",
}


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    return found


def ago(**past: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**past)


def read_sender(comment: Comment) -> dict[str, Any]:
    comment.refresh_from_db()
    return {name: getattr(comment, name) for name in SENDER}


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"status": "spam", "sent_at": ago(days=31)}, False),
        ({"status": "binned", "sent_at": ago(days=31)}, False),
        ({"status": "spam", "sent_at": ago(days=29)}, True),
        ({"status": "binned", "sent_at": ago(days=90), "decided_at": ago(days=29)}, True),
        ({"status": "held", "sent_at": ago(days=900)}, True),
        ({"status": "approved", "sent_at": ago(days=900)}, True),
    ],
)
def test_cleanup__comments__spam_and_bin_after_a_month(
    guide: ConditionPage, fields: dict[str, Any], is_kept: bool
) -> None:
    CommentFactory(page=guide, **fields)

    assert delete_old_comments().comments == int(not is_kept)
    assert Comment.objects.exists() == is_kept


@pytest.mark.parametrize("reply_status", ["approved", "held"])
def test_cleanup__spam_to_which_others_replied__loses_its_words_and_keeps_the_replies(
    guide: ConditionPage, reply_status: str
) -> None:
    spam = CommentFactory(page=guide, status="spam", name="Casino", sent_at=ago(days=31))
    reply = CommentFactory(page=guide, parent=spam, status=reply_status)

    first, second = delete_old_comments(), delete_old_comments()

    assert (first.comments, first.emptied) == (0, 1)
    assert (second.comments, second.emptied) == (0, 0)
    spam.refresh_from_db()
    assert (spam.name, spam.text) == ("Removed", "This response was removed.")
    Comment.objects.filter(pk=reply.pk).update(status="binned")
    assert delete_old_comments().comments == 1


def test_cleanup__originals__after_a_month(guide: ConditionPage) -> None:
    for days in (29, 31):
        comment = CommentFactory(page=guide)
        OriginalComment.objects.create(
            comment=comment, name="A", text="B", kept_since=ago(days=days)
        )

    assert delete_old_comments().originals == 1


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"sent_at": ago(days=29)}, True),
        ({"sent_at": ago(days=31)}, False),
        ({"sent_at": ago(days=31), "checked_at": None}, False),
        ({"decided_at": ago(days=0)}, False),
        ({"decided_at": ago(days=0), "is_report_due": True}, True),
        ({"decided_at": ago(days=31), "sent_at": ago(days=31), "is_report_due": True}, False),
        ({"decided_at": ago(days=0), "checked_at": None}, True),
    ],
)
def test_cleanup__sender__when_decided_and_told_or_too_old(
    guide: ConditionPage, fields: dict[str, Any], is_kept: bool
) -> None:
    comment = CommentFactory(page=guide, **SENDER, **fields)

    delete_old_comments()

    empty = {"address": None, "user_agent": "", "referrer": "", "honeypot": ""}
    assert read_sender(comment) == (SENDER if is_kept else empty)


def test_cleanup__sender__as_soon_as_the_setting_says(guide: ConditionPage, settings: Any) -> None:
    settings.COMMENT_IP_DAYS = 3
    comment = CommentFactory(page=guide, **SENDER, sent_at=ago(days=4))

    delete_old_comments()

    assert read_sender(comment)["address"] is None


def test_cleanup__hashes__after_two_days(guide: ConditionPage) -> None:
    old, new = (
        CommentFactory(page=guide, address_hash="f" * 64, sent_at=ago(hours=hours))
        for hours in (49, 47)
    )

    assert delete_old_comments().address_hashes == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.address_hash, new.address_hash) == ("", "f" * 64)


def test_cleanup__nothing_to_do__writes_nothing(guide: ConditionPage) -> None:
    CommentFactory(page=guide)
    call_command("delete_old_comments")

    with CaptureQueriesContext(connection) as queries:
        assert str(delete_old_comments()) == ""
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]


class Service:
    """A spam service that hears, or does not."""

    name = "service"

    def __init__(self, *, hears: bool) -> None:
        self.hears = hears
        self.told: list[tuple[str | None, bool]] = []

    def check(self, message: Message) -> Finding:
        return Finding(self.name, Verdict.HAM, ())

    def report(self, message: Message, *, is_spam: bool) -> bool:
        self.told.append((message.address, is_spam))
        return self.hears


class TestReports:
    @pytest.fixture
    def decided(self, guide: ConditionPage) -> Comment:
        comment: Comment = CommentFactory(page=guide, verdict=Verdict.HAM, **SENDER)
        moderation.mark_as_spam(comment, None)
        return comment

    def test_report__decision__is_told_once_and_the_sender_forgotten(
        self, decided: Comment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service = Service(hears=True)
        monkeypatch.setattr(reports, "get_providers", lambda: [service])

        for _ in range(2):
            call_command("report_comment_decisions")

        assert service.told == [("192.0.2.7", True)]
        assert read_sender(decided)["address"] is None
        assert decided.is_report_due is False

    def test_report__service_away__is_tried_again_and_others_are_told(
        self, decided: Comment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        away, there = Service(hears=False), Service(hears=True)
        monkeypatch.setattr(reports, "get_providers", lambda: [away, there])

        with pytest.raises(CommandError, match="tried again"):
            call_command("report_comment_decisions")

        decided.refresh_from_db()
        assert decided.is_report_due is True
        assert decided.address == "192.0.2.7"
        assert len(there.told) == 1

    def test_report__slow_service__leaves_the_rest_for_the_next_turn(
        self, decided: Comment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        second = CommentFactory(page=decided.page, verdict=Verdict.HAM, **SENDER)
        moderation.mark_as_spam(second, None)
        service = Service(hears=True)
        monkeypatch.setattr(reports, "get_providers", lambda: [service])
        monkeypatch.setattr(reports, "LONGEST_TURN", 0.0)

        told = []
        for _ in range(3):
            call_command("report_comment_decisions")
            told.append(len(service.told))

        assert told == [1, 2, 2]

    def test_report__after_a_month__is_given_up(
        self, decided: Comment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service = Service(hears=True)
        monkeypatch.setattr(reports, "get_providers", lambda: [service])
        Comment.objects.update(sent_at=ago(days=31))

        call_command("report_comment_decisions")

        assert service.told == []


def test_check_comments__what_the_worker_lost__is_checked(guide: ConditionPage) -> None:
    lost = CommentFactory(page=guide, checked_at=None, sent_at=ago(minutes=2))
    fresh = CommentFactory(page=guide, checked_at=None)

    call_command("check_comments")

    lost.refresh_from_db()
    fresh.refresh_from_db()
    assert lost.checked_at is not None
    assert fresh.checked_at is None
    assert checking.fetch_unchecked(datetime.timedelta(minutes=1)) == []


def test_check_comments__slow_check__leaves_the_rest_for_the_next_turn(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        CommentFactory(page=guide, checked_at=None, sent_at=ago(minutes=2))
    monkeypatch.setattr(check_comments, "LONGEST_TURN", 0.0)

    left = []
    for _ in range(2):
        call_command("check_comments")
        left.append(Comment.objects.filter(checked_at=None).count())

    assert left == [1, 0]


def test_check_comments__one_that_cannot_be_checked__keeps_no_other_waiting(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = (
        CommentFactory(page=guide, checked_at=None, sent_at=ago(minutes=minutes))
        for minutes in (3, 2)
    )

    def check(comment_id: int) -> None:
        if comment_id == bad.pk:
            raise ValueError(bad.text)
        checking.check(comment_id)

    monkeypatch.setattr(check_comments, "check", check)

    with pytest.raises(CommandError, match="1 responses could not be checked"):
        call_command("check_comments")

    good.refresh_from_db()
    assert good.checked_at is not None
    assert f"Response {bad.pk} was not checked: ValueError" in caplog.text
    assert bad.text not in caplog.text
