"""Links to drafts: who may make and see them, what they keep, and how they end."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, PageLogEntry, Workflow
from wagtail.models import WorkflowTask as WorkflowStep

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.previews import tokens
from cms.previews.models import DraftSnapshot
from cms.previews.sharing import (
    LIFETIMES,
    LinkState,
    build_state_query,
    get_shared_drafts,
    get_state,
    may_share,
    revoke,
    share_draft,
)
from cms.previews.snapshots import restore
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.drafts import build_snapshot
from tests.factories.editor_forms import build_editor_data
from tests.factories.logins import build_login
from tests.factories.pages import StandardPageFactory

pytestmark = pytest.mark.django_db

WEEK = LIFETIMES["7 days"]


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=index, title="As it was")
    page.save_revision()
    return ConditionPage.objects.get(pk=page.pk)


@pytest.fixture
def writer() -> AbstractUser:
    return build_login("Editors")


def read_title(snapshot: DraftSnapshot) -> str:
    draft = restore(DraftSnapshot.objects.get(pk=snapshot.pk))
    assert isinstance(draft, Page)
    return str(draft.title)


def read_log(page: Page, action: str) -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(page=page.pk, action=action))


def make_reviewer(page: Page) -> AbstractUser:
    """Somebody whose only tie to `page` is that they are to approve it."""
    group = Group.objects.create(name="Reviewers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Review")
    WorkflowStep.objects.create(workflow=workflow, task=task)
    reviewer = build_login("Editors")
    reviewer.groups.set([group])
    workflow.start(page, None)
    return reviewer


def test_sharing__a_page_never_published__keeps_its_own_copy(
    index: ConditionIndexPage, writer: AbstractUser
) -> None:
    page = ConditionPageFactory(parent=index, live=False, title="New", summary="")

    snapshot = share_draft(page, writer, WEEK, "Anna")

    assert get_state(snapshot) == LinkState.OPEN
    assert (snapshot.created_by, snapshot.note, snapshot.page_id) == (writer, "Anna", page.pk)
    assert snapshot.expires_at - snapshot.created_at == WEEK
    assert read_title(snapshot) == "New"


def test_a_shared_draft__whatever_happens_to_the_page__stays_as_it_was(
    condition: ConditionPage, writer: AbstractUser, client: Client
) -> None:
    client.force_login(writer)
    address = reverse("wagtailadmin_pages:edit", args=[condition.pk])
    snapshot = share_draft(condition.get_latest_revision_as_object(), writer, WEEK)

    client.post(address, build_editor_data(condition, title="Saved"))
    latest = ConditionPage.objects.get(pk=condition.pk).get_latest_revision()
    typed = build_editor_data(condition, title="Typed", overwrite_revision_id=latest.pk)
    assert client.post(address, typed, HTTP_ACCEPT="application/json").json()["success"]
    page = ConditionPage.objects.get(pk=condition.pk)
    assert page.get_latest_revision_as_object().title == "Typed"
    page.save_revision().publish()
    call_command("purge_revisions", verbosity=0)

    assert condition.revisions.count() == 1
    assert read_title(snapshot) == "As it was"


def test_sharing__for_a_time_that_nobody_may_choose__is_refused(
    condition: ConditionPage, writer: AbstractUser
) -> None:
    with pytest.raises(ValueError, match="lifetime of 365 days"):
        share_draft(condition, writer, datetime.timedelta(days=365))

    assert not DraftSnapshot.objects.exists()


def test_revoking__an_open_link__forgets_the_content_and_ends_it_once(
    condition: ConditionPage, writer: AbstractUser
) -> None:
    snapshot = share_draft(condition, writer, WEEK, "Anna")
    colleague = build_login("Moderators")

    assert revoke(snapshot, colleague)
    first_end = DraftSnapshot.objects.get(pk=snapshot.pk).revoked_at
    assert not revoke(snapshot, writer)

    stored = DraftSnapshot.objects.get(pk=snapshot.pk)
    assert (get_state(stored), stored.content) == (LinkState.REVOKED, {})
    assert (stored.revoked_at, stored.revoked_by) == (first_end, colleague)
    assert len(read_log(condition, "cms.previews.revoke")) == 1


def test_revoking__a_link_that_has_expired__changes_nothing(condition: ConditionPage) -> None:
    snapshot = build_snapshot(condition, lifetime=-datetime.timedelta(minutes=1))

    assert not revoke(snapshot, None)
    assert get_state(DraftSnapshot.objects.get(pk=snapshot.pk)) == LinkState.ENDED


def test_the_log__of_sharing_and_revoking__names_the_reader_and_never_the_link(
    condition: ConditionPage, writer: AbstractUser
) -> None:
    snapshot = share_draft(condition, writer, WEEK, "Anna")
    revoke(snapshot, writer)

    (shared,) = read_log(condition, "cms.previews.share")
    (revoked,) = read_log(condition, "cms.previews.revoke")
    assert shared.message.startswith("Draft shared (for Anna), until ")
    assert revoked.message == "Link to a draft withdrawn (for Anna)"
    token = tokens.sign(snapshot)
    for entry in (shared, revoked):
        assert entry.user == writer
        assert entry.content_type.model == "conditionpage"
        assert not any(part in str(entry.data) for part in (token[:32], token[-43:]))


def test_states__as_a_query__find_each_link_once(condition: ConditionPage) -> None:
    past = -datetime.timedelta(minutes=1)
    links = {
        LinkState.OPEN: {build_snapshot(condition).pk},
        LinkState.ENDED: {build_snapshot(condition, lifetime=past).pk},
        LinkState.REVOKED: {
            build_snapshot(condition, revoked_at=timezone.now()).pk,
            build_snapshot(condition, lifetime=past, revoked_at=timezone.now()).pk,
        },
    }

    for state, expected in links.items():
        found = DraftSnapshot.objects.filter(build_state_query(state))
        assert {snapshot.pk for snapshot in found} == expected
        assert {get_state(snapshot) for snapshot in found} == {state}


def test_links__of_an_editor_of_one_section__are_those_of_its_pages(
    condition: ConditionPage, index: ConditionIndexPage
) -> None:
    other = StandardPageFactory(parent=index.get_parent())
    group = Group.objects.create(name="About")
    GroupPagePermission.objects.create(
        group=group, page=other, permission=Permission.objects.get(codename="change_page")
    )
    user = build_login("Editors")
    user.groups.set([group])
    build_snapshot(condition)
    theirs = build_snapshot(other)

    assert list(get_shared_drafts(user)) == [theirs]
    assert may_share(other, user)
    assert not may_share(condition, user)


def test_links__of_somebody_who_may_only_add_pages__are_those_of_their_own(
    condition: ConditionPage, index: ConditionIndexPage
) -> None:
    group = Group.objects.create(name="Writers")
    GroupPagePermission.objects.create(
        group=group, page=index, permission=Permission.objects.get(codename="add_page")
    )
    user = build_login("Editors")
    user.groups.set([group])
    own = ConditionPageFactory(parent=index, owner=user, live=False)
    build_snapshot(condition)
    theirs = build_snapshot(own)

    assert list(get_shared_drafts(user)) == [theirs]
    assert may_share(own, user)
    assert not may_share(condition, user)


def test_links__of_a_page_in_moderation__are_seen_by_its_reviewer_until_it_is_decided(
    condition: ConditionPage,
) -> None:
    reviewer = make_reviewer(condition)
    snapshot = build_snapshot(condition)
    build_snapshot(ConditionPageFactory(parent=condition.get_parent()))

    assert may_share(condition, reviewer)
    assert list(get_shared_drafts(reviewer)) == [snapshot]

    condition.current_workflow_state.cancel()

    page = ConditionPage.objects.get(pk=condition.pk)
    assert not may_share(page, reviewer)
    assert not get_shared_drafts(reviewer).exists()


def test_sharing__a_locked_page__is_up_to_whoever_may_edit_it(
    condition: ConditionPage, writer: AbstractUser, admin_user: AbstractUser
) -> None:
    condition.locked, condition.locked_by = True, admin_user
    condition.save()

    assert may_share(ConditionPage.objects.get(pk=condition.pk), writer)


def test_sharing__the_root_of_the_tree__is_for_nobody(admin_user: AbstractUser) -> None:
    assert not may_share(Page.get_first_root_node(), admin_user)


def test_links__of_a_page_that_is_deleted__go_with_it(
    condition: ConditionPage, writer: AbstractUser
) -> None:
    share_draft(condition, writer, WEEK)

    ConditionPage.objects.get(pk=condition.pk).delete()

    assert not DraftSnapshot.objects.exists()


def test_links__of_somebody_who_is_deleted__stay_open(
    condition: ConditionPage, writer: AbstractUser, admin_user: AbstractUser
) -> None:
    snapshot = share_draft(condition, writer, WEEK)

    writer.delete()

    (stored,) = get_shared_drafts(admin_user)
    assert stored == snapshot
    assert stored.is_open
    assert stored.created_by is None


def test_links__as_a_list__are_the_latest_first_and_no_other_kind_of_snapshot(
    condition: ConditionPage, admin_user: AbstractUser
) -> None:
    hour = datetime.timedelta(hours=1)
    fields: dict[str, Any] = {"created_by": admin_user}
    older = build_snapshot(condition, created_at=timezone.now() - hour, **fields)
    newer = build_snapshot(condition, **fields)
    build_snapshot(condition, kind="editor", **fields)
    build_snapshot(condition, kind="version", **fields)

    assert list(get_shared_drafts(admin_user)) == [newer, older]
