"""The screens of shared drafts, and the ways to them, as editors meet them."""

import datetime
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import GroupPagePermission, Page

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.conditions.new_page import add_starting_blocks
from cms.previews.links import build_preview_url
from cms.previews.models import DraftSnapshot, SnapshotKind
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.drafts import build_snapshot
from tests.factories.editor_forms import build_editor_data
from tests.factories.logins import build_login
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

LIST_URL = "/admin/previews/shared/"
PAST = -datetime.timedelta(minutes=1)
SAVE_AND_SHARE = "action-save-and-share"


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=index, title="Gout")
    return page


@pytest.fixture
def writer(client: Client) -> AbstractUser:
    """An editor, who is logged in; may not publish."""
    user = build_login("Editors", first_name="Maya", last_name="Lindqvist")
    client.force_login(user)
    return user


def build_outsider() -> AbstractUser:
    """Somebody who may enter the admin, and edit a page elsewhere."""
    group = Group.objects.create(name="Elsewhere")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=StandardPageFactory(parent=Page.objects.get(depth=2, slug__startswith="front")),
        permission=Permission.objects.get(codename="change_page"),
    )
    user = build_login("Editors")
    user.groups.set([group])
    return user


def get_share_url(page: Page) -> str:
    return f"/admin/previews/pages/{page.pk}/share/"


def get_revoke_url(snapshot: DraftSnapshot) -> str:
    return reverse("previews:revoke", args=[snapshot.pk])


def share(client: Client, page: Page, **fields: str) -> Any:
    return client.post(get_share_url(page), {"lifetime": "7 days", "note": "", **fields})


def read_links(answer: Any) -> list[DraftSnapshot]:
    return [link["snapshot"] for link in answer.context["links"]]


# Who may


@pytest.mark.parametrize("group", ["Editors", "Moderators", None])
def test_sharing__by_whoever_may_edit_or_publish__goes_all_the_way(
    group: str | None, condition: ConditionPage, client: Client
) -> None:
    users = get_user_model().objects
    client.force_login(build_login(group) if group else users.create_superuser("boss"))

    assert client.get(get_share_url(condition)).status_code == HTTPStatus.OK
    answer = share(client, condition)
    snapshot = DraftSnapshot.objects.get()
    assert answer["Location"] == f"{get_share_url(condition)}?new={snapshot.pk.hex}"
    assert build_preview_url(snapshot) in client.get(LIST_URL).content.decode()
    assert client.post(get_revoke_url(snapshot))["Location"] == get_share_url(condition)
    snapshot.refresh_from_db()
    assert not snapshot.is_open


def refuse_outsider(client: Client, answer: Any) -> None:
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert "you do not have permission" in client.get(answer["Location"]).content.decode()


