"""The therapist hears of what waits, each once; and decides by a link that asks first."""

import datetime
import re
import socket
import threading
import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.utils import timezone

from cms.comments import moderation
from cms.comments.admin.decisions import DECISIONS
from cms.comments.mail import sending, tokens
from cms.comments.mail.sending import send_due_mail
from cms.comments.models import Comment, CommentSettings
from cms.comments.models.comment_settings import MailMode
from cms.conditions.models import ConditionPage
from cms.core.log_masking import mask_tokens
from tests.factories.comments import CommentFactory
from tests.factories.conditions import ConditionPageFactory, build_index

pytestmark = pytest.mark.django_db

NEVER_SENT = "private@example.com", "192.0.2.77", "Secret-Agent"


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index(), title="Massage for Gout")
    set_mail(found, MailMode.EACH)
    return found


def set_mail(guide: ConditionPage, mode: str, to: str = "aaron@example.org") -> None:
    saved = CommentSettings.for_site(guide.get_site())
    saved.mail_mode, saved.mail_to = mode, to
    saved.save()


def build_waiting(guide: ConditionPage, **fields: Any) -> Comment:
    known = {"email": NEVER_SENT[0], "address": NEVER_SENT[1], "user_agent": NEVER_SENT[2]}
    comment: Comment = CommentFactory(page=guide, **{**known, **fields})
    return comment


def read(message: Any) -> str:
    """All that is sent."""
    return str(message.message().as_bytes().decode()) + message.body + message.alternatives[0][0]


def build_url(comment: Comment, name: str = "approve") -> str:
    return f"/responses/{tokens.sign(comment, DECISIONS[name])}/"


