"""Who gets to the screens of responses, and from where."""

from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.comments.choices import CommentStatus
from cms.comments.models import Comment
from cms.conditions.models import ConditionPage
from tests.factories.comments import CommentFactory
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login
from tests.factories.pages import StandardPageFactory

pytestmark = pytest.mark.django_db

LIST_URL = "/admin/responses/"
HOME = "/admin/"


@pytest.fixture
def guide() -> ConditionPage:
    found: ConditionPage = ConditionPageFactory(parent=build_index(), title="Gout")
    return found


def list_urls(comment: Comment) -> list[str]:
    one = [
        reverse(f"comments:{name}", args=[comment.pk])
        for name in ("detail", "decide", "reply", "edit")
    ]
    return [LIST_URL, f"{LIST_URL}results/", *one]


def build_request(comment: Comment) -> dict[str, str]:
    """What would change something at each of the addresses."""
    return {"decision": "approve", "id": str(comment.pk), "text": "Changed", "name": "Changed"}


@pytest.mark.parametrize("group", ["Editors", None])
def test_screens__for_whoever_may_not_moderate__are_refused_and_change_nothing(
    group: str | None, guide: ConditionPage, client: Client
) -> None:
    comment = CommentFactory(page=guide, email="ann@x.example")
    if group:
        client.force_login(build_login(group))
    refusal = HOME if group else f"{reverse('wagtailadmin_login')}?next="

    for url in list_urls(comment):
        for answer in (client.get(url), client.post(url, build_request(comment))):
            assert answer.status_code == HTTPStatus.FOUND
            assert answer["Location"].startswith(refusal)
    stored = Comment.objects.get()
    assert (stored.status, stored.edited_at) == (CommentStatus.HELD, None)


def test_screens__posted_to_without_a_csrf_token__are_refused(
    guide: ConditionPage, admin_user: AbstractUser
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    comment = CommentFactory(page=guide)

    for url in list_urls(comment):
        assert client.post(url, build_request(comment)).status_code == HTTPStatus.FORBIDDEN
    assert Comment.objects.get().status == CommentStatus.HELD


def test_looking__at_every_screen__changes_nothing(guide: ConditionPage, client: Client) -> None:
    comment = CommentFactory(page=guide)
    client.force_login(build_login("Moderators"))
    before = Comment.objects.values().get()

    for url in list_urls(comment):
        answer = client.get(url, build_request(comment), follow=True)
        assert answer.status_code == HTTPStatus.OK

    assert Comment.objects.values().get() == before


@pytest.mark.parametrize("number", [0, 1, 3])
def test_first_screen__for_a_moderator__says_how_many_wait(
    number: int, guide: ConditionPage, client: Client
) -> None:
    CommentFactory.create_batch(number, page=guide)
    CommentFactory(page=guide, status=CommentStatus.SPAM)
    client.force_login(build_login("Moderators"))

    shown = " ".join(client.get(HOME).content.decode().split())

    label = f"Responses ({number})" if number else "Responses"
    assert f'"label": "{label}"' in shown
    panels = {1: "1 response is waiting", 3: "3 responses are waiting"}
    assert [words for words in panels.values() if words in shown] == (
        [panels[number]] if number else []
    )


def test_first_screen__for_an_editor__says_nothing_of_responses(
    guide: ConditionPage, client: Client
) -> None:
    CommentFactory(page=guide)
    client.force_login(build_login("Editors"))

    shown = client.get(HOME).content.decode()

    assert LIST_URL not in shown
    assert "is waiting" not in shown


def test_editor__of_a_page_that_readers_respond_to__leads_to_its_responses(
    guide: ConditionPage, client: Client
) -> None:
    plain = StandardPageFactory(parent=guide.get_parent().get_parent())
    client.force_login(build_login("Moderators"))

    for page, is_led in ((guide, True), (plain, False)):
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert (f"{LIST_URL}?status=any&amp;page={page.pk}" in shown) is is_led


def test_reports__lead_to_a_response__for_moderators_alone(guide: ConditionPage) -> None:
    comment = CommentFactory(page=guide)

    found = [
        AdminURLFinder(user).get_edit_url(comment)
        for user in (build_login("Moderators"), build_login("Editors"))
    ]

    assert found == [f"{LIST_URL}{comment.pk}/", None]


def test_groups__may_be_given_the_permission(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("boss"))

    shown = client.get(reverse("wagtailusers_groups:add")).content.decode()

    assert "Can moderate responses" in shown