def refuse_anonymous(client: Client, answer: Any) -> None:
    assert answer["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(("log_in", "check"), [(True, refuse_outsider), (False, refuse_anonymous)])
def test_sharing__by_anybody_else__is_refused_and_shows_no_link(
    log_in: bool,
    check: Callable[[Client, Any], None],
    condition: ConditionPage,
    client: Client,
) -> None:
    if log_in:
        client.force_login(build_outsider())
    snapshot = build_snapshot(condition)
    revoke_url = get_revoke_url(snapshot)

    for method, url in (
        (client.get, get_share_url(condition)),
        (client.post, get_share_url(condition)),
        (client.get, revoke_url),
        (client.post, revoke_url),
    ):
        answer: Any = method(url)
        assert answer.status_code == HTTPStatus.FOUND
        check(client, answer)
    assert DraftSnapshot.objects.get().is_open
    assert build_preview_url(snapshot) not in client.get(LIST_URL).content.decode()


def test_the_list__for_somebody_without_any_page__is_refused(client: Client) -> None:
    user = build_login("Editors")
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert client.get(LIST_URL)["Location"] == reverse("wagtailadmin_home")
    assert LIST_URL not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_posts__without_a_csrf_token__are_refused(
    condition: ConditionPage, admin_user: AbstractUser
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    snapshot = build_snapshot(condition)

    for url in (get_share_url(condition), get_revoke_url(snapshot)):
        assert client.post(url).status_code == HTTPStatus.FORBIDDEN
    assert DraftSnapshot.objects.get().is_open


@pytest.mark.usefixtures("writer")
def test_looking__at_every_screen__changes_nothing(
    condition: ConditionPage, client: Client
) -> None:
    snapshot = build_snapshot(condition)
    before = DraftSnapshot.objects.values().get()

    for url in (get_share_url(condition), LIST_URL, get_revoke_url(snapshot)):
        assert client.get(url).status_code == HTTPStatus.OK

    assert DraftSnapshot.objects.values().get() == before


# Sharing a page


def test_sharing__keeps_the_version_saved_last(
    condition: ConditionPage, writer: AbstractUser, client: Client
) -> None:
    condition.title = "Gout, a draft"
    condition.save_revision(user=writer)

    answer = client.post(
        get_share_url(condition), {"lifetime": "1 hour", "note": "Anna"}, follow=True
    )

    snapshot = DraftSnapshot.objects.get()
    assert (snapshot.kind, snapshot.title) == (SnapshotKind.SHARED, "Gout, a draft")
    assert (snapshot.created_by, snapshot.note) == (writer, "Anna")
    assert snapshot.expires_at - snapshot.created_at == datetime.timedelta(hours=1)
    assert answer.context["new_link"]["address"] == build_preview_url(snapshot)
    assert "Your link for Anna is ready" in " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("writer")
@pytest.mark.parametrize(
    ("field", "value"),
    [("lifetime", "1 year"), ("lifetime", ""), ("note", "x" * 121), ("note", "a\0b")],
)
def test_sharing__with_what_the_form_does_not_offer__says_so_and_makes_no_link(
    field: str, value: str, condition: ConditionPage, client: Client
) -> None:
    answer = share(client, condition, **{field: value})

    assert answer.status_code == HTTPStatus.OK
    assert list(answer.context["form"].errors) == [field]
    assert "error-message" in answer.content.decode()
    assert not DraftSnapshot.objects.exists()


@pytest.mark.usefixtures("writer")
def test_sharing__a_page_with_markup_in_its_words__shows_them_as_words(
    condition: ConditionPage, client: Client
) -> None:
    condition.title = '<script>"title"</script>'
    condition.save_revision()

    answer = share(client, condition, note='<script>"note"</script>')
    content = client.get(answer["Location"]).content.decode()
    content += client.get(LIST_URL).content.decode()
    content += client.get(
        reverse("wagtailadmin_pages:history", args=[condition.pk])
    ).content.decode()

    assert '<script>"' not in content
    assert escape('<script>"note"</script>') in content


@pytest.mark.usefixtures("writer")
def test_a_new_link__that_is_not_of_this_page_or_not_open__is_not_put_forward(
    condition: ConditionPage, index: ConditionIndexPage, client: Client
) -> None:
    own = build_snapshot(condition, kind=SnapshotKind.VERSION)
    others = [own, build_snapshot(index), build_snapshot(condition, lifetime=PAST)]

    for key in ("", "x", "\0", *(snapshot.pk.hex for snapshot in others)):
        answer = client.get(get_share_url(condition), {"new": key})
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["new_link"] is None


@pytest.mark.usefixtures("writer")
@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("unpublished", "readers of the site cannot see this page"),
        ("public", "readers of the site see the same"),
        ("changed", "readers of the site still see an earlier one"),
        ("private", "the page is private"),
    ],
)
def test_the_screen__says_what_readers_see(
    state: str, words: str, condition: ConditionPage, client: Client
) -> None:
    if state == "private":
        make_private(condition)
    if state == "unpublished":
        condition.unpublish()
    if state == "changed":
        condition.save_revision()

    assert words in " ".join(client.get(get_share_url(condition)).content.decode().split())


@pytest.mark.usefixtures("writer")
@pytest.mark.parametrize("page_id", [1, 999_999])
def test_the_screen__of_the_root_or_of_no_page__is_not_found(page_id: int, client: Client) -> None:
    url = reverse("previews:share", args=[page_id])

    assert client.get(url).status_code == HTTPStatus.NOT_FOUND
    assert client.post(url, {"lifetime": "7 days"}).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.usefixtures("writer")
