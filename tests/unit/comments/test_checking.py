"""What follows from a spam check, whichever providers there are."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.comments import checking, moderation
from cms.comments.choices import Verdict
from cms.comments.models import Comment, CommentSettings
from cms.comments.spam.message import Finding, Message, Reason
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory
from tests.factories.conditions import ConditionPageFactory, build_index

pytestmark = pytest.mark.django_db

REASON = Reason("links", "Has 4 links", 5)


class OneVerdict:
    """A provider that always finds the same, and remembers what it was shown."""

    name = "test"

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.seen: list[Message] = []

    def check(self, message: Message) -> Finding:
        self.seen.append(message)
        return Finding(self.name, self.verdict, (REASON,))

    def report(self, message: Message, *, is_spam: bool) -> bool:
        return True


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    return found


def check_with(monkeypatch: pytest.MonkeyPatch, verdict: Verdict, comment: Comment) -> OneVerdict:
    provider = OneVerdict(verdict)
    monkeypatch.setattr(checking, "get_providers", lambda: [provider])
    checking.check(comment.pk)
    comment.refresh_from_db()
    return provider


def build_unchecked(guide: ConditionPage, **fields: Any) -> Comment:
    comment: Comment = CommentFactory(page=guide, checked_at=None, **fields)
    return comment


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict.HAM, "held"),
        (Verdict.UNKNOWN, "held"),
        (Verdict.SPAM, "spam"),
        (Verdict.DISCARD, "binned"),
    ],
)
def test_check__each_verdict__leads_to_its_status_and_is_never_approved(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, status: str
) -> None:
    comment = build_unchecked(guide)

    check_with(monkeypatch, verdict, comment)

    assert (comment.status, comment.verdict) == (status, verdict)
    assert comment.checked_at is not None
    (reason,) = comment.reasons
    assert (reason["code"], reason["text"]) == ("links", "Has 4 links")


def test_check__again__changes_nothing(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = build_unchecked(guide)
    check_with(monkeypatch, Verdict.HAM, comment)

    provider = check_with(monkeypatch, Verdict.SPAM, comment)

    assert provider.seen == []
    assert comment.status == "held"


def test_check__what_a_person_decided_meanwhile__stays(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = build_unchecked(guide)
    moderation.approve(comment, None)

    check_with(monkeypatch, Verdict.DISCARD, comment)

    assert (comment.status, comment.verdict) == ("approved", "discard")


def test_check__a_comment_that_is_gone__is_no_error() -> None:
    checking.check(999_999)


@pytest.mark.parametrize(
    ("setting", "email", "approver", "verdict", "status"),
    [
        (True, "ann@example.com", True, Verdict.HAM, "approved"),
        (True, "ann@example.com", True, Verdict.UNKNOWN, "held"),
        (True, "ann@example.com", True, Verdict.SPAM, "spam"),
        (True, "ann@example.com", False, Verdict.HAM, "held"),
        (True, "bob@example.com", True, Verdict.HAM, "held"),
        (True, "", True, Verdict.HAM, "held"),
        (False, "ann@example.com", True, Verdict.HAM, "held"),
    ],
)
def test_check__known_address__is_let_through_only_where_the_setting_says_so(
    guide: ConditionPage,
    monkeypatch: pytest.MonkeyPatch,
    setting: bool,
    email: str,
    approver: bool,
    verdict: Verdict,
    status: str,
) -> None:
    saved = CommentSettings.for_site(guide.get_site())
    saved.lets_known_through = setting
    saved.save()
    user = User.objects.create_superuser("aaron") if approver else None
    moderation.approve(CommentFactory(page=guide, email="ann@example.com"), user)
    moderation.approve(CommentFactory(page=guide, email=""), user)
    comment = build_unchecked(guide, email=email)

    check_with(monkeypatch, verdict, comment)

    assert comment.status == status


@pytest.mark.parametrize("key", ["", "a-key"])
def test_check__afterwards__the_sender_is_forgotten_unless_akismet_may_ask_again(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch, settings: Any, key: str
) -> None:
    settings.AKISMET_KEY = key
    sender = {"address": "192.0.2.1", "user_agent": "x", "referrer": "y", "honeypot": "z"}
    comment = build_unchecked(guide, **sender)

    provider = check_with(monkeypatch, Verdict.HAM, comment)

    assert provider.seen[0].address == "192.0.2.1"
    kept = {name: getattr(comment, name) for name in sender}
    empty = {"address": None, "user_agent": "", "referrer": "", "honeypot": ""}
    assert kept == (sender if key else empty)


def test_message__counts_what_was_sent_before_from_the_same_and_elsewhere(
    guide: ConditionPage,
) -> None:
    other = ConditionPageFactory(parent=guide.get_parent())
    now = timezone.now()
    same = {"address_hash": "a" * 64, "address": "192.0.2.1"}
    CommentFactory(page=guide, text="Buy!", **same)
    CommentFactory(page=other, text="buy", **same)
    CommentFactory(page=guide, sent_at=now - datetime.timedelta(hours=2), **same)
    CommentFactory(page=guide, text="BUY", sent_at=now - datetime.timedelta(days=31))
    comment = build_unchecked(guide, text="Buy", **same)

    recent = checking.build_message(comment, CommentSettings()).recent

    assert (recent.from_address, recent.on_page, recent.same_text) == (2, 1, 2)


def test_unchecked__only_what_is_overdue_is_found(guide: ConditionPage) -> None:
    now = timezone.now()
    late = build_unchecked(guide, sent_at=now - datetime.timedelta(minutes=5))
    build_unchecked(guide)
    CommentFactory(page=guide, sent_at=now - datetime.timedelta(minutes=5))

    assert checking.fetch_unchecked(datetime.timedelta(minutes=1)) == [late.pk]


def test_check__queries_do_not_grow_with_the_comments(
    guide: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for others in (1, 30):
        CommentFactory.create_batch(others, page=guide)
        comment = build_unchecked(guide)
        with CaptureQueriesContext(connection) as queries:
            check_with(monkeypatch, Verdict.HAM, comment)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 16
