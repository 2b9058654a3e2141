"""`pages/<id>/comments/`: what readers see of comments, and how one is left."""

import datetime
import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.comments.choices import CommentStatus
from cms.comments.models import Comment, CommentSettings
from cms.conditions.models import ConditionPage
from tests.api.comment_calls import build_url, send, send_raw
from tests.factories.comments import CommentFactory, build_thread
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    return found


def close(guide: ConditionPage, mode: str) -> None:
    ConditionPage.objects.filter(pk=guide.pk).update(comments_mode=mode)


class TestReading:
    def test_list__approved__oldest_first_with_their_replies(
        self, client: Client, guide: ConditionPage
    ) -> None:
        first, second = build_thread(guide, replies=2), build_thread(guide, replies=0)

        answer = client.get(build_url(guide.pk)).json()

        assert [thread["id"] for thread in answer["threads"]] == [first.pk, second.pk]
        assert [len(thread["replies"]) for thread in answer["threads"]] == [2, 0]
        assert (answer["total"], answer["thread_total"]) == (4, 2)
        assert answer["mode"] == "open"

    @pytest.mark.parametrize("status", [CommentStatus.HELD, CommentStatus.SPAM, "binned"])
    def test_list__anything_but_approved__is_not_there_nor_are_its_replies(
        self, client: Client, guide: ConditionPage, status: str
    ) -> None:
        thread = build_thread(guide)
        Comment.objects.filter(pk=thread.pk).update(status=status)

        answer = client.get(build_url(guide.pk)).json()

        assert answer["threads"] == []
        assert (answer["total"], answer["thread_total"]) == (0, 0)

    def test_list__what_is_known_of_the_sender__is_not_in_it(
        self, client: Client, guide: ConditionPage
    ) -> None:
        CommentFactory(
            page=guide,
            status=CommentStatus.APPROVED,
            email="ann@example.com",
            address="192.0.2.7",
            address_hash="f" * 64,
            user_agent="Secret/1.0",
            referrer="https://secret.example/",
        )

        for url in (build_url(guide.pk), f"/api/v2/resolve/?path={guide.public_path}"):
            content = client.get(url).content
            for hidden in (b"ann@", b"192.0.2", b"fff", b"Secret", b"secret.example"):
                assert hidden not in content

    def test_list__html__has_paragraphs_and_links_that_lend_nothing(
        self, client: Client, guide: ConditionPage
    ) -> None:
        text = "It is 3 < 4 & true.\nSee https://a.example/x.\n\n'Bye' ann@b.example javascript:x"
        CommentFactory(page=guide, status=CommentStatus.APPROVED, text=text)

        (thread,) = client.get(build_url(guide.pk)).json()["threads"]

        assert thread["text"] == text
        assert thread["html"] == (
            "<p>It is 3 &lt; 4 &amp; true.<br>See "
            '<a href="https://a.example/x" rel="nofollow ugc noopener">https://a.example/x</a>.</p>'
            "<p>&#x27;Bye&#x27; ann@b.example javascript:x</p>"
        )

    def test_list__limit_and_offset__give_a_part(
        self, client: Client, guide: ConditionPage
    ) -> None:
        threads = [build_thread(guide) for _ in range(3)]

        answer = client.get(build_url(guide.pk), {"limit": 1, "offset": 1}).json()

        assert [thread["id"] for thread in answer["threads"]] == [threads[1].pk]
        assert (answer["total"], answer["thread_total"]) == (6, 3)

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "limit=x", "offset=½"])
    def test_list__wrong_parameter__is_named(
        self, client: Client, guide: ConditionPage, query: str
    ) -> None:
        response = client.get(f"{build_url(guide.pk)}?{query}")

        assert response.status_code == 400
        assert response.json()["code"] == "invalid_parameter"

    def test_list__number_of_threads__costs_no_queries(
        self, client: Client, guide: ConditionPage
    ) -> None:
        counts = []
        for threads in (1, 20):
            for _ in range(threads):
                build_thread(guide, replies=3)
            with CaptureQueriesContext(connection) as queries:
                client.get(build_url(guide.pk))
            counts.append(len(queries))

        assert counts[0] == counts[1] <= 8

    def test_resolve__page_with_comments__carries_them_and_their_tag(
        self, client: Client, guide: ConditionPage
    ) -> None:
        thread = build_thread(guide)

        answer = client.get("/api/v2/resolve/", {"path": guide.public_path}).json()

        assert answer["comments"]["threads"][0]["id"] == thread.pk
        assert f"comments:{guide.pk}" in answer["tags"]

    def test_modes__closed_shows_without_form__hidden_shows_nothing(
        self, client: Client, guide: ConditionPage
    ) -> None:
        build_thread(guide)

        close(guide, "closed")
        closed = client.get(build_url(guide.pk)).json()
        close(guide, "hidden")
        hidden = client.get(build_url(guide.pk)).json()

        assert (closed["mode"], closed["total"]) == ("closed", 2)
        assert (hidden["mode"], hidden["total"], hidden["threads"]) == ("hidden", 0, [])

    def test_closing__days_after_the_first_publication__are_those_of_the_page_or_of_all(
        self, client: Client, guide: ConditionPage
    ) -> None:
        published = timezone.now() - datetime.timedelta(days=10)
        Page.objects.filter(pk=guide.pk).update(first_published_at=published)
        saved = CommentSettings.for_site(guide.get_site())
        saved.close_after_days = 9
        saved.save()

        by_all = client.get(build_url(guide.pk)).json()
        ConditionPage.objects.filter(pk=guide.pk).update(comments_close_after_days=11)
        by_page = client.get(build_url(guide.pk)).json()

        assert (by_all["mode"], by_all["closes_at"]) == ("closed", None)
        assert by_page["mode"] == "open"
        closes_at = datetime.datetime.fromisoformat(by_page["closes_at"])
        assert abs(closes_at - published - datetime.timedelta(days=11)).total_seconds() < 1


