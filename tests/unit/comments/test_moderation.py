"""What a person decides about a comment, and what is kept of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from wagtail.models import ModelLogEntry

from cms.comments import moderation
from cms.comments.choices import CommentStatus, Verdict
from cms.comments.models import Comment, CommentSettings
from cms.comments.reading import fetch_comment_list
from cms.comments.texts import TextRefusedError
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory, build_thread
from tests.factories.conditions import ConditionPageFactory, build_index

pytestmark = pytest.mark.django_db

DECISIONS = {
    moderation.approve: CommentStatus.APPROVED,
    moderation.mark_as_spam: CommentStatus.SPAM,
    moderation.move_to_bin: CommentStatus.BINNED,
    moderation.restore: CommentStatus.HELD,
}


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    return found


@pytest.fixture
def therapist() -> User:
    return User.objects.create_superuser("aaron", first_name="Aaron", last_name="Harris")


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize("before", CommentStatus)
def test_decide__from_any_status__is_done_once_and_noted_without_the_words(
    guide: ConditionPage, therapist: User, decide: Any, before: CommentStatus
) -> None:
    comment = CommentFactory(page=guide, status=before, name="Secret name", text="Secret words")
    is_new = DECISIONS[decide] != before

    assert decide(comment, therapist) == is_new
    assert decide(comment, therapist) is False

    comment.refresh_from_db()
    assert comment.status == DECISIONS[decide]
    entries = ModelLogEntry.objects.for_instance(comment)
    assert entries.count() == int(is_new)
    assert "Secret" not in "".join(f"{entry.label}{entry.data}" for entry in entries)


def test_decide__shown_at_once__and_gone_at_once(guide: ConditionPage, therapist: User) -> None:
    comment = CommentFactory(page=guide)

    moderation.approve(comment, therapist)
    assert fetch_comment_list(guide)["total"] == 1
    moderation.mark_as_spam(comment, therapist)
    assert fetch_comment_list(guide)["total"] == 0


def test_decide__a_comment_that_was_deleted__says_so(guide: ConditionPage, therapist: User) -> None:
    comment = CommentFactory(page=guide)
    Comment.objects.all().delete()

    for decide in DECISIONS:
        with pytest.raises(moderation.CommentGoneError):
            decide(comment, therapist)


@pytest.mark.parametrize(
    ("verdict", "decide", "is_due"),
    [
        (Verdict.SPAM, moderation.approve, True),
        (Verdict.DISCARD, moderation.approve, True),
        (Verdict.HAM, moderation.approve, False),
        (Verdict.HAM, moderation.mark_as_spam, True),
        (Verdict.SPAM, moderation.mark_as_spam, False),
        (Verdict.HAM, moderation.move_to_bin, False),
    ],
)
def test_decide__against_the_check__is_to_be_reported(
    guide: ConditionPage, therapist: User, verdict: str, decide: Any, is_due: bool
) -> None:
    comment = CommentFactory(page=guide, verdict=verdict)

    decide(comment, therapist)

    comment.refresh_from_db()
    assert comment.is_report_due == is_due


class TestEdit:
    def test_edit__keeps_what_was_written_first(
        self, guide: ConditionPage, therapist: User
    ) -> None:
        comment = CommentFactory(page=guide, name="Ann Smith", text="I am Ann Smith of 5 High St.")

        assert moderation.edit(comment, therapist, name="Ann", text="I am Ann.")
        assert moderation.edit(comment, therapist, name="Ann", text="I am A.")
        assert not moderation.edit(comment, therapist, name="Ann", text="I am A.")

        comment.refresh_from_db()
        assert (comment.name, comment.text) == ("Ann", "I am A.")
        assert comment.edited_at is not None
        assert comment.original.text == "I am Ann Smith of 5 High St."
        assert comment.original.name == "Ann Smith"

    @pytest.mark.parametrize("text", ["", "<b>x</b>", "x" * 10_001])
    def test_edit__what_cannot_be_shown__is_refused(
        self, guide: ConditionPage, therapist: User, text: str
    ) -> None:
        comment = CommentFactory(page=guide)

        with pytest.raises(TextRefusedError):
            moderation.edit(comment, therapist, name="Ann", text=text)
        assert not hasattr(Comment.objects.get(), "original")


class TestReply:
    def test_reply__to_what_is_held__approves_it_and_stands_below_it(
        self, guide: ConditionPage, therapist: User
    ) -> None:
        comment = CommentFactory(page=guide)

        answer = moderation.reply(comment, therapist, "You are welcome.")

        (thread,) = fetch_comment_list(guide)["threads"]
        assert thread["id"] == comment.pk
        assert [reply["id"] for reply in thread["replies"]] == [answer.pk]
        assert thread["replies"][0]["is_therapist"] is True
        assert thread["replies"][0]["name"] == "Aaron Harris"

    def test_reply__to_a_reply__stands_in_the_same_thread(
        self, guide: ConditionPage, therapist: User
    ) -> None:
        thread = build_thread(guide)

        answer = moderation.reply(thread.replies.get(), therapist, "Yes.")

        assert answer.parent == thread

    def test_reply__name_of_the_settings__is_used(
        self, guide: ConditionPage, therapist: User
    ) -> None:
        saved = CommentSettings.for_site(guide.get_site())
        saved.reply_name = "Massage Aha!"
        saved.save()

        answer = moderation.reply(CommentFactory(page=guide), therapist, "Yes.")

        assert answer.name == "Massage Aha!"


def test_may_moderate__administrators_and_moderators_alone(guide: ConditionPage) -> None:
    from django.contrib.auth.models import Group

    people = {name: User.objects.create_user(name) for name in ("Moderators", "Editors", "nobody")}
    for name in ("Moderators", "Editors"):
        people[name].groups.add(Group.objects.get(name=name))

    assert [moderation.may_moderate(user) for user in people.values()] == [True, False, False]
    assert moderation.may_moderate(User.objects.create_superuser("root"))
    assert not moderation.may_moderate(User.objects.create_superuser("gone", is_active=False))
