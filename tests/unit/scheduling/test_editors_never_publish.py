"""An editor publishes by no address of the admin that knows a page, whatever is sent to it.

The addresses come from the admin's own URLs, so that one that is new is tried as well.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from wagtail.admin import urls as admin_urls
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page, Revision

from cms.conditions.models import ConditionIndexPage, ConditionPage
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.editor_forms import build_editor_data
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

OLD = "What readers have read all along, in words that are plain enough."
NEW = "What the editor wrote today, in words that are just as plain."
# What an address is called by that leads to a page.
PAGE_ARGUMENTS = frozenset({"page_id", "page_to_move_id", "parent_page_id", "page_pk"})

BUTTONS: dict[str, dict[str, str]] = {
    "save": {},
    "publish": {"action-publish": "1"},
    "restart": {"action-restart-workflow": "1"},
    "approve": {"action-workflow-action": "1", "workflow-action-name": "approve"},
}


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def guide(index: ConditionIndexPage) -> ConditionPage:
    """A page that readers see, with a newer draft that is complete."""
    page: ConditionPage = ConditionPageFactory(parent=index, live=False, summary=OLD)
    page.save_revision(clean=False).publish()
    draft: ConditionPage = ConditionPage.objects.get(pk=page.pk)
    draft.summary = NEW
    draft.save_revision(clean=False)
    return draft


def log_in(group: str) -> Client:
    client = Client()
    client.force_login(build_login(group))
    return client


def iterate_patterns(
    patterns: Iterable[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Each named address, with the names of its arguments."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from iterate_patterns(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", list(pattern.pattern.regex.groupindex)


def find_addresses(page: ConditionPage) -> dict[str, str]:
    """Every address that knows a page, by its name."""
    draft = page.get_latest_revision()
    task_state = page.current_workflow_task_state
    known: dict[str, object] = {
        "page_id": page.pk,
        "page_pk": page.pk,
        "page_to_move_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "destination_id": page.get_parent().pk,
        "revision_id": draft.pk,
        "content_type_app_name": "conditions",
        "content_type_model_name": "conditionpage",
        "action_name": "approve",
        "task_state_id": task_state.pk if task_state else 0,
        "task_id": task_state.task_id if task_state else 0,
        "workflow_state_id": task_state.workflow_state_id if task_state else 0,
        "workflow_pk": page.get_workflow().pk,
    }
    found = {}
    for name, arguments in iterate_patterns(admin_urls.urlpatterns):
        if PAGE_ARGUMENTS.isdisjoint(arguments):
            continue
        unknown = set(arguments) - set(known)
        assert not unknown, f"Say here what {name} is to be called with: {unknown}"
        found[name] = reverse(name, kwargs={key: known[key] for key in arguments})
    for action in bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action.action_type])
        found[f"bulk:{action.action_type}"] = f"{address}?id={page.pk}"
    for action in PagesAdminAPIViewSet.actions:
        found[f"api:{action}"] = f"/admin/api/main/pages/{page.pk}/action/{action}/"
    # It takes the page from its form.
    found["search_report:add_name"] = reverse("search_report:add_name")
    return found


def get_public_state() -> tuple[Any, ...]:
    """What readers see now, or will by itself."""
    live = ConditionPage.objects.live()
    return (
        set(live.values_list("pk", "url_path", "summary", "live_revision_id")),
        set(Page.objects.live().values_list("pk", flat=True)),
        set(Revision.objects.filter(approved_go_live_at__isnull=False)),
    )


def find_what_publishes(client: Client, page: ConditionPage, button: str) -> set[str]:
    """The addresses after which readers see something else."""
    before = get_public_state()
    own = {"slug": "a-new-one", "whole_page_reviewed": "on", "live": "on"}
    sent = build_editor_data(page, **own, **BUTTONS[button])
    # What the other forms are made of: copies, moves, bulk actions.
    sent |= {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": str(page.get_parent().pk),
        "publish_copies": "on",
        "alias": "on",
        "include_descendants": "on",
        "revision_id": str(page.get_latest_revision().pk),
        "comment": "",
        "page": str(page.pk),
        "term": "what readers call it",
        "kind": "lay_term",
    }
    found = set()
    for name, address in find_addresses(page).items():
        with transaction.atomic():
            client.post(address, sent)
            if get_public_state() != before:
                found.add(name)
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("is_in_moderation", [False, True])
def test_an_editor__publishes_by_no_address(
    is_in_moderation: bool, button: str, guide: ConditionPage
) -> None:
    editor = log_in("Editors")
    if is_in_moderation:
        guide.get_workflow().start(guide, build_login("Editors"))

    assert find_what_publishes(editor, guide, button) == set()


def test_a_moderator__publishes_by_the_same_requests(guide: ConditionPage) -> None:
    moderator = log_in("Moderators")

    assert find_what_publishes(moderator, guide, "publish") >= {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:unpublish",
        "bulk:publish",
        "bulk:unpublish",
        "api:publish",
    }
    guide.get_workflow().start(guide, build_login("Editors"))
    assert find_what_publishes(moderator, guide, "approve") >= {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:workflow_action",
    }


def test_an_editor__is_offered_to_submit_and_not_to_publish(guide: ConditionPage) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    editors, moderators = (
        log_in(group).get(address).content.decode() for group in ("Editors", "Moderators")
    )

    assert 'name="action-publish"' not in editors
    assert 'name="action-submit"' in editors
    assert 'name="action-publish"' in moderators