class TestSending:
    def test_send__a_comment__is_stored_held_and_not_shown(
        self, client: Client, guide: ConditionPage
    ) -> None:
        response = send(client, guide.pk, email="Ann@Example.com", text="Hello\r\n\r\nagain\t!")

        assert response.status_code == 201
        assert response["Cache-Control"] == "no-store"
        assert response.json() == {
            "state": "held",
            "detail": "Thank you. Your response appears once it has been read.",
        }
        comment = Comment.objects.get()
        assert (comment.status, comment.email) == ("held", "ann@example.com")
        assert comment.text == "Hello\n\nagain !"
        assert client.get(build_url(guide.pk)).json()["total"] == 0

    def test_send__as_a_reply__stands_below_what_it_replies_to(
        self, client: Client, guide: ConditionPage
    ) -> None:
        thread = build_thread(guide, replies=0)

        response = send(client, guide.pk, reply_to=thread.pk)

        assert response.status_code == 201
        assert Comment.objects.get(parent=thread).text == "Thank you, this helped."

    def test_send__reply_to_what_takes_none__is_refused(
        self, client: Client, guide: ConditionPage
    ) -> None:
        thread = build_thread(guide)
        elsewhere = build_thread(ConditionPageFactory(parent=guide.get_parent()))
        held = CommentFactory(page=guide)
        reply = thread.replies.get()

        for parent in (reply.pk, elsewhere.pk, held.pk, 0, -1, 2**63, 2**70, "1", True, 1.0, [1]):
            response = send(client, guide.pk, reply_to=parent)
            assert response.status_code == 400, parent
            problem = response.json()
            assert problem["code"] == "invalid_comment"
            assert [error["field"] for error in problem["errors"]] == ["reply_to"]
        assert Comment.objects.filter(page=guide).count() == 3

    @pytest.mark.parametrize("mode", ["closed", "hidden"])
    def test_send__page_that_is_not_open__is_refused(
        self, client: Client, guide: ConditionPage, mode: str
    ) -> None:
        close(guide, mode)

        for response in (send(client, guide.pk), client.get(f"{build_url(guide.pk)}form/")):
            assert response.status_code == 403
            assert response.json()["code"] == "comments_closed"
        assert not Comment.objects.exists()

    def test_every_method__page_that_readers_do_not_see__answers_like_a_missing_one(
        self, client: Client, guide: ConditionPage
    ) -> None:
        draft = ConditionPageFactory(parent=guide.get_parent(), live=False)
        private = ConditionPageFactory(parent=guide.get_parent())
        make_private(private)
        without = StandardPageFactory(parent=guide.get_parent().get_parent())

        for fields in ({}, {"text": ""}, {"reply_to": 1}, {"idempotency_key": "k"}):
            missing = send(client, 999_999, **fields)
            for hidden in (draft, private, without):
                response = send(client, hidden.pk, **fields)
                assert response.content == missing.content
                assert response.status_code == missing.status_code
                assert response.headers == missing.headers
        for path in ("", "form/", "?limit=1"):
            missing = client.get(f"{build_url(999_999)}{path}")
            assert missing.status_code == 404
            for hidden in (draft, private, without):
                assert client.get(f"{build_url(hidden.pk)}{path}").content == missing.content
        assert not Comment.objects.exists()

    @pytest.mark.parametrize(
        ("origin", "status"),
        [
            (settings.SITE_URL, 201),
            (None, 201),
            ("https://evil.example", 403),
            ("null", 403),
            ("", 403),
            (settings.SITE_URL + ".evil.example", 403),
        ],
    )
    def test_send__from_another_origin__is_refused(
        self, client: Client, guide: ConditionPage, origin: str | None, status: int
    ) -> None:
        headers = {} if origin is None else {"Origin": origin}
        body = json.dumps({"name": "Ann", "text": "Hello"}).encode()

        response = send_raw(client, guide.pk, body, headers=headers)

        assert response.status_code == status
        assert Comment.objects.exists() == (status == 201)


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", ""),
            ("text", " \n\t"),
            ("text", "\u200b\u200d\ufeff"),
            ("text", None),
            ("text", 5),
            ("text", ["a"]),
            ("text", "x" * 10_001),
            ("text", "\n".join("x" * 5_000)),
            ("text", "a\0b"),
            ("text", "half \ud800 of a character"),
            ("text", "<script>alert(1)</script>"),
            ("text", "see <a href='https://x.example'>this</a>"),
            ("text", "<STYLE>*{}"),
            ("text", "<img src=x onerror=alert(1)>"),
            ("text", "<!-- x -->"),
            ("text", "turned \u202e around"),
            ("text", "z" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306" + "algo"),
            ("name", ""),
            ("name", "..."),
            ("name", "x" * 81),
            ("name", "<b>Ann</b>"),
            ("name", "Ann\0"),
            ("name", "\u202dAnn"),
            ("name", {"a": 1}),
            ("email", "ann"),
            ("email", "ann@"),
            ("email", "a" * 250 + "@example.com"),
            ("email", "ann@example.com\0"),
            ("email", False),
            ("idempotency_key", "k" * 101),
            ("form_token", "k" * 201),
            ("honeypot", 5),
            ("unknown", "x"),
        ],
    )
    def test_send__a_wrong_field__is_named_with_what_to_do(
        self, client: Client, guide: ConditionPage, field: str, value: Any
    ) -> None:
        response = send(client, guide.pk, **{field: value})

        assert response.status_code == 400
        problem = response.json()
        assert problem["code"] == "invalid_comment"
        assert [error["field"] for error in problem["errors"]] == [field]
        assert problem["errors"][0]["detail"]
        assert not Comment.objects.exists()

    def test_send__several_wrong_fields__are_all_named(
        self, client: Client, guide: ConditionPage
    ) -> None:
        problem = send(client, guide.pk, name="", text="", email="x").json()

        assert {error["field"] for error in problem["errors"]} == {"name", "text", "email"}

    @pytest.mark.parametrize(
        "text",
        [
            "I <3 massage, and 5 < 6 > 4",
            "Write to <ann@example.com> or <https://a.example>",
            "x" * 10_000,
            "שָׁלוֹם וּבְרָכָה",
            "สวัสดีครับ นวดดีมาก ที่นี่",
            "👩‍⚕️👍🏽 !",
            "Copied\u202a from\u202c a\u2066 phone\u2069",
            "line\n" * 299 + "end",
            "Zoë's naïve café: ½ hour, 20 °C",
            "control \x07 characters \x1b[31m",
        ],
    )
    def test_send__what_people_write__is_taken(
        self, client: Client, guide: ConditionPage, text: str
    ) -> None:
        assert send(client, guide.pk, text=text).status_code == 201
        stored = Comment.objects.get().text
        assert not any(sign in stored for sign in "\x07\x1b\u202a\u2066")

    @pytest.mark.parametrize(
        ("body", "content_type", "status", "code"),
        [
            (b"{", "application/json", 400, "invalid_body"),
            (b"[]", "application/json", 400, "invalid_body"),
            (b"null", "application/json", 400, "invalid_body"),
            (b'"x"', "application/json", 400, "invalid_body"),
            (b"\xff\xfe", "application/json", 400, "invalid_body"),
            (b'{"name": "\xff"}', "application/json", 400, "invalid_body"),
            (b'{"name": "a\0"}', "application/json", 400, "invalid_body"),
            (b"[" * 60_000, "application/json", 400, "invalid_body"),
            (b'{"name": ' + b"9" * 60_000 + b"}", "application/json", 400, "invalid_body"),
            (b"{}", "application/json", 400, "invalid_comment"),
            (b"name=Ann&text=x", "application/x-www-form-urlencoded", 415, ""),
            (b"{}", "text/plain", 415, ""),
            (b"{}", "", 415, ""),
            (b"{}", "application/jsonp", 415, ""),
            (b'"' + b"x" * (64 * 1024) + b'"', "application/json", 413, "request_too_large"),
        ],
    )
    def test_send__what_is_no_comment__is_a_clear_refusal(
        self,
        client: Client,
        guide: ConditionPage,
        body: bytes,
        content_type: str,
        status: int,
        code: str,
    ) -> None:
        response = send_raw(client, guide.pk, body, content_type)

        assert response.status_code == status
        assert response.json()["code"] == (code or "unsupported_media_type")
        assert not Comment.objects.exists()

    def test_send__too_long__is_refused_before_it_is_read(
        self, client: Client, guide: ConditionPage
    ) -> None:
        for length, status in (("999999999", 413), ("65537", 413), ("-1", 400), ("", 400)):
            sent = {"CONTENT_LENGTH": length, "CONTENT_TYPE": "application/json"}
            assert send_raw(client, guide.pk, b"", **sent).status_code == status

    def test_send__10_000_signs_of_four_bytes__fit(
        self, client: Client, guide: ConditionPage
    ) -> None:
        body = json.dumps({"name": "Ann", "text": "😀" * 10_000}, ensure_ascii=False).encode()

        assert send_raw(client, guide.pk, body).status_code == 201


