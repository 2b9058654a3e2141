"""Drafts of condition pages: saved while somebody types, and compared whatever they lack."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse

from cms.blocks.streams import ConditionBody
from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.images.models import SiteImage
from tests.factories.conditions import ConditionPageFactory, build_block, build_index
from tests.factories.editor_forms import build_editor_data
from tests.factories.images import SiteImageFactory, build_upload

pytestmark = pytest.mark.django_db

UNFINISHED = [("summary", "x" * 250), ("icd10_code", "G3")]


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


def save(admin: Client, page: ConditionPage, accept: str = "text/html", **changes: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return admin.post(address, build_editor_data(page, **changes), HTTP_ACCEPT=accept)


def get_draft(page: ConditionPage) -> ConditionPage:
    return ConditionPage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize(("name", "value"), UNFINISHED)
def test_a_draft__saved_while_somebody_types__is_not_refused(
    name: str, value: str, index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index)

    assert save(admin, page, accept="application/json", **{name: value}).json()["success"]
    assert save(admin, page, **{name: value}).status_code == 302
    assert getattr(get_draft(page), name) == value


@pytest.mark.parametrize(("name", "value"), UNFINISHED)
def test_publishing__what_only_a_draft_may_hold__is_named_once_beside_its_field(
    name: str, value: str, index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index)

    answer = save(admin, page, **{name: value, "action-publish": "1"})

    assert len(answer.context["form"].errors[name]) == 1
    assert getattr(ConditionPage.objects.get(pk=page.pk), name) != value


def test_a_draft__a_code_that_no_column_could_hold__is_refused(
    index: ConditionIndexPage, admin: Client
) -> None:
    answer = save(admin, ConditionPageFactory(parent=index), icd10_code="G35.123456")

    assert list(answer.context["form"].errors) == ["icd10_code"]


def test_summary__longer_than_a_search_result__can_be_typed(
    index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index)
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    assert "maxlength" not in str(form["summary"])


def compare(admin: Client, page: ConditionPage, older: int, newer: int) -> Any:
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, older, newer])
    return admin.get(address)


@pytest.mark.parametrize("name", list(ConditionBody().child_blocks))
def test_comparing__a_draft_with_an_empty_block__shows_it(
    name: str, index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index)
    before = page.save_revision()
    page.body = [*page.body.raw_data, {"type": name, "value": {}}]
    save(admin, page)
    empty = ConditionPage.objects.get(pk=page.pk).get_latest_revision()
    save(admin, empty.as_object(), title="Another title")
    after = ConditionPage.objects.get(pk=page.pk).get_latest_revision()

    for older, newer in ((before, empty), (empty, after), (after, before)):
        assert compare(admin, page, older.pk, newer.pk).status_code == 200


def test_comparing__a_picture_chosen_since__names_it(
    index: ConditionIndexPage,
    admin: Client,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(SiteImage, "generate_rendition_file", lambda *_: build_upload())
    image = SiteImageFactory(title="Two hands")
    page = ConditionPageFactory(parent=index)
    figure_id = "6a1f9d4e-7c53-4d3c-9d0b-3c5a3a6a9e11"
    revisions = []
    for picture in ({}, {"image": image.pk, "alt_text": "Hands on a back"}):
        figure = build_block("figure", image=picture, caption="", credit="")
        page.body = [{**figure, "id": figure_id}]
        revisions.append(page.save_revision(clean=False).pk)

    for older, newer in (revisions, reversed(revisions)):
        content = compare(admin, page, older, newer).content.decode()
        assert "Hands on a back" in content
        assert "<dd>None" not in content


def test_intro__with_what_readers_may_not_have__is_stored_clean(index: ConditionIndexPage) -> None:
    index.intro = '<p onclick="x">A to Z<script>alert(1)</script></p>'
    index.save()

    assert ConditionIndexPage.objects.get(pk=index.pk).intro == "<p>A to Z</p>"
