"""`preview/<token>/`: a draft, for whoever has its token and nobody else."""

import datetime
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AbstractUser, User
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.core.log_masking import MASK, MaskingFormatter
from cms.previews import tokens
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import Draft
from tests.factories.branding import build_branding
from tests.factories.conditions import ConditionPageFactory, build_block, build_index
from tests.factories.drafts import build_api_url, build_snapshot
from tests.factories.images import SiteImageFactory
from tests.factories.large_pages import build_large_condition
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    """A live page, as it is saved."""
    condition: ConditionPage = ConditionPageFactory(parent=index, slug="ms", title="Live")
    return condition


def get(client: Client, snapshot: DraftSnapshot, query: str = "") -> dict[str, Any]:
    answer = client.get(build_api_url(snapshot, query))
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def build_typed(draft: Draft, **fields: Any) -> DraftSnapshot:
    """What an editor is typing."""
    editor = fields.pop("created_by", None) or User.objects.create_superuser(f"editor-{uuid4()}")
    return build_snapshot(draft, kind=SnapshotKind.EDITOR, created_by=editor, **fields)


def test_preview__changed_page__is_the_draft_at_its_real_path(
    client: Client, condition: ConditionPage, admin_user: AbstractUser
) -> None:
    admin_user.first_name, admin_user.last_name = "Aaron", "Harris"
    admin_user.save()
    condition.title, condition.slug = "Draft", "moved"
    snapshot = build_snapshot(condition, created_by=admin_user)
    body = get(client, snapshot)

    assert body["page"]["title"] == "Draft"
    assert body["path"] == body["page"]["path"] == "/conditions/moved/"
    assert [crumb["path"] for crumb in body["breadcrumbs"]] == ["/", "/conditions/"]
    assert body["seo"]["noindex"]
    assert body["site"] is None
    draft = body["draft"]
    assert (draft["kind"], draft["author"], draft["title"]) == ("shared", "Aaron Harris", "Draft")
    assert draft["is_published"]
    assert [change["what"] for change in draft["changes"]] == ["Title", "Address"]
    assert draft["expires_at"] == snapshot.expires_at.isoformat().replace("+00:00", "Z")


def test_preview__page_that_was_never_saved__is_shown_below_its_parent(
    client: Client, index: ConditionIndexPage
) -> None:
    draft = ConditionPage(title="New", slug="new")
    snapshot = build_typed(draft, parent_object_id=str(index.pk))
    body = get(client, snapshot)

    assert body["page"]["id"] is None
    assert body["path"] == "/conditions/new/"
    assert [crumb["path"] for crumb in body["breadcrumbs"]] == ["/", "/conditions/"]
    assert not body["draft"]["is_published"]
    assert body["draft"]["changes"] == []


@pytest.mark.parametrize("state", ["never_published", "private"])
def test_preview__page_that_readers_do_not_see__is_not_called_published(
    state: str, client: Client, index: ConditionIndexPage
) -> None:
    page = ConditionPageFactory(parent=index, live=state != "never_published")
    if state == "private":
        make_private(page)
    page.title = "Changed"
    body = get(client, build_snapshot(page))

    assert not body["draft"]["is_published"]
    assert body["draft"]["changes"] == []


def test_preview__what_readers_may_not_see__is_not_shown_through_a_draft(
    client: Client, index: ConditionIndexPage, condition: ConditionPage
) -> None:
    hidden = ConditionPageFactory(parent=index, live=False, title="Hidden", slug="hidden-page")
    condition.body = [
        build_block(
            "related_conditions", heading="More", items=[{"page": hidden.pk, "reason": "x"}]
        ),
        build_block(
            "section",
            role="other",
            heading="A",
            text=f'<p><a linktype="page" id="{hidden.pk}">x</a></p>',
        ),
    ]
    answer = client.get(build_api_url(build_snapshot(condition)))

    assert b"idden" not in answer.content.replace(b"hidden=", b"")
    (related, _section) = answer.json()["page"]["body"]
    assert related["value"]["items"][0]["page"] is None
    assert answer.json()["related"] == []


def test_preview__of_a_shared_draft__stays_as_it_was(
    client: Client, condition: ConditionPage
) -> None:
    snapshot = build_snapshot(condition)
    before = get(client, snapshot)["page"]
    condition.title = "Typed later"
    condition.save_revision(clean=False)

    assert get(client, snapshot)["page"] == before