class TestForm:
    def test_form__open_page__has_a_stamp_and_is_never_kept(
        self, client: Client, guide: ConditionPage
    ) -> None:
        response = client.get(f"{build_url(guide.pk)}form/")

        answer = response.json()
        assert response["Cache-Control"] == "no-store"
        assert answer["page_path"] == guide.public_path
        assert answer["reply_to"] is None
        send(client, guide.pk, form_token=answer["token"])
        opened_at = Comment.objects.get().form_opened_at
        assert opened_at is not None
        assert (timezone.now() - opened_at).total_seconds() < 5

    def test_form__reply_to__is_named(self, client: Client, guide: ConditionPage) -> None:
        thread = build_thread(guide)

        answer = client.get(f"{build_url(guide.pk)}form/", {"reply_to": thread.pk}).json()

        assert answer["reply_to"]["name"] == thread.name

    def test_form__reply_to_what_readers_do_not_see__is_not_found(
        self, client: Client, guide: ConditionPage
    ) -> None:
        reply = build_thread(guide).replies.get()
        for hidden in (CommentFactory(page=guide).pk, reply.pk, 999_999):
            response = client.get(f"{build_url(guide.pk)}form/", {"reply_to": hidden})
            assert response.status_code == 404

    @pytest.mark.parametrize("token", ["", "x", "5.1:abc", "{token}x", "🙂", "\0"])
    def test_send__stamp_that_is_not_ours__is_taken_without_it(
        self, client: Client, guide: ConditionPage, token: str
    ) -> None:
        ours = client.get(f"{build_url(guide.pk)}form/").json()["token"]

        response = send(client, guide.pk, form_token=token.replace("{token}", ours))

        assert response.status_code == 201
        assert Comment.objects.get().form_opened_at is None

    def test_send__stamp_of_another_page__does_not_count(
        self, client: Client, guide: ConditionPage
    ) -> None:
        other = ConditionPageFactory(parent=guide.get_parent())
        token = client.get(f"{build_url(other.pk)}form/").json()["token"]

        send(client, guide.pk, form_token=token)

        assert Comment.objects.get().form_opened_at is None
