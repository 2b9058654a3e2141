"""Deleting people: refused while a page names them, harmless afterwards."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.conditions.models import ConditionIndexPage, ConditionPage, Person
from cms.conditions.people_in_use import PersonInUseError, find_pages_naming
from tests.factories.conditions import (
    ConditionPageFactory,
    PersonFactory,
    build_block,
    build_guidance,
    build_index,
)
from tests.factories.editor_forms import build_editor_data
from tests.factories.pages import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


def build_experience(person: Person) -> dict[str, object]:
    return build_block("experience", heading="Seen", person=person.pk, text="<p>x</p>", places=[])


def name_in_row(index: ConditionIndexPage, person: Person) -> Page:
    return ConditionPageFactory(parent=index, author=person)


def name_in_block(index: ConditionIndexPage, person: Person) -> Page:
    return ConditionPageFactory(parent=index, body=[build_guidance(), build_experience(person)])


def name_in_block_of_standard_page(index: ConditionIndexPage, person: Person) -> Page:
    return StandardPageFactory(parent=index.get_parent(), body=[build_experience(person)])


def name_in_draft(index: ConditionIndexPage, person: Person) -> Page:
    page = ConditionPageFactory(parent=index)
    draft = ConditionPage.objects.get(pk=page.pk)
    draft.reviewed_by = person
    draft.save_revision(clean=False)
    return page


def name_in_block_of_draft(index: ConditionIndexPage, person: Person) -> Page:
    page = ConditionPageFactory(parent=index)
    draft = ConditionPage.objects.get(pk=page.pk)
    draft.body = [build_experience(person)]
    draft.save_revision(clean=False)
    return page


def name_in_scheduled_version(index: ConditionIndexPage, person: Person) -> Page:
    page = name_in_draft(index, person)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    Revision.objects.filter(object_id=str(page.pk)).update(approved_go_live_at=tomorrow)
    ConditionPage.objects.get(pk=page.pk).save_revision(clean=False)
    return page


WAYS_TO_NAME = [
    name_in_row,
    name_in_block,
    name_in_block_of_standard_page,
    name_in_draft,
    name_in_block_of_draft,
    name_in_scheduled_version,
]


@pytest.mark.parametrize("way", WAYS_TO_NAME)
def test_deleting_a_person__whom_a_page_names__is_refused_with_the_pages(
    way: Callable[[ConditionIndexPage, Person], Page], index: ConditionIndexPage, admin: Client
) -> None:
    person = PersonFactory()
    page = way(index, person)
    single = reverse("wagtailsnippets_conditions_person:delete", args=[person.pk])
    bulk = reverse("wagtail_bulk_action", args=["conditions", "person", "delete"])

    for address in (single, f"{bulk}?id={person.pk}&id={PersonFactory().pk}"):
        for send in (admin.get, admin.post):
            answer = send(address, follow=True)
            assert answer.status_code == 200
            content = answer.content.decode()
            assert f"{person} was not deleted" in content
            assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in content
            assert page.title in content
    for people in (person, Person.objects.filter(pk=person.pk)):
        with pytest.raises(PersonInUseError, match=page.title), transaction.atomic():
            people.delete()

    assert Person.objects.filter(pk=person.pk).exists()


def test_deleting_a_person__whom_no_page_names__works(
    index: ConditionIndexPage, admin: Client
) -> None:
    ConditionPageFactory(parent=index)
    first, second = PersonFactory(), PersonFactory()

    admin.post(reverse("wagtailsnippets_conditions_person:delete", args=[first.pk]))
    bulk = reverse("wagtail_bulk_action", args=["conditions", "person", "delete"])
    admin.post(f"{bulk}?id={second.pk}")

    assert not Person.objects.filter(pk__in=[first.pk, second.pk]).exists()


def test_an_old_version__that_names_a_deleted_person__opens_without_the_person(
    index: ConditionIndexPage, admin: Client
) -> None:
    person = PersonFactory()
    page = ConditionPageFactory(parent=index, live=False, author=person, reviewed_by=person)
    page.body = [build_guidance(), build_experience(person)]
    old = page.save_revision(clean=False)
    page.author, page.reviewed_by, page.body = None, PersonFactory(), [build_guidance()]
    page.save_revision(clean=False).publish()
    Person.objects.get(pk=person.pk).delete()

    for name, args in (
        ("edit", [page.pk]),
        ("history", [page.pk]),
        ("revisions_revert", [page.pk, old.pk]),
        ("revisions_compare", [page.pk, old.pk, "latest"]),
    ):
        assert admin.get(reverse(f"wagtailadmin_pages:{name}", args=args)).status_code == 200
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    answer = admin.post(revert, build_editor_data(old.as_object()))

    assert answer.status_code == 302
    draft = ConditionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.reviewed_by is None


def test_a_draft__that_names_somebody_who_is_gone__is_edited_and_published_by_nobody(
    index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index)
    revision = page.save_revision(clean=False)
    Revision.objects.filter(pk=revision.pk).update(
        content={**revision.content, "reviewed_by": 999_999}
    )

    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    published = admin.post(f"{bulk}?id={page.pk}", {"include_descendants": ""}, follow=True)

    assert edit.status_code == 200
    assert "Say who checked the page." in published.content.decode()
    assert ConditionPage.objects.get(pk=page.pk).reviewed_by == page.reviewed_by


@pytest.mark.parametrize("body", ["[5]", "5", "null", "not JSON", ""])
def test_find_pages_naming__a_version_that_cannot_be_read__names_nobody(
    body: str, index: ConditionIndexPage
) -> None:
    page = ConditionPageFactory(parent=index)
    revision = page.save_revision(clean=False)
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "body": body})

    assert find_pages_naming(PersonFactory()) == []