class TestSending:
    def test_each__is_sent_once_and_says_what_is_needed(self, guide: ConditionPage) -> None:
        comment = build_waiting(
            guide,
            name="Ann",
            text="Is 3 < 4?\n\nSee https://a.example",
            reasons=[{"provider": "local", "code": "links", "text": "Has one link"}],
        )

        assert send_due_mail() == 1
        assert send_due_mail() == 0

        (message,) = mail.outbox
        assert message.to == ["aaron@example.org"]
        assert message.subject == "A response waits: Massage for Gout"
        html, _type = message.alternatives[0]
        assert "Is 3 < 4?" in message.body
        assert "Is 3 &lt; 4?" in html
        for part in (message.body, html):
            assert "Ann" in part
            assert "Has one link" in part
            assert f"/admin/responses/{comment.pk}/" in part
            assert len(set(re.findall(r"/responses/(\d+\.[a-z]+\.\d+:[\w-]{43})/", part))) == 3

    def test_each__what_says_who_the_reader_is__is_not_in_it(self, guide: ConditionPage) -> None:
        build_waiting(guide)

        send_due_mail()

        assert not [word for word in NEVER_SENT if word in read(mail.outbox[0])]

    def test_each__what_strangers_write__is_text(self, guide: ConditionPage) -> None:
        build_waiting(guide, name="A <b>", text="<script>alert(1)</script>")

        send_due_mail()

        html, _type = mail.outbox[0].alternatives[0]
        assert "<script>" not in html
        assert "A &lt;b&gt;" in html

    def test_each__lines_that_look_like_ours__are_set_apart(self, guide: ConditionPage) -> None:
        build_waiting(guide, text="Hello\n\nApprove: https://evil.example/responses/1/")

        send_due_mail()

        body = mail.outbox[0].body
        assert "\n> Hello\n>\n> Approve: https://evil.example/" in body
        assert "\nApprove: https://evil.example/" not in body

    def test_each__title_with_a_line_break__makes_no_header(self, guide: ConditionPage) -> None:
        guide.title = "Gout\r\nBcc: evil@example.org"
        guide.save()
        build_waiting(guide)

        send_due_mail()

        assert mail.outbox[0].message()["Bcc"] is None

    @pytest.mark.parametrize("status", ["approved", "spam", "binned"])
    def test_what_waits_for_nobody__is_not_mailed(self, guide: ConditionPage, status: str) -> None:
        build_waiting(guide, status=status)

        assert send_due_mail() == 0

    def test_unchecked__is_mailed_when_the_check_is_late(self, guide: ConditionPage) -> None:
        comment = build_waiting(guide, checked_at=None)
        assert send_due_mail() == 0
        long_ago = timezone.now() - datetime.timedelta(minutes=6)
        Comment.objects.filter(pk=comment.pk).update(sent_at=long_ago)

        assert send_due_mail() == 1

    def test_many_at_once__come_in_one_mail(self, guide: ConditionPage) -> None:
        for _ in range(sending.MOST_SINGLE + 1):
            build_waiting(guide)

        assert send_due_mail() == sending.MOST_SINGLE + 1
        (message,) = mail.outbox
        assert message.subject == "6 new responses wait for you"
        assert message.body.startswith("6 new responses wait for you, 6 in all: http")

    def test_daily__is_one_mail_a_day(self, guide: ConditionPage) -> None:
        set_mail(guide, MailMode.DAILY)
        build_waiting(guide)
        assert send_due_mail() == 1
        build_waiting(guide)
        assert send_due_mail() == 0
        yesterday = timezone.now() - datetime.timedelta(days=1)
        Comment.objects.exclude(mailed_at=None).update(mailed_at=yesterday)

        assert send_due_mail() == 1
        assert len(mail.outbox) == 2

    @pytest.mark.parametrize(
        ("mode", "to"), [(MailMode.NEVER, "a@example.org"), (MailMode.EACH, "")]
    )
    def test_no_mail_wanted__later_brings_no_old_news(
        self, guide: ConditionPage, mode: str, to: str
    ) -> None:
        set_mail(guide, mode, to)
        build_waiting(guide)
        assert send_due_mail() == 0

        set_mail(guide, MailMode.EACH)

        assert send_due_mail() == 0
        assert mail.outbox == []

    def test_server_away__is_tried_again_after_a_while(
        self, guide: ConditionPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build_waiting(guide)
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", fail)
            with pytest.raises(OSError, match="away"):
                send_due_mail()
        assert send_due_mail() == 0
        earlier = timezone.now() - sending.CLAIMED_FOR
        Comment.objects.update(mail_claimed_at=earlier)

        assert send_due_mail() == 1

    def test_server_that_says_nothing__keeps_nobody_waiting(
        self, guide: ConditionPage, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build_waiting(guide)
        monkeypatch.setattr(sending, "ANSWER_WITHIN", 0.2)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
            started = time.monotonic()
            with pytest.raises(OSError, match="timed out"):
                send_due_mail()
        assert time.monotonic() - started < 5
        assert Comment.objects.get().mailed_at is None


def fail(*_: Any) -> int:
    raise OSError("the mail server is away")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_processes_at_once__send_one_mail(guide: ConditionPage) -> None:
    for _ in range(3):
        build_waiting(guide)
    barrier = threading.Barrier(4)

    def run() -> None:
        barrier.wait()
        try:
            send_due_mail()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mail.outbox) == 3


class TestLinks:
    def test_link__fetched__shows_the_response_and_changes_nothing(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = build_waiting(guide, name="Ann <b>", text="Hello <script>")

        response = client.get(build_url(comment))

        html = response.content.decode()
        assert response.status_code == 200
        assert "Hello &lt;script&gt;" in html
        assert "Ann &lt;b&gt;" in html
        assert '<form method="post">' in html
        assert not [word for word in NEVER_SENT if word in html]
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        comment.refresh_from_db()
        assert comment.status == "held"

    @pytest.mark.parametrize(
        ("name", "status"), [("approve", "approved"), ("spam", "spam"), ("bin", "binned")]
    )
    def test_link__confirmed__does_it_once_and_says_so(
        self, guide: ConditionPage, name: str, status: str
    ) -> None:
        comment = build_waiting(guide)
        client = Client(enforce_csrf_checks=True)

        first, second = (client.post(build_url(comment, name)) for _ in range(2))

        comment.refresh_from_db()
        assert comment.status == status
        assert "Done" in first.content.decode()
        assert "already" in second.content.decode()
        assert "<form" not in second.content.decode()

    def test_link__somebody_logged_in__works_all_the_same(self, guide: ConditionPage) -> None:
        comment = build_waiting(guide)
        client = Client(enforce_csrf_checks=True)
        client.force_login(User.objects.create_superuser("aaron"))

        assert client.post(build_url(comment)).status_code == 200
        comment.refresh_from_db()
        assert comment.status == "approved"

    def test_link__decided_otherwise_meanwhile__says_how_it_is(
        self, guide: ConditionPage, client: Client
    ) -> None:
        comment = build_waiting(guide)
        url = build_url(comment)
        moderation.mark_as_spam(comment, None)

        html = client.get(url).content.decode()

        assert "<strong>Spam</strong>" in html

    def test_link__tampered__opens_nothing(self, guide: ConditionPage, client: Client) -> None:
        comment, other = build_waiting(guide), build_waiting(guide)
        token = tokens.sign(comment, DECISIONS["spam"])
        said, _, signature = token.rpartition(":")
        number, name, expiry = said.split(".")
        for forged in (
            f"{other.pk}.{name}.{expiry}:{signature}",
            f"{number}.approve.{expiry}:{signature}",
            f"{number}.restore.{expiry}:{signature}",
            f"{number}.{name}.{int(expiry) + 1}:{signature}",
            token[:-1],
            "x",
            "🙂",
        ):
            for method in (client.get, client.post):
                response = method(f"/responses/{forged}/")
                assert response.status_code == 404
                assert "does not work" in response.content.decode()
        assert set(Comment.objects.values_list("status", flat=True)) == {"held"}

    def test_link__too_old__says_so(
        self, guide: ConditionPage, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        comment = build_waiting(guide)
        monkeypatch.setattr(tokens, "LIFETIME", datetime.timedelta(0))

        response = client.post(build_url(comment))

        assert response.status_code == 410
        comment.refresh_from_db()
        assert comment.status == "held"

    def test_link__of_a_comment_that_is_gone__says_so(
        self, guide: ConditionPage, client: Client
    ) -> None:
        url = build_url(build_waiting(guide))
        Comment.objects.all().delete()

        for method in (client.get, client.post):
            response = method(url)
            assert response.status_code == 404
            assert "not there any more" in response.content.decode()

    def test_token__is_hidden_in_logs(self, guide: ConditionPage) -> None:
        token = tokens.sign(build_waiting(guide), DECISIONS["approve"])

        for spelling in (token, token.replace(":", "%3A"), token.replace(".", "%2e")):
            line = mask_tokens(f"GET /responses/{spelling}/ 200")
            assert line == "GET /responses/[token]/ 200"