def test_the_screen__lists_the_links_of_its_page_with_what_became_of_them(
    condition: ConditionPage, index: ConditionIndexPage, client: Client
) -> None:
    colleague = build_login("Moderators", first_name="Tom")
    open_link = build_snapshot(condition, last_opened_at=timezone.now())
    ended = build_snapshot(condition, lifetime=PAST)
    revoked = build_snapshot(condition, revoked_at=timezone.now(), revoked_by=colleague)
    build_snapshot(index)

    answer = client.get(get_share_url(condition))

    assert set(read_links(answer)) == {open_link, ended, revoked}
    states = {link["snapshot"]: link["state"].label for link in answer.context["links"]}
    assert states == {open_link: "Open", ended: "Ended", revoked: "Withdrawn"}
    addresses = [link["address"] for link in answer.context["links"] if link["address"]]
    assert addresses == [build_preview_url(open_link)]
    content = answer.content.decode()
    assert content.count("data-draft-link-copy") == 1
    assert content.count("somebody who has left") == 3
    assert "by Tom" in content


# Withdrawing a link


def test_withdrawing__asks_first_and_leads_back(
    condition: ConditionPage, writer: AbstractUser, client: Client
) -> None:
    snapshot = build_snapshot(condition, note="Anna")
    url = f"{get_revoke_url(snapshot)}?next={LIST_URL}"

    question = client.get(url).content.decode()
    assert "for Anna?" in question
    assert f'value="{LIST_URL}"' in question
    answer = client.post(get_revoke_url(snapshot), {"next": LIST_URL}, follow=True)

    assert answer.redirect_chain == [(LIST_URL, HTTPStatus.FOUND)]
    assert "The link was withdrawn." in answer.content.decode()
    stored = DraftSnapshot.objects.get()
    assert (stored.revoked_by, stored.content) == (writer, {})


@pytest.mark.usefixtures("writer")
def test_withdrawing__what_has_ended__says_so(condition: ConditionPage, client: Client) -> None:
    snapshot = build_snapshot(condition, lifetime=PAST)

    assert "has ended already" in client.get(get_revoke_url(snapshot)).content.decode()
    answer = client.post(get_revoke_url(snapshot), follow=True)
    assert "The link had ended already." in answer.content.decode()
    assert DraftSnapshot.objects.get().revoked_at is None


@pytest.mark.usefixtures("writer")
def test_withdrawing__does_not_lead_to_another_site(
    condition: ConditionPage, client: Client
) -> None:
    answer = client.post(
        get_revoke_url(build_snapshot(condition)), {"next": "https://example.com/"}
    )

    assert answer["Location"] == get_share_url(condition)


@pytest.mark.usefixtures("writer")
def test_withdrawing__what_is_no_shared_draft__is_not_found(
    condition: ConditionPage, client: Client
) -> None:
    for kind in (SnapshotKind.EDITOR, SnapshotKind.VERSION):
        snapshot = build_snapshot(condition, kind=kind)
        assert client.post(get_revoke_url(snapshot)).status_code == HTTPStatus.NOT_FOUND
    assert all(snapshot.is_open for snapshot in DraftSnapshot.objects.all())


# The list of all


@pytest.mark.usefixtures("writer")
def test_the_list__is_narrowed_by_state_and_by_words(
    condition: ConditionPage, index: ConditionIndexPage, client: Client
) -> None:
    open_link = build_snapshot(condition, note="Anna")
    ended = build_snapshot(index, lifetime=PAST)

    for query, expected in (
        ({}, {open_link, ended}),
        ({"state": "open"}, {open_link}),
        ({"state": "ended"}, {ended}),
        ({"state": "withdrawn"}, set()),
        ({"state": "nonsense"}, {open_link, ended}),
        ({"q": "gou"}, {open_link}),
        ({"q": "anna"}, {open_link}),
        ({"q": "gou", "state": "ended"}, set()),
        ({"p": "nonsense"}, {open_link, ended}),
    ):
        for url in (LIST_URL, f"{LIST_URL}results/"):
            answer = client.get(url, query)
            assert set(read_links(answer)) == expected, query


@pytest.mark.usefixtures("writer")
def test_the_list__of_many__has_pages_and_no_more_queries(
    condition: ConditionPage, client: Client
) -> None:
    client.get(LIST_URL)
    for url in (LIST_URL, get_share_url(condition)):
        DraftSnapshot.objects.all().delete()
        counts = []
        for total in (1, 20):
            for _ in range(total - DraftSnapshot.objects.count()):
                page = ConditionPageFactory(parent=condition.get_parent())
                build_snapshot(
                    condition if url != LIST_URL else page, created_by=build_login("Editors")
                )
            with CaptureQueriesContext(connection) as queries:
                assert len(read_links(client.get(url))) == total
            counts.append(len(queries))
        assert counts[0] == counts[1]
        build_snapshot(condition)
        assert len(read_links(client.get(url, {"p": "2"}))) == 1


