"""What says who a reader is stays where it is: from the form to the page, and when it is erased."""

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from cms.comments.admin.decisions import DECISIONS
from cms.comments.checking import check
from cms.comments.mail import tokens
from cms.comments.mail.sending import send_due_mail
from cms.comments.models import Comment, CommentSettings
from cms.comments.spam.akismet import AkismetProvider
from cms.conditions.models import ConditionPage
from tests.api.comment_calls import build_url, send
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

EMAIL = "zoe.private@example.com"
ADDRESS = "192.0.2.77"
# What of it would tell: any part that is nowhere else.
TELLING = ("zoe.private", ADDRESS, "ZoesBrowser", "zoes-search")
HEADERS = {"User-Agent": "ZoesBrowser/1.0", "Referer": "https://example.org/?q=zoes-search"}


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    saved = CommentSettings.for_site(found.get_site())
    saved.mail_to = "aaron@example.org"
    saved.save()
    return found


def fail(*_: Any) -> Any:
    raise OSError(f"cannot send {EMAIL}, {ADDRESS}")


def find_telling(text: str) -> list[str]:
    return [part for part in TELLING if part in text]


def test_sender__from_the_form_to_the_page__is_in_no_answer_mail_or_log(
    guide: ConditionPage,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(AkismetProvider, "_open_client", fail)
    caplog.set_level("DEBUG")
    reader = Client(headers=HEADERS)

    answers = [
        send(reader, guide.pk, reader=ADDRESS, email=EMAIL),
        # Again, refused, and refused for its address.
        send(reader, guide.pk, reader=ADDRESS, email=EMAIL),
        send(reader, guide.pk, reader=ADDRESS, email=EMAIL, text=""),
        send(reader, guide.pk, reader=ADDRESS, email=f"{EMAIL}@"),
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 400, 400]
    comment = Comment.objects.get()
    # As it is while Akismet may ask for it.
    sender = {"address": ADDRESS, "user_agent": "ZoesBrowser/1.0", "referrer": HEADERS["Referer"]}
    Comment.objects.update(status="held", checked_at=None, **sender)
    comment.refresh_from_db()
    assert find_telling(str(comment.__dict__)) == list(TELLING)
    settings.AKISMET_KEY = "a-key"
    check(comment.pk)
    assert send_due_mail() == 1
    link = f"/responses/{tokens.sign(comment, DECISIONS['approve'])}/"
    answers += [reader.get(link), reader.post(link), reader.get(link)]
    for path in (
        build_url(guide.pk),
        f"/api/v2/pages/{guide.pk}/",
        "/api/v2/pages/",
        f"/api/v2/resolve/?path={guide.public_path}",
        "/api/v2/search/?q=zoe",
        "/api/v2/schema/",
    ):
        answers.append(reader.get(path))
        assert answers[-1].status_code == 200, path
    assert comment.text in answers[-6].content.decode()

    told = [str(sorted(answer.items())) + answer.content.decode() for answer in answers]
    assert [find_telling(text) for text in told] == [[]] * len(answers)
    (message,) = mail.outbox
    html, _type = message.alternatives[0]  # type: ignore[attr-defined]
    assert find_telling(message.message().as_string() + message.body + html) == []
    assert find_telling(caplog.text) == []


def test_sender__given_out_and_erased__is_in_no_log(
    guide: ConditionPage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    send(Client(headers=HEADERS), guide.pk, reader=ADDRESS, email=EMAIL)
    moderator = Client()
    moderator.force_login(build_login("Moderators"))

    for action in ("find", "download", "ask", "erase"):
        moderator.post("/admin/personal-data/", {"email": EMAIL, "action": action})
    send(Client(headers=HEADERS), guide.pk, reader=ADDRESS, email=EMAIL)
    said: list[Any] = []
    for arguments in (["export_comments", EMAIL], ["erase_comments", EMAIL, "--yes"]):
        output = StringIO()
        call_command(*arguments, stdout=output)
        said.append(output.getvalue())

    assert find_telling(said[0]) != []
    assert said[1] == "1 deleted.\n"
    assert not Comment.objects.exists()
    assert find_telling(caplog.text) == []