def test_preview__pictures_and_people_deleted_since__are_missing(
    client: Client, condition: ConditionPage
) -> None:
    condition.hero_image = SiteImageFactory()
    author = condition.author
    snapshot = build_snapshot(condition)
    condition.hero_image.delete()
    ConditionPage.objects.update(author=None, reviewed_by=None)
    author.delete()
    body = get(client, snapshot)

    assert body["page"]["hero_image"] is None
    assert body["page"]["author"] is None


def test_preview__branding__is_drawn_on_the_home_page(
    client: Client, index: ConditionIndexPage
) -> None:
    branding = build_branding(name="Saved", header=[{"label": "Book", "address": "https://a.b/"}])
    branding.name = "Typed"
    body = get(client, build_typed(branding))

    assert body["path"] == "/"
    assert body["page"]["meta"]["type"] == "pages.HomePage"
    assert body["site"]["name"] == "Typed"
    assert [item["label"] for item in body["site"]["menus"]["header"]] == ["Book"]
    assert client.get("/api/v2/site/").json()["name"] == "Saved"


@pytest.mark.parametrize("is_in_panel", [True, False])
def test_preview__for_an_editor__brings_the_user_bar(
    is_in_panel: bool, client: Client, condition: ConditionPage, admin_user: AbstractUser
) -> None:
    snapshot = build_typed(condition, created_by=admin_user)
    userbar = get(client, snapshot, "?in_preview_panel=true" if is_in_panel else "")["userbar"]

    assert ("<aside hidden" in userbar) == is_in_panel
    assert '"allowedOrigins"' in userbar
    assert "http://localhost:3000" in userbar
    assert 'src="//127.0.0.1:8000/static/previews/user_bar.js"' in userbar
    assert "//127.0.0.1:8000/static/wagtailadmin/js/userbar.js" in userbar
    # Every address in it is a full one: it is drawn on another host.
    for attribute in ('src="/s', 'href="/s', 'href="/a'):
        assert attribute not in userbar


def test_preview__shared__brings_nothing_of_the_admin(
    client: Client, condition: ConditionPage, admin_user: AbstractUser
) -> None:
    answer = client.get(build_api_url(build_snapshot(condition, created_by=admin_user)))

    assert answer.json()["userbar"] == ""
    assert b"/admin" not in answer.content


@pytest.mark.parametrize(
    "token", ["x", "%00", "..%2f..", "0" * 32 + ".1:" + "A" * 43, "é", "a" * 5000]
)
def test_token__that_is_none__is_not_found(token: str, client: Client) -> None:
    answer = client.get(f"/api/v2/preview/{token}/")

    assert answer.status_code == 404
    assert answer.json()["code"] in {"preview_not_found", "unknown_endpoint"}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_token__ended_in_any_way__says_the_same_and_nothing_of_the_draft(
    client: Client, condition: ConditionPage, index: ConditionIndexPage
) -> None:
    expired = build_snapshot(condition, lifetime=datetime.timedelta(seconds=-1))
    revoked = build_snapshot(condition, revoked_at=timezone.now())
    deleted = build_snapshot(condition)
    gone = build_api_url(deleted)
    deleted.delete()
    other = ConditionPageFactory(parent=index)
    orphaned = build_snapshot(other)
    orphan = build_api_url(orphaned)
    other.delete()

    bodies = []
    for url in (build_api_url(expired), build_api_url(revoked), gone, orphan):
        answer = client.get(url)
        assert answer.status_code == 410
        assert answer.headers["Cache-Control"] == "no-store"
        bodies.append(answer.json())
    assert bodies[0]["code"] == "preview_ended"
    assert all(body == bodies[0] for body in bodies)


def test_preview__parent_deleted_while_typing__has_ended(
    client: Client, index: ConditionIndexPage
) -> None:
    draft = ConditionPage(title="New", slug="new")
    snapshot = build_typed(draft, parent_object_id=str(index.pk))
    index.delete()

    assert client.get(build_api_url(snapshot)).status_code == 410


