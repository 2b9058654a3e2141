"""Every way to publication, tried with an incomplete page and with a complete one."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowTask

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.core.publishing import PublishRefusedError
from tests.factories.conditions import (
    ConditionPageFactory,
    build_guidance,
    build_index,
    build_phase,
)
from tests.factories.editor_forms import build_editor_data

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + datetime.timedelta(days=1)
CONTRADICTION = build_phase(advice="avoid", max_pressure=3)


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


@pytest.fixture
def workflow(index: ConditionIndexPage, admin_user: AbstractUser) -> Iterator[Workflow]:
    workflow = Workflow.objects.create(name="Second pair of eyes", active=True)
    task = GroupApprovalTask.objects.create(name="Colleague", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.workflow_pages.create(page=index)
    return workflow


def build_draft(index: ConditionIndexPage, *, is_complete: bool) -> ConditionPage:
    body = [build_guidance() if is_complete else build_guidance(CONTRADICTION)]
    page: ConditionPage = ConditionPageFactory(parent=index, live=False, body=body)
    page.save_revision(clean=False)
    return page


def publish_revision(page: ConditionPage, admin: Client) -> None:
    page.get_latest_revision().publish()


def publish_by_action(page: ConditionPage, admin: Client) -> None:
    PublishPageRevisionAction(page.get_latest_revision()).execute()


def save_live(page: ConditionPage, admin: Client) -> None:
    page.live = True
    page.save()


def save_live_field(page: ConditionPage, admin: Client) -> None:
    page.live = True
    page.save(update_fields=["live"])


def save_live_as_plain_page(page: ConditionPage, admin: Client) -> None:
    plain = Page.objects.get(pk=page.pk)
    plain.live = True
    plain.save()


def publish_in_editor(page: ConditionPage, admin: Client) -> None:
    data = build_editor_data(page, **{"action-publish": "1"})
    admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def publish_in_bulk(page: ConditionPage, admin: Client) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{address}?id={page.pk}", {"include_descendants": ""})


def publish_by_admin_api(page: ConditionPage, admin: Client) -> None:
    admin.post(f"/admin/api/main/pages/{page.pk}/action/publish/")


def approve(page: ConditionPage, admin: Client, **headers: Any) -> None:
    task_state = page.current_workflow_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]
    )
    admin.post(address, {"comment": ""}, **headers)


WAYS_TO_PUBLISH: list[Callable[[ConditionPage, Client], None]] = [
    publish_revision,
    publish_by_action,
    save_live,
    save_live_field,
    save_live_as_plain_page,
    publish_in_editor,
    publish_in_bulk,
    publish_by_admin_api,
]


def run(way: Callable[[ConditionPage, Client], None], page: ConditionPage, admin: Client) -> None:
    """Go one way; code is told by an exception, an editor by an answer."""
    with suppress(PublishRefusedError):
        way(page, admin)


@pytest.mark.parametrize("way", WAYS_TO_PUBLISH)
def test_publishing__an_incomplete_page__is_refused(
    way: Callable[[ConditionPage, Client], None], index: ConditionIndexPage, admin: Client
) -> None:
    page = build_draft(index, is_complete=False)

    run(way, page, admin)

    stored = ConditionPage.objects.get(pk=page.pk)
    assert not stored.live
    assert stored.live_revision is None
    assert stored.last_published_at is None


@pytest.mark.parametrize("way", WAYS_TO_PUBLISH)
def test_publishing__a_complete_page__succeeds(
    way: Callable[[ConditionPage, Client], None], index: ConditionIndexPage, admin: Client
) -> None:
    page = build_draft(index, is_complete=True)

    way(page, admin)

    assert ConditionPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("way", [publish_revision, publish_in_editor, publish_in_bulk])
def test_publishing__an_incomplete_draft_of_a_live_page__leaves_readers_what_they_had(
    way: Callable[[ConditionPage, Client], None], index: ConditionIndexPage, admin: Client
) -> None:
    page = build_draft(index, is_complete=True)
    page.get_latest_revision().publish()
    draft = page.get_latest_revision_as_object()
    draft.body = [build_guidance(CONTRADICTION)]
    draft.save_revision(clean=False)

    run(way, draft, admin)

    stored = ConditionPage.objects.get(pk=page.pk)
    assert stored.body[0].value["phases"][0]["advice"] == "ask_first"


@pytest.mark.parametrize(("is_complete", "is_live"), [(True, True), (False, False)])
def test_creating_a_live_page__asks_for_a_complete_one(
    index: ConditionIndexPage, is_complete: bool, is_live: bool
) -> None:
    body = [build_guidance()] if is_complete else []
    page = ConditionPageFactory.build(body=body, author=None, reviewed_by=None)
    if is_complete:
        page.reviewed_by = build_draft(index, is_complete=True).reviewed_by

    if is_complete:
        index.add_child(instance=page)
    else:
        with pytest.raises(PublishRefusedError):
            index.add_child(instance=page)

    assert ConditionPage.objects.filter(slug=page.slug, live=True).exists() == is_live
    stored_index = Page.objects.get(pk=index.pk)
    assert stored_index.numchild == stored_index.get_children().count()


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
@pytest.mark.parametrize("is_complete", [True, False])
def test_new_page_in_the_editor__publish_and_submit_ask_for_a_complete_page(
    action: str, is_complete: bool, index: ConditionIndexPage, admin: Client, workflow: Workflow
) -> None:
    source = build_draft(index, is_complete=is_complete)
    data = build_editor_data(source, slug="another", whole_page_reviewed="on", **{action: "1"})

    answer = admin.post(
        reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk]), data
    )

    assert answer.status_code == (302 if is_complete else 200)
    assert ConditionPage.objects.filter(slug="another").exists() == is_complete


@pytest.mark.parametrize("is_complete", [True, False])
def test_submitting_for_moderation__asks_for_a_complete_page(
    is_complete: bool, index: ConditionIndexPage, admin: Client, workflow: Workflow
) -> None:
    page = build_draft(index, is_complete=is_complete)

    admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        build_editor_data(page, **{"action-submit": "1"}),
    )

    assert ConditionPage.objects.get(pk=page.pk).workflow_in_progress == is_complete


def test_starting_a_workflow__from_code__asks_for_a_complete_page(
    index: ConditionIndexPage, admin_user: AbstractUser, workflow: Workflow
) -> None:
    page = build_draft(index, is_complete=False)

    with pytest.raises(PublishRefusedError):
        workflow.start(page, admin_user)

    assert not page.workflow_states.exists()


@pytest.mark.parametrize("is_complete", [True, False])
@pytest.mark.parametrize("headers", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}])
def test_approving__asks_for_a_complete_page(
    headers: dict[str, str],
    is_complete: bool,
    index: ConditionIndexPage,
    admin: Client,
    admin_user: AbstractUser,
    workflow: Workflow,
) -> None:
    page = build_draft(index, is_complete=True)
    workflow.start(page, admin_user)
    if not is_complete:
        page.body = [build_guidance(CONTRADICTION)]
        page.save_revision(clean=False)

    approve(page, admin, **headers)

    stored = ConditionPage.objects.get(pk=page.pk)
    assert stored.live == is_complete
    assert stored.workflow_in_progress != is_complete


def test_rejecting__an_incomplete_page_from_its_editor__sends_it_back(
    index: ConditionIndexPage, admin: Client, admin_user: AbstractUser, workflow: Workflow
) -> None:
    page = build_draft(index, is_complete=True)
    workflow.start(page, admin_user)
    page.body = [build_guidance(CONTRADICTION)]
    action = {
        "action-workflow-action": "1",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": '{"comment": "Please look again"}',
    }

    admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), build_editor_data(page, **action)
    )

    assert page.workflow_states.get().status == "needs_changes"


@pytest.mark.parametrize("is_complete", [True, False])
@pytest.mark.parametrize("is_live", [True, False])
def test_scheduling_in_the_editor__asks_for_a_complete_page(
    is_live: bool, is_complete: bool, index: ConditionIndexPage, admin: Client
) -> None:
    page = build_draft(index, is_complete=True)
    if is_live:
        page.get_latest_revision().publish()
    page.body = [build_guidance() if is_complete else build_guidance(CONTRADICTION)]
    local = timezone.localtime(TOMORROW).strftime("%Y-%m-%d %H:%M")

    admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        build_editor_data(page, go_live_at=local, **{"action-publish": "1"}),
    )

    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert scheduled.exists() == is_complete
    assert ConditionPage.objects.get(pk=page.pk).live == is_live


@pytest.mark.parametrize("is_live", [True, False])
def test_scheduling_from_code__asks_for_a_complete_page(
    is_live: bool, index: ConditionIndexPage
) -> None:
    page = build_draft(index, is_complete=True)
    if is_live:
        page.get_latest_revision().publish()
    page.body = []
    page.go_live_at = TOMORROW
    revision = page.save_revision(clean=False)

    with pytest.raises(PublishRefusedError):
        revision.publish()
    with pytest.raises(PublishRefusedError):
        page.save_revision(approved_go_live_at=TOMORROW)

    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def schedule(page: ConditionPage) -> Revision:
    """Put the latest revision on the schedule for an hour ago, as if it had been complete then."""
    revision = page.get_latest_revision()
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=an_hour_ago)
    return revision


def test_publish_scheduled__reports_what_is_refused_and_publishes_the_rest(
    index: ConditionIndexPage, admin: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    incomplete = build_draft(index, is_complete=False)
    complete = build_draft(index, is_complete=True)
    clashing = build_draft(index, is_complete=True)
    for page in (incomplete, clashing, complete):
        schedule(page)
    Page.objects.filter(pk=clashing.pk).update(slug="free")
    Page.objects.filter(pk=complete.pk).update(slug=clashing.slug)
    Revision.objects.filter(object_id=str(complete.pk)).update(
        content={**complete.get_latest_revision().content, "slug": clashing.slug}
    )

    call_command("publish_scheduled")

    assert ConditionPage.objects.get(pk=complete.pk).live
    assert not ConditionPage.objects.get(pk=incomplete.pk).live
    assert not ConditionPage.objects.get(pk=clashing.pk).live
    assert f"Not published: {incomplete.title}" in capsys.readouterr().err
    history = admin.get(reverse("wagtailadmin_pages:history", args=[incomplete.pk]))
    assert "Not published on schedule" in history.content.decode()
    assert incomplete.title in admin.get(reverse("wagtailadmin_home")).content.decode()


def test_publish_scheduled__dry_run__changes_nothing(index: ConditionIndexPage) -> None:
    page = build_draft(index, is_complete=False)
    revision = schedule(page)

    call_command("publish_scheduled", dryrun=True)

    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None


@pytest.mark.parametrize("is_complete", [True, False])
@pytest.mark.parametrize("kind", ["publish_copies", "alias"])
def test_copying_in_the_admin__shows_readers_complete_copies_only(
    kind: str, is_complete: bool, index: ConditionIndexPage, admin: Client
) -> None:
    page = build_draft(index, is_complete=True)
    page.get_latest_revision().publish()
    if not is_complete:
        ConditionPage.objects.filter(pk=page.pk).update(last_reviewed=None)
    data = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": str(index.pk),
        kind: "on",
    }

    answer = admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data, follow=True)

    assert ConditionPage.objects.filter(slug="a-copy").exists() == is_complete
    if not is_complete:
        assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert "I have reviewed the whole page" in answer.content.decode()


def test_copying_a_tree_from_code__is_refused_as_a_whole(index: ConditionIndexPage) -> None:
    page = build_draft(index, is_complete=True)
    page.get_latest_revision().publish()
    ConditionPage.objects.filter(pk=page.pk).update(last_reviewed=None)

    with pytest.raises(PublishRefusedError):
        index.copy(recursive=True, update_attrs={"slug": "second-index"})
    with pytest.raises(PublishRefusedError):
        ConditionPage.objects.get(pk=page.pk).create_alias(update_slug="alias")

    assert not Page.objects.filter(slug__in=["second-index", "alias"]).exists()


def test_copying_as_a_draft__takes_an_incomplete_page(index: ConditionIndexPage) -> None:
    page = build_draft(index, is_complete=False)

    copied = page.copy(keep_live=False, update_attrs={"slug": "a-copy"})

    assert not copied.live


def test_bulk_publishing__one_incomplete_page__publishes_none_and_says_why(
    index: ConditionIndexPage, admin: Client
) -> None:
    complete = build_draft(index, is_complete=True)
    incomplete = build_draft(index, is_complete=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = admin.post(
        f"{address}?id={complete.pk}&id={incomplete.pk}", {"include_descendants": ""}, follow=True
    )

    assert not Page.objects.filter(pk__in=[complete.pk, incomplete.pk], live=True).exists()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[incomplete.pk])
    assert "leave the pressure empty" in answer.content.decode()


def test_drafts__are_saved_whatever_is_missing(index: ConditionIndexPage, admin: Client) -> None:
    blank = ConditionPage(title="Something", slug="something")
    blank.body = [{"type": name, "value": {}} for name in blank.body.stream_block.child_blocks]
    address = reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])

    answer = admin.post(address, build_editor_data(blank, summary="Short"))

    page = ConditionPage.objects.get(slug="something")
    assert answer.status_code == 302
    assert len(page.body) == 16
    answer = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        build_editor_data(page),
        HTTP_ACCEPT="application/json",
    )
    assert answer.json()["success"]


def test_drafts_of_a_live_page__are_saved_whatever_is_missing(
    index: ConditionIndexPage, admin: Client
) -> None:
    page = build_draft(index, is_complete=True)
    page.get_latest_revision().publish()
    page.refresh_from_db()
    page.body = []
    page.reviewed_by = None

    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), build_editor_data(page))

    assert answer.status_code == 302
    stored = ConditionPage.objects.get(pk=page.pk)
    assert stored.reviewed_by is not None
    assert stored.get_latest_revision_as_object().reviewed_by is None


def test_housekeeping__works_on_a_live_page_that_became_incomplete(
    index: ConditionIndexPage, admin: Client, admin_user: AbstractUser
) -> None:
    page = build_draft(index, is_complete=True)
    page.get_latest_revision().publish()
    ConditionPage.objects.filter(pk=page.pk).update(reviewed_by=None)
    page = ConditionPage.objects.get(pk=page.pk)

    page.save()
    index.slug = "guides"
    index.save()
    page.move(index, pos="first-child")
    admin.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    page.refresh_from_db()
    assert page.locked
    assert page.url_path.endswith(f"/guides/{page.slug}/")
    page.unpublish()

    assert not ConditionPage.objects.get(pk=page.pk).live


def test_changing_the_web_address_of_a_live_page__leaves_a_redirect(
    index: ConditionIndexPage, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = build_draft(index, is_complete=True)
    page.get_latest_revision().publish()
    page.refresh_from_db()
    before = page.public_path

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            build_editor_data(page, slug="moved", **{"action-publish": "1"}),
        )

    redirect = Redirect.objects.get()
    assert redirect.redirect_page_id == page.pk
    assert redirect.old_path == before.rstrip("/")
