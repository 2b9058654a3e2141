"""Everything known of somebody is given out, or erased, by their e-mail address."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from cms.comments import moderation
from cms.comments.models import Comment, OriginalComment
from cms.comments.reading import fetch_comment_list
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

EMAIL = "ann@example.com"
SECRETS = ("Ann Smith", "of 5 High St", "192.0.2.7", EMAIL)
URL = "/admin/personal-data/"


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index())
    return found


@pytest.fixture
def admin(admin_client: Client) -> Client:
    return admin_client


def build_hers(guide: ConditionPage, **fields: Any) -> Comment:
    """A response of Ann's that somebody has edited."""
    comment: Comment = CommentFactory(
        page=guide,
        email=EMAIL,
        name="Ann Smith",
        text="I am Ann Smith of 5 High St",
        address="192.0.2.7",
        **fields,
    )
    moderation.edit(comment, None, name="Ann", text="I am Ann.")
    return comment


def run(name: str, *arguments: str) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output)
    return output.getvalue()


class TestExport:
    def test_export__has_all_that_is_kept(self, guide: ConditionPage) -> None:
        build_hers(guide)
        CommentFactory(page=guide, email="bob@example.com")

        exported = run("export_comments", " ANN@Example.com ")

        assert [secret for secret in SECRETS if secret not in exported] == []
        (response,) = json.loads(exported)["responses"]
        assert response["page"].endswith(guide.public_path)
        assert response["written_first"]["text"] == "I am Ann Smith of 5 High St"

    def test_export__nobody__is_empty(self) -> None:
        assert json.loads(run("export_comments", EMAIL))["responses"] == []

    @pytest.mark.parametrize("command", ["export_comments", "erase_comments"])
    def test_commands__no_address__is_refused_with_words(self, command: str) -> None:
        for typed in ("", "ann"):
            with pytest.raises(CommandError, match="name@example"):
                run(command, typed)


class TestErase:
    def test_erase__leaves_nothing_of_theirs_and_all_of_others(self, guide: ConditionPage) -> None:
        build_hers(guide, status="approved")
        build_hers(guide, status="spam")
        other = CommentFactory(page=guide, email="bob@example.com")

        assert run("erase_comments", "Ann@example.com", "--yes") == "2 deleted.\n"

        assert list(Comment.objects.all()) == [other]
        assert not OriginalComment.objects.exists()

    @pytest.mark.parametrize("status", ["approved", "held"])
    def test_erase__with_replies_of_others__keeps_their_place(
        self, guide: ConditionPage, status: str
    ) -> None:
        hers = build_hers(guide, status="approved")
        reply = CommentFactory(page=guide, parent=hers, status=status)

        said = run("erase_comments", EMAIL, "--yes")

        assert said == "0 deleted, 1 emptied, since others have replied.\n"
        (thread,) = fetch_comment_list(guide)["threads"]
        assert thread["is_removed"] is True
        assert Comment.objects.filter(pk=reply.pk).exists()
        row = str(Comment.objects.filter(pk=hers.pk).values())
        assert not [secret for secret in SECRETS if secret in row]
        assert not OriginalComment.objects.exists()
        assert run("erase_comments", EMAIL, "--yes").startswith("No response")

    def test_erase__before_the_check_and_the_mail__leaves_nothing_to_check_or_tell_of(
        self, guide: ConditionPage
    ) -> None:
        hers = build_hers(guide, checked_at=None)
        CommentFactory(page=guide, parent=hers)

        run("erase_comments", EMAIL, "--yes")

        hers.refresh_from_db()
        assert hers.checked_at is not None
        assert hers.mailed_at is not None

    def test_erase__history__never_held_a_word_of_it(self, guide: ConditionPage) -> None:
        hers = build_hers(guide)
        moderation.approve(hers, None)

        history = str(list(ModelLogEntry.objects.values()))

        assert "comments.approve" in history
        assert not [secret for secret in SECRETS if secret in history]

    def test_erase__asks_first(self, guide: ConditionPage, monkeypatch: pytest.MonkeyPatch) -> None:
        build_hers(guide)
        monkeypatch.setattr("builtins.input", lambda _question: "no")
        with pytest.raises(CommandError, match="Nothing was deleted"):
            run("erase_comments", EMAIL)
        monkeypatch.setattr("builtins.input", lambda _question: "yes")

        assert run("erase_comments", EMAIL) == "1 deleted.\n"


class TestScreen:
    def test_screen__found__is_listed_given_out_and_erased_after_a_question(
        self, guide: ConditionPage, admin: Client
    ) -> None:
        comment = build_hers(guide)

        found = admin.post(URL, {"email": "ANN@example.com", "action": "find"})
        assert f"/admin/responses/{comment.pk}/" in found.content.decode()
        download = admin.post(URL, {"email": EMAIL, "action": "download"})
        assert "attachment" in download["Content-Disposition"]
        assert "no-store" in download["Cache-Control"]
        assert download.json()["responses"][0]["text"] == "I am Ann."
        asked = admin.post(URL, {"email": EMAIL, "action": "ask"})
        assert "Erase for good?" in asked.content.decode()
        assert Comment.objects.exists()
        erased = admin.post(URL, {"email": EMAIL, "action": "erase"}, follow=True)
        assert "1 deleted" in erased.content.decode()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("typed", ["", "x", "a" * 300])
    def test_screen__no_address__is_said_beside_the_field(self, admin: Client, typed: str) -> None:
        response = admin.post(URL, {"email": typed, "action": "erase"})

        assert response.status_code == 200
        assert "error-message" in response.content.decode()

    def test_screen__nobody__says_so(self, admin: Client) -> None:
        html = admin.post(URL, {"email": EMAIL, "action": "find"}).content.decode()

        assert "No response was sent with this address." in html

    def test_screen__editors__are_refused(self, guide: ConditionPage, client: Client) -> None:
        build_hers(guide)
        client.force_login(build_login("Editors"))
        for response in (client.get(URL), client.post(URL, {"email": EMAIL, "action": "erase"})):
            assert response.status_code == 302
        assert Comment.objects.exists()

    def test_screen__moderators__may(self, client: Client) -> None:
        client.force_login(build_login("Moderators"))

        assert client.get(URL).status_code == 200
        assert User.objects.count() == 1
