"""The screen of one response: what it shows, and what is done there."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.comments import moderation
from cms.comments.admin.forms import build_version
from cms.comments.choices import CommentsMode, CommentStatus, Verdict
from cms.comments.models import Comment
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory, build_thread
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

LIST_URL = "/admin/responses/"
GONE = "This response is not there any more"
MEANWHILE = "has changed this response meanwhile"


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index(), title="Gout")
    return found


@pytest.fixture(autouse=True)
def moderator(client: Client) -> AbstractUser:
    user = build_login("Moderators", first_name="Aaron", last_name="Harris")
    client.force_login(user)
    return user


def get_url(comment: Comment, what: str = "detail") -> str:
    return reverse(f"comments:{what}", args=[comment.pk])


def read(answer: Any) -> str:
    """The page without what runs between its words."""
    return " ".join(answer.content.decode().split())


def send(client: Client, comment: Comment, what: str, **fields: str) -> Any:
    """What the screen posts."""
    sent = {"version": build_version(comment), "next": f"{LIST_URL}?p=2", **fields}
    return client.post(get_url(comment, what), sent, follow=True)


class TestWhatIsShown:
    def test_detail__shows_text_sender_page_and_reasons(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(
            page=guide,
            name="Ann",
            email="ann@x.example",
            text="One.\n\nTwo, see https://x.example/a",
            verdict=Verdict.SPAM,
            reasons=[{"provider": "local", "code": "links", "text": "Holds 4 links"}],
        )
        CommentFactory(page=guide, email="ann@x.example", status=CommentStatus.APPROVED)

        shown = read(client.get(get_url(comment)))

        assert "<p>One.</p><p>Two" in shown
        for words in ("ann@x.example", "1 other response from this address", "Gout", "Holds 4"):
            assert words in shown
        assert reverse("wagtailadmin_pages:edit", args=[guide.pk]) in shown

    def test_detail__links_of_strangers__tell_nobody_where_they_were_followed(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide, text="https://x.example/a www.y.example z@x.example")

        shown = read(client.get(get_url(comment)))

        links = re.findall(r"<a [^>]*example[^>]*>", shown)
        assert len(links) == 2
        assert all('rel="nofollow noopener noreferrer"' in link for link in links)

    def test_detail__what_strangers_wrote__is_escaped(
        self, guide: ConditionPage, client: Client
    ) -> None:
        evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
        comment = CommentFactory(page=guide, name=evil, email=evil, text=evil)
        moderation.edit(comment, None, name="Ann", text="Plain")
        Comment.objects.filter(pk=comment.pk).update(name=evil, text=evil)
        CommentFactory(page=guide, parent=comment, name=evil, text=evil)

        shown = read(client.get(get_url(comment)))

        assert "<script>alert" not in shown
        assert "<img src=x" not in shown

    def test_detail__of_an_edited_response__has_what_was_written_first(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide, name="Ann Smith", text="I live at 5 High St.")
        assert client.get(get_url(comment)).context["original"] is None
        moderation.edit(comment, None, name="Ann", text="I live here.")

        shown = read(client.get(get_url(comment)))

        assert "Ann Smith" in shown
        assert "I live at 5 High St." in shown
        assert "· Edited" in shown

    def test_detail__names_who_decided_what(
        self, guide: ConditionPage, moderator: AbstractUser, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)
        moderation.mark_as_spam(comment, moderator)
        moderation.restore(comment, None)

        shown = read(client.get(get_url(comment)))

        assert re.search("Marked as spam .*by Aaron Harris.*Restored.*through a link", shown)

    def test_detail__has_the_thread_beside_it_whatever_its_states(
        self, guide: ConditionPage, client: Client
    ) -> None:
        thread = build_thread(guide)
        held = CommentFactory(page=guide, parent=thread)
        CommentFactory(page=guide, name="Somebody else")

        for one in (thread, held):
            listed = client.get(get_url(one)).context["thread"]
            assert listed == [thread, *thread.replies.order_by("sent_at")]

    def test_detail__of_a_long_thread__is_cut_and_asks_no_more(
        self, guide: ConditionPage, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cms.comments.admin.detail_view.MOST_BESIDE", 5)

        def count_queries(comment: Comment) -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(get_url(comment))
            return len(queries)

        short, long = build_thread(guide), build_thread(guide, replies=9)
        count_queries(short)

        assert count_queries(long) == count_queries(short)
        answer = client.get(get_url(long))
        assert len(answer.context["thread"]) == 5
        assert "more replies than fit" in read(answer)

    @pytest.mark.parametrize(
        ("status", "label"), [("held", "Approve and reply"), ("approved", "Reply")]
    )
    def test_detail__reply_button__says_what_it_does(
        self, status: str, label: str, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide, status=status)

        assert f'type="submit"> {label} </button>' in read(client.get(get_url(comment)))

    def test_detail__approved_on_a_hidden_page__says_that_readers_do_not_see_it(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide, status=CommentStatus.APPROVED)
        assert "Readers see it." in read(client.get(get_url(comment)))
        ConditionPage.objects.update(comments_mode=CommentsMode.HIDDEN)
        assert "responses of its page are hidden" in read(client.get(get_url(comment)))
        ConditionPage.objects.update(live=False)
        assert "it is a draft, or private" in read(client.get(get_url(comment)))

    @pytest.mark.parametrize("what", ["detail", "decide", "reply", "edit"])
    def test_detail__of_a_deleted_response__leads_back_and_says_so(
        self, what: str, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)
        url = get_url(comment, what)
        comment.delete()

        assert GONE in read(client.get(url, follow=True))
        if what != "detail":
            assert GONE in read(client.post(url, {"decision": "approve"}, follow=True))


class TestDeciding:
    @pytest.mark.parametrize(
        ("decision", "status", "said"),
        [
            ("approve", CommentStatus.APPROVED, "Approved. It is on the page now."),
            ("spam", CommentStatus.SPAM, "The response was marked as spam."),
            ("bin", CommentStatus.BINNED, "The response was moved to the bin."),
        ],
    )
    def test_decide__about_a_waiting_one__goes_on_to_the_next(
        self,
        decision: str,
        status: CommentStatus,
        said: str,
        guide: ConditionPage,
        client: Client,
    ) -> None:
        first, second, third = (CommentFactory(page=guide) for _ in range(3))

        answer = send(client, second, "decide", decision=decision, goes_on="1")

        second.refresh_from_db()
        assert second.status == status
        assert answer.context["comment"] == third
        assert answer.context["came_from"] == f"{LIST_URL}?p=2"
        assert said in read(answer)
        answer = send(client, third, "decide", decision=decision, goes_on="1")
        assert answer.context["comment"] == first

    def test_decide__about_the_last_waiting_one__goes_back_to_where_one_came_from(
        self, guide: ConditionPage, client: Client
    ) -> None:
        answer = send(client, CommentFactory(page=guide), "decide", decision="approve", goes_on="1")

        assert answer.redirect_chain == [(f"{LIST_URL}?p=2", HTTPStatus.FOUND)]
        assert "#response-" in read(answer)

    def test_decide__in_the_list__stays_there(self, guide: ConditionPage, client: Client) -> None:
        comment, _ = CommentFactory(page=guide), CommentFactory(page=guide)

        sent = {"decision": "approve", "next": LIST_URL, "id": ["1"]}
        answer = client.post(get_url(comment, "decide"), sent)

        assert answer["Location"] == LIST_URL

    def test_decide__leads_to_no_other_site(self, guide: ConditionPage, client: Client) -> None:
        sent = {"decision": "approve", "next": "https://evil.example/"}
        answer = client.post(get_url(CommentFactory(page=guide), "decide"), sent)

        assert answer["Location"] == LIST_URL

    def test_decide__what_somebody_decided_meanwhile__is_shown_and_left(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)
        seen = build_version(comment)
        moderation.mark_as_spam(comment, None)

        answer = send(client, comment, "decide", decision="approve", version=seen)

        comment.refresh_from_db()
        assert comment.status == CommentStatus.SPAM
        assert MEANWHILE in read(answer)
        assert answer.context["comment"] == comment

    def test_decide__the_same_again__is_said(self, guide: ConditionPage, client: Client) -> None:
        comment = CommentFactory(page=guide, status=CommentStatus.APPROVED)

        answer = send(client, comment, "decide", decision="approve")

        assert "The response was approved already." in read(answer)

    @pytest.mark.parametrize("sent", [{}, {"decision": ""}, {"decision": "\0"}])
    def test_decide__nothing__changes_nothing(
        self, sent: dict[str, str], guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)

        assert client.post(get_url(comment, "decide"), sent).status_code == HTTPStatus.FOUND
        assert Comment.objects.get().status == CommentStatus.HELD

    def test_approve__a_reply_to_what_waits__says_that_readers_do_not_see_it_yet(
        self, guide: ConditionPage, client: Client
    ) -> None:
        parent = CommentFactory(page=guide)
        reply = CommentFactory(page=guide, parent=parent)

        answer = send(client, reply, "decide", decision="approve")

        assert "It answers a response that readers do not see." in read(answer)


class TestReply:
    def test_reply__to_a_waiting_one__approves_it_and_is_on_the_page(
        self, guide: ConditionPage, moderator: AbstractUser, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)

        answer = send(client, comment, "reply", text="You are welcome.")

        comment.refresh_from_db()
        assert comment.status == CommentStatus.APPROVED
        reply = comment.replies.get()
        assert (reply.text, reply.author, reply.is_therapist) == (
            "You are welcome.",
            moderator,
            True,
        )
        assert "Approved, and your reply is saved. It is on the page now." in read(answer)
        assert answer.context["comment"] == comment

    def test_reply__with_others_waiting__goes_on_to_the_next(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment, other = CommentFactory(page=guide), CommentFactory(page=guide)

        assert send(client, comment, "reply", text="Yes.").context["comment"] == other

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "Please write your response."),
            ("I said <b>no</b>", "without HTML tags"),
            ("x" * 10_001, "Please shorten it"),
            ("a\0b", "it contains what is no text"),
        ],
    )
    def test_reply__that_cannot_be_shown__keeps_what_was_typed(
        self, text: str, said: str, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)

        answer = send(client, comment, "reply", text=text)

        assert answer.status_code == HTTPStatus.OK
        assert said in read(answer)
        assert answer.context["reply_form"]["text"].value() == text
        assert Comment.objects.get().status == CommentStatus.HELD

    def test_reply__to_what_was_changed_meanwhile__is_kept_to_be_sent_again(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)
        seen = build_version(comment)
        moderation.mark_as_spam(comment, None)

        answer = send(client, comment, "reply", text="My answer", version=seen)

        assert MEANWHILE in read(answer)
        assert "My answer" in read(answer)
        assert not comment.replies.exists()


class TestEdit:
    def test_edit__saves_and_says_so(self, guide: ConditionPage, client: Client) -> None:
        comment = CommentFactory(page=guide, name="Ann Smith")

        answer = send(client, comment, "edit", name="Ann", text="Shorter.\n\nStill two.")

        comment.refresh_from_db()
        assert (comment.name, comment.text) == ("Ann", "Shorter.\n\nStill two.")
        assert "The response says that it was edited." in read(answer)
        assert answer.redirect_chain[0][0].startswith(get_url(comment))

    def test_edit__of_nothing__is_said(self, guide: ConditionPage, client: Client) -> None:
        comment = CommentFactory(page=guide)

        answer = send(client, comment, "edit", name=comment.name, text=comment.text)

        assert "Nothing was changed." in read(answer)

    def test_edit__with_errors__has_each_beside_its_field_and_keeps_both(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide, name="Ann")

        answer = send(client, comment, "edit", name="", text="<script>x</script>")

        form = answer.context["edit_form"]
        assert set(form.errors) == {"name", "text"}
        assert form["text"].value() == "<script>x</script>"
        assert "&lt;script&gt;x" in read(answer)
        assert '<details class="response-edit" open>' in read(answer)
        assert Comment.objects.get().name == "Ann"

    def test_edit__of_what_was_edited_meanwhile__overwrites_nothing(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = CommentFactory(page=guide)
        seen = build_version(comment)
        moderation.edit(comment, None, name="Ann", text="Without the address.")

        answer = send(client, comment, "edit", name="Ann", text="Mine", version=seen)

        assert MEANWHILE in read(answer)
        assert answer.context["edit_form"]["text"].value() == "Mine"
        assert Comment.objects.get().text == "Without the address."
