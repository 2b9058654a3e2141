"""What a new installation lets Wagtail's two groups do."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.conditions.models import BodySystem, ConditionIndexPage, Person
from cms.images.models import SiteImage
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionPageFactory,
    PersonFactory,
    build_index,
)
from tests.factories.images import build_upload
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("group", ["Editors", "Moderators"])
# Where Wagtail sends those who may not.
DENIED = HTTPStatus.FOUND


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def log_in(client: Client, group: str) -> Client:
    client.force_login(build_login(group))
    return client


def get_status(client: Client, name: str, *args: object) -> int:
    return client.get(reverse(name, args=args)).status_code


def test_new_installation__every_page_has_the_default_workflow(index: ConditionIndexPage) -> None:
    workflow = ConditionPageFactory(parent=index).get_workflow()

    assert workflow.name == "Moderators approval"
    assert workflow.active
    assert [group.name for task in workflow.tasks for group in task.specific.groups.all()] == [
        "Moderators"
    ]


@BOTH
def test_group__can_write_and_choose_what_a_page_needs(
    group: str, index: ConditionIndexPage, client: Client
) -> None:
    log_in(client, group)

    add = ("wagtailadmin_pages:add", "conditions", "conditionpage", index.pk)
    assert get_status(client, *add) == HTTPStatus.OK
    for name in (
        "wagtailadmin_home",
        "wagtailimages:index",
        "wagtailimages_chooser:choose",
        "wagtailsnippetchoosers_conditions_person:choose",
        "wagtailsnippetchoosers_conditions_bodysystem:choose",
        "wagtailsnippets_conditions_person:list",
        "wagtailsnippets_conditions_bodysystem:list",
    ):
        assert get_status(client, name) == HTTPStatus.OK, name


@BOTH
def test_group__can_add_people_topics_and_pictures(group: str, client: Client) -> None:
    log_in(client, group)

    client.post(reverse("wagtailsnippets_conditions_person:add"), {"name": "Dana Demo"})
    client.post(
        reverse("wagtailsnippets_conditions_bodysystem:add"), {"name": "Skin", "slug": "skin"}
    )
    client.post(reverse("wagtailimages:add"), {"title": "Hand", "file": build_upload()})

    assert Person.objects.filter(name="Dana Demo").exists()
    assert BodySystem.objects.filter(slug="skin").exists()
    assert SiteImage.objects.exists()


@pytest.mark.parametrize(("group", "status"), [("Editors", DENIED), ("Moderators", HTTPStatus.OK)])
@pytest.mark.parametrize("action", ["edit", "delete"])
def test_shared_lists__show_on_live_pages_at_once__so_moderators_alone_change_them(
    action: str, group: str, status: int, client: Client
) -> None:
    log_in(client, group)
    person, system = PersonFactory(), BodySystemFactory()

    assert get_status(client, f"wagtailsnippets_conditions_person:{action}", person.pk) == status
    assert (
        get_status(client, f"wagtailsnippets_conditions_bodysystem:{action}", system.pk) == status
    )


@pytest.mark.parametrize(("group", "status"), [("Editors", DENIED), ("Moderators", HTTPStatus.OK)])
@pytest.mark.parametrize("name", ["index", "add"])
def test_promoted_results__are_shown_to_readers_at_once__so_moderators_alone_write_them(
    name: str, group: str, status: int, client: Client
) -> None:
    log_in(client, group)

    assert get_status(client, f"wagtailsearchpromotions:{name}") == status


@BOTH
def test_branding__is_the_administrators_alone(
    group: str, index: ConditionIndexPage, client: Client
) -> None:
    log_in(client, group)
    site = Site.objects.get(is_default_site=True)

    address = ("wagtailsettings:edit", "branding", "brandingsettings", site.pk)
    assert get_status(client, *address) == DENIED