@pytest.mark.usefixtures("writer")
def test_the_list__of_nothing__says_so(condition: ConditionPage, client: Client) -> None:
    assert "There are no shared drafts" in client.get(LIST_URL).content.decode()
    content = client.get(get_share_url(condition)).content.decode()
    assert "There are no links to drafts of this page." in content


@pytest.mark.usefixtures("writer")
def test_the_list__is_among_the_reports(client: Client) -> None:
    assert LIST_URL in client.get(reverse("wagtailadmin_home")).content.decode()


def test_every_screen__is_kept_by_no_browser(
    condition: ConditionPage, writer: AbstractUser, client: Client
) -> None:
    snapshot = build_snapshot(condition)

    for url in (get_share_url(condition), LIST_URL, get_revoke_url(snapshot)):
        assert "no-store" in client.get(url)["Cache-Control"]


# The ways in


@pytest.mark.usefixtures("writer")
def test_the_ways_in__are_where_pages_are_edited_and_listed(
    condition: ConditionPage, index: ConditionIndexPage, client: Client
) -> None:
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[condition.pk])).content.decode()
    listing = client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    new = client.get(
        reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])
    ).content.decode()

    assert get_share_url(condition) in editor
    assert SAVE_AND_SHARE in editor
    assert get_share_url(condition) in listing
    assert get_share_url(index) in listing
    assert SAVE_AND_SHARE in new


def test_the_ways_in__of_the_root__are_none(client: Client, admin_user: AbstractUser) -> None:
    client.force_login(admin_user)
    root = Page.get_first_root_node()

    content = client.get(reverse("wagtailadmin_explore", args=[root.pk])).content.decode()

    assert get_share_url(root) not in content


def save(client: Client, page: ConditionPage, **changes: Any) -> HttpResponse:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, build_editor_data(page, **{SAVE_AND_SHARE: "1"}, **changes))


@pytest.mark.usefixtures("writer")
def test_save_and_share__of_a_live_page__saves_a_draft_and_goes_on(
    condition: ConditionPage, client: Client
) -> None:
    answer = save(client, condition, title="Typed", summary="")

    assert answer["Location"] == get_share_url(condition)
    stored = ConditionPage.objects.get(pk=condition.pk)
    assert (stored.title, stored.live) == ("Gout", True)
    assert stored.get_latest_revision_as_object().title == "Typed"
    assert not DraftSnapshot.objects.exists()


@pytest.mark.usefixtures("writer")
def test_save_and_share__of_a_page_never_saved__creates_it_and_goes_on(
    index: ConditionIndexPage, client: Client
) -> None:
    page = ConditionPage(title="Scurvy", slug="scurvy")
    add_starting_blocks(page)
    url = reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])

    answer = client.post(url, build_editor_data(page, **{SAVE_AND_SHARE: "1"}))

    created = ConditionPage.objects.get(slug="scurvy")
    assert not created.live
    assert answer["Location"] == get_share_url(created)
    assert share(client, created).status_code == HTTPStatus.FOUND
    assert DraftSnapshot.objects.get().title == "Scurvy"


@pytest.mark.usefixtures("writer")
def test_save_and_share__what_no_draft_can_hold__stays_in_the_editor(
    condition: ConditionPage, client: Client
) -> None:
    answer = save(client, condition, title="")

    assert answer.status_code == HTTPStatus.OK
    assert not condition.revisions.exists()


@pytest.mark.usefixtures("writer")
def test_autosave__is_answered_as_ever(condition: ConditionPage, client: Client) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[condition.pk])
    for button in ({}, {SAVE_AND_SHARE: "1"}):
        data = build_editor_data(condition, **button)
        answer = client.post(url, data, HTTP_ACCEPT="application/json")
        assert answer.json()["success"]


@pytest.mark.usefixtures("writer")
def test_a_locked_page__may_be_shared_as_it_is_but_not_saved(
    condition: ConditionPage, admin_user: AbstractUser, client: Client
) -> None:
    condition.locked, condition.locked_by = True, admin_user
    condition.save()

    editor = client.get(reverse("wagtailadmin_pages:edit", args=[condition.pk])).content.decode()
    answer = share(client, condition)

    assert get_share_url(condition) in editor
    assert SAVE_AND_SHARE not in editor
    assert answer.status_code == HTTPStatus.FOUND
    assert DraftSnapshot.objects.exists()
