"""A change in the admin is made whole or not at all."""

from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from cms.conditions.models import ConditionIndexPage, ConditionPage, Person
from cms.core.admin_requests import AdminChangeMiddleware
from cms.core.publishing import PublishProblem
from tests.factories.conditions import ConditionPageFactory, PersonFactory, build_index
from tests.factories.editor_forms import build_editor_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


@pytest.fixture
def form_that_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that lets an incomplete page pass, as when it became so after the form had looked."""

    def find_no_problems(page: Page) -> list[PublishProblem]:
        return []

    monkeypatch.setattr("cms.core.page_form.publish_problems", find_no_problems)


@pytest.mark.usefixtures("form_that_asks_nothing")
@pytest.mark.parametrize("is_live", [True, False])
def test_publishing_in_the_editor__refused_after_the_form_was_saved__changes_nothing(
    is_live: bool, index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index, live=is_live)
    before = page.save_revision(clean=False)
    page.refresh_from_db()
    log_entries = PageLogEntry.objects.count()
    data = build_editor_data(page, title="Another", summary="Short", **{"action-publish": "1"})

    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)

    stored = ConditionPage.objects.get(pk=page.pk)
    assert (stored.title, stored.live) == (page.title, is_live)
    assert stored.latest_revision == before
    assert stored.revisions.count() == 1
    assert PageLogEntry.objects.count() == log_entries
    assert "The summary is too short" in answer.content.decode()


@pytest.mark.usefixtures("form_that_asks_nothing")
def test_publishing_a_new_page__refused_after_the_form_was_saved__makes_no_page(
    index: ConditionIndexPage, admin: Client
) -> None:
    source = ConditionPageFactory.build(slug="another", author=None, reviewed_by=None)
    address = reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])

    answer = admin.post(address, build_editor_data(source, **{"action-publish": "1"}), follow=True)

    assert not Page.objects.filter(slug="another").exists()
    assert ConditionIndexPage.objects.get(pk=index.pk).numchild == 0
    assert "Say who checked the page." in answer.content.decode()


@pytest.mark.parametrize(("status", "is_kept"), [(200, True), (302, True), (400, False)])
def test_a_change_that_answers_with_an_error__is_undone(
    status: int, is_kept: bool, rf: RequestFactory
) -> None:
    def make_person(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        PersonFactory()
        return HttpResponse(status=status)

    middleware = AdminChangeMiddleware(lambda request: HttpResponse(status=HTTPStatus.NOT_FOUND))

    answer = middleware.process_view(rf.post(reverse("wagtailadmin_home")), make_person, (), {})

    assert answer is not None
    assert Person.objects.exists() == is_kept