@pytest.mark.parametrize(
    "content",
    [
        {"pk": [None, "x"]},
        {"title": None},
        {"last_reviewed": "soon"},
        {"body_systems": [10**30]},
        {"slug": None},
    ],
)
def test_preview__whose_content_no_longer_fits__has_ended(
    content: dict[str, Any], client: Client, condition: ConditionPage
) -> None:
    snapshot = build_snapshot(condition)
    snapshot.content |= content
    snapshot.save()

    assert client.get(build_api_url(snapshot)).status_code in {200, 410}


@pytest.mark.parametrize("end", ["deleted", "deactivated", "without rights"])
def test_preview__of_an_editor_who_has_left__has_ended(
    end: str, client: Client, condition: ConditionPage
) -> None:
    editor = User.objects.create_superuser("leaving")
    typed = build_typed(condition, created_by=editor)
    shared = build_snapshot(condition, created_by=editor)
    if end == "deleted":
        editor.delete()
    elif end == "deactivated":
        User.objects.update(is_active=False)
    else:
        User.objects.update(is_superuser=False)

    assert client.get(build_api_url(typed)).status_code == 410
    assert client.get(build_api_url(shared)).status_code == 200


@pytest.mark.parametrize("query", ["?in_preview_panel=yes", "?token=x", "?fields=*"])
def test_parameters__that_make_no_sense__are_refused(
    query: str, client: Client, condition: ConditionPage
) -> None:
    assert client.get(build_api_url(build_snapshot(condition), query)).status_code == 400


def test_answers__whoever_asks__are_kept_by_nobody_and_carry_no_cookie(
    condition: ConditionPage,
) -> None:
    open_url = build_api_url(build_snapshot(condition))
    revoked_url = build_api_url(build_snapshot(condition, revoked_at=timezone.now()))
    for user in (None, User.objects.create_superuser("editor")):
        client = Client()
        if user:
            client.force_login(user)
        for url in (open_url, revoked_url, "/api/v2/preview/x/"):
            answer = client.get(url)
            assert answer.headers["Cache-Control"] == "no-store"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert not answer.cookies
            assert "Cookie" not in answer.headers.get("Vary", "")


def test_opening__of_a_shared_draft__is_noted_once_a_minute(
    client: Client, condition: ConditionPage
) -> None:
    snapshot = build_snapshot(condition)
    get(client, snapshot)
    snapshot.refresh_from_db()
    first = snapshot.last_opened_at
    get(client, snapshot)
    snapshot.refresh_from_db()

    assert first is not None
    assert snapshot.last_opened_at == first


def test_opening__while_the_database_is_busy__shows_the_draft_all_the_same(
    client: Client, condition: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> int:
        raise OperationalError("database is locked")

    snapshot = build_snapshot(condition)
    monkeypatch.setattr(QuerySet, "update", fail)

    assert get(client, snapshot)["page"]["title"] == "Live"


def test_queries__do_not_grow_with_the_page(client: Client, index: ConditionIndexPage) -> None:
    counts = []
    for size in (2, 20):
        page: Page = build_large_condition(
            index, blocks=2 * size, images=size, links=size, related=size
        )
        snapshot = build_typed(page)
        get(client, snapshot)  # what is asked once for each process, or for each user
        with CaptureQueriesContext(connection) as queries:
            get(client, snapshot, "?in_preview_panel=true")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18


def test_preview__every_page_type__fits_the_contract(
    client: Client, index: ConditionIndexPage
) -> None:
    home = index.get_parent().specific
    for page in (home, index, StandardPageFactory(parent=home)):
        assert get(client, build_snapshot(page))["path"] == page.public_path


def test_logs__never_hold_a_token(condition: ConditionPage) -> None:
    token = tokens.sign(build_snapshot(condition))
    escaped = token.replace(":", "%253A").replace(".", "%2E")
    try:
        raise ValueError(f"at ?preview={token}")
    except ValueError as error:
        record = logging.LogRecord(
            "test",
            logging.ERROR,
            "",
            1,
            "Gone: %s, %s",
            (token, escaped),
            (ValueError, error, error.__traceback__),
        )
    line = MaskingFormatter("%(message)s").format(record)

    assert line.count(MASK) >= 3
    assert token not in line
    assert escaped not in line
    assert token.partition(":")[2] not in line
