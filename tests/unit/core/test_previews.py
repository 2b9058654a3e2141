"""There is no preview of pages: nothing offers one, and asking for one breaks nothing."""

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.editor_forms import build_editor_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


@pytest.fixture
def draft() -> Page:
    """A live page with a newer draft."""
    page = ConditionPageFactory(parent=build_index(), live=False)
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    page.title = "Newer"
    page.save_revision(clean=False)
    page.refresh_from_db()
    return page


def test_preview_views__without_previews__send_the_editor_back(draft: Page, admin: Client) -> None:
    revision = draft.get_latest_revision()
    parent = draft.get_parent()
    edit = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    add_args = ["conditions", "conditionpage", parent.pk]
    add = reverse("wagtailadmin_pages:preview_on_add", args=add_args)
    data = build_editor_data(draft, slug="preview")

    assert admin.post(edit, data).status_code == 200
    assert admin.post(add, data).status_code == 200
    for address in (
        edit,
        add,
        reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[draft.pk, revision.pk]),
    ):
        for query in ("", "?mode=", "?mode=other&in_preview_panel=true"):
            answer = admin.get(address + query)
            assert answer.status_code == 302
            assert answer.headers["Location"] == reverse("wagtailadmin_home")


def test_admin_screens__without_previews__offer_none(draft: Page, admin: Client) -> None:
    parent = draft.get_parent()
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[parent.pk]),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:history", args=[draft.pk]),
        reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", parent.pk]),
    ):
        answer = admin.get(address)
        assert answer.status_code == 200
        content = answer.content.decode()
        assert "/view_draft/" not in content
        assert "/preview/" not in content.replace(reverse("wagtailadmin_block_preview"), "")
