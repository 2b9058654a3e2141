"""What the editor's preview panel sends, and where it is sent."""

from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import restore
from cms.previews.typed_forms import build_draft
from tests.factories.conditions import (
    ConditionPageFactory,
    build_block,
    build_guidance,
    build_index,
)
from tests.factories.drafts import read_token
from tests.factories.editor_forms import build_editor_data, build_stream_data
from tests.factories.images import SiteImageFactory
from tests.factories.pages import StandardPageFactory
from tests.unit.branding.test_settings_form import build_form_data, build_menu_data

pytestmark = pytest.mark.django_db

SYMPTOMS = {"heading": "Symptoms", "items": [{"text": "Tremor", "note": ""}]}
SOURCES = {
    "heading": "Sources",
    "items": [
        {
            "title": "A page",
            "publisher": "An institute",
            "url": "https://example.com/",
            "checked_on": None,
        }
    ],
}


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=index, slug="ms", body=[build_guidance()])
    return page


def build_edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


def post(admin: Client, url: str, data: dict[str, Any]) -> str:
    """Send the form as the panel does; the address of the preview on the site."""
    answer = admin.post(url, data)
    assert answer.status_code == 200
    body = answer.json()
    assert body["is_valid"]
    assert body["is_available"]
    return str(body["render_url"])


def get_typed_page() -> ConditionPage:
    draft = restore(DraftSnapshot.objects.get(kind=SnapshotKind.EDITOR))
    assert isinstance(draft, ConditionPage)
    return draft


def test_panel__existing_page__is_sent_to_its_real_path_with_what_is_typed(
    condition: ConditionPage, admin: Client
) -> None:
    data = build_editor_data(condition, title="Typed", slug="typed")
    address = post(admin, build_edit_url(condition), data)

    assert address.startswith("http://localhost:3000/conditions/typed/?preview=")
    assert get_typed_page().title == "Typed"
    condition.refresh_from_db()
    assert condition.title != "Typed"


def test_panel__again__writes_the_same_row(condition: ConditionPage, admin: Client) -> None:
    first = post(admin, build_edit_url(condition), build_editor_data(condition, title="One"))
    second = post(admin, build_edit_url(condition), build_editor_data(condition, title="Two"))

    assert DraftSnapshot.objects.count() == 1
    assert read_token(first)[:32] == read_token(second)[:32]
    assert get_typed_page().title == "Two"


def test_panel__two_editors__do_not_see_each_others_typing(
    condition: ConditionPage, admin: Client
) -> None:
    other = Client()
    other.force_login(User.objects.create_superuser("other"))
    first = post(admin, build_edit_url(condition), build_editor_data(condition, title="One"))
    second = post(other, build_edit_url(condition), build_editor_data(condition, title="Two"))

    assert read_token(first)[:32] != read_token(second)[:32]


def test_panel__new_page__has_its_place_below_its_parent(
    index: ConditionIndexPage, condition: ConditionPage, admin: Client
) -> None:
    url = reverse(
        "wagtailadmin_pages:preview_on_add", args=["conditions", "conditionpage", index.pk]
    )
    address = post(admin, url, build_editor_data(condition, title="New", slug="new"))

    assert address.startswith("http://localhost:3000/conditions/new/?preview=")
    draft = get_typed_page()
    assert draft.pk is None
    assert draft.public_path == "/conditions/new/"


def test_panel__empty_form__is_shown_all_the_same(index: ConditionIndexPage, admin: Client) -> None:
    url = reverse(
        "wagtailadmin_pages:preview_on_add", args=["conditions", "conditionpage", index.pk]
    )
    empty = nested_form_data(
        {"title": "", "slug": "", "also_known_as": inline_formset([]), "body": {"count": "0"}}
    )

    assert "/conditions/draft/?preview=" in post(admin, url, empty)
    assert get_typed_page().title == ""
    assert post(admin, url, {})


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "not a slug!"},
        {"go_live_at": "2020-01-01 10:00", "expire_at": "2019-01-01 10:00"},
        {"review_due": "next wee"},
        {"icd10_code": "G35.12345678"},
        {"summary": "x" * 5000},
        {"author": "999999"},
        {"hero_image": "nothing"},
        {"condition_name": "n" * 300},
    ],
)
def test_panel__a_field_that_cannot_be_taken__leaves_the_others_as_typed(
    changes: dict[str, Any], condition: ConditionPage, admin: Client
) -> None:
    post(admin, build_edit_url(condition), build_editor_data(condition, title="Typed", **changes))

    assert get_typed_page().title == "Typed"


def test_panel__half_an_address_in_a_body__leaves_every_other_part_as_typed(
    index: ConditionIndexPage, admin: Client
) -> None:
    guidance = build_guidance(
        {
            "phase": "any",
            "label": "Always",
            "advice": "modify",
            "max_minutes": 30,
            "max_pressure": 2,
        }
    )
    body = [build_block("symptoms", **SYMPTOMS), guidance, build_block("sources", **SOURCES)]
    page = ConditionPageFactory(parent=index, body=body, live=False)
    stream = build_stream_data(page.body)
    stream["0"]["value"]["items"]["0"]["value"]["text"] = "Shaky hands"
    stream["2"]["value"]["items"]["0"]["value"]["url"] = "htt"
    post(admin, build_edit_url(page), build_editor_data(page, body=stream))

    symptoms, guidance, sources = get_typed_page().body.raw_data
    assert symptoms["value"]["items"][0]["value"]["text"] == "Shaky hands"
    phase = guidance["value"]["phases"][0]["value"]
    assert (phase["max_minutes"], phase["max_pressure"]) == (30, 2)
    assert sources["value"]["items"][0]["value"]["url"] == "htt"


def test_panel__a_picture_beside_half_an_address__stays(
    index: ConditionIndexPage, admin: Client
) -> None:
    picture = {"image": SiteImageFactory().pk, "decorative": False, "alt_text": "A teal rectangle"}
    figure = build_block("figure", image=picture, caption="", credit="")
    page = ConditionPageFactory(
        parent=index, body=[figure, build_block("sources", **SOURCES)], live=False
    )
    stream = build_stream_data(page.body)
    stream["1"]["value"]["items"]["0"]["value"]["url"] = "htt"
    stream["0"]["value"]["image"]["alt_text"] = ""
    stream["0"]["value"]["caption"] = "A null\0character"
    post(admin, build_edit_url(page), build_editor_data(page, body=stream))

    figure, _sources = get_typed_page().body.raw_data
    assert figure["value"]["image"]["image"] == picture["image"]
    assert figure["value"]["image"]["alt_text"] == ""
    assert figure["value"]["caption"] == "A nullcharacter"


def test_panel__a_form_that_is_in_pieces__is_refused(
    condition: ConditionPage, admin: Client
) -> None:
    data = build_editor_data(condition)
    rows = {"also_known_as-TOTAL_FORMS": "1", "also_known_as-INITIAL_FORMS": "1"}
    for broken in ({"body-count": "{}"}, {"body-count": "3"}, {**rows, "also_known_as-0-id": " "}):
        answer = admin.post(build_edit_url(condition), {**data, **broken})
        assert answer.status_code == 400
        assert not answer.json()["is_available"]


def test_panel__rows_of_which_one_cannot_be_taken__shows_them_all(
    condition: ConditionPage, admin: Client
) -> None:
    condition.also_known_as.set([AlsoKnownAs(term="MS", kind="abbreviation")])
    condition.save()
    saved = condition.also_known_as.get()
    rows = inline_formset(
        [
            {"id": str(saved.pk), "term": "MS typed", "kind": "abbreviation"},
            {"id": "", "term": "Disseminated sclerosis", "kind": "nonsense"},
        ],
        initial=1,
    )
    post(admin, build_edit_url(condition), build_editor_data(condition, also_known_as=rows))

    terms = [row.term for row in get_typed_page().also_known_as.all()]
    assert terms == ["MS typed", "Disseminated sclerosis"]


def test_panel__while_typing__holds_no_lock_of_the_database(
    condition: ConditionPage, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []

    def note_depth(form: Any) -> Any:
        depths.append(len(connection.atomic_blocks))
        return build_draft(form)

    monkeypatch.setattr("cms.previews.editor_views.build_draft", note_depth)
    post(admin, build_edit_url(condition), build_editor_data(condition))

    assert depths == [len(connection.atomic_blocks)]


def test_full_window__before_anything_was_typed__shows_what_is_saved(
    condition: ConditionPage, admin: Client
) -> None:
    answer = admin.get(build_edit_url(condition))

    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert address.startswith("http://localhost:3000/conditions/ms/?preview=")
    assert DraftSnapshot.objects.get().kind == SnapshotKind.VERSION


def test_full_window__after_typing__shows_what_was_typed(
    condition: ConditionPage, admin: Client
) -> None:
    typed = post(admin, build_edit_url(condition), build_editor_data(condition, title="Typed"))

    assert admin.get(build_edit_url(condition)).headers["Location"] == typed


def test_forgetting__what_was_typed__leaves_none_of_it(
    condition: ConditionPage, admin: Client
) -> None:
    post(admin, build_edit_url(condition), build_editor_data(condition, title="Typed"))
    admin.delete(build_edit_url(condition))

    assert not DraftSnapshot.objects.exists()


def test_history_and_moderation__lead_to_the_version_on_the_site(
    condition: ConditionPage, admin: Client
) -> None:
    condition.title = "Older"
    older = condition.save_revision(clean=False)
    condition.title = "Newer"
    condition.save_revision(clean=False)
    addresses = {
        "Older": reverse("wagtailadmin_pages:revisions_view", args=[condition.pk, older.pk]),
        "Newer": reverse("wagtailadmin_pages:view_draft", args=[condition.pk]),
    }

    for title, address in addresses.items():
        location = admin.get(address).headers["Location"]
        snapshot = DraftSnapshot.objects.get(pk=read_token(location)[:32])
        assert snapshot.title == title


@pytest.mark.parametrize("username", ["", "nobody"])
def test_panel__for_those_who_may_not_edit__keeps_nothing(
    username: str, condition: ConditionPage, client: Client
) -> None:
    if username:
        client.force_login(User.objects.create_user(username))

    for answer in (
        client.post(build_edit_url(condition), build_editor_data(condition)),
        client.get(build_edit_url(condition)),
        client.get(reverse("wagtailadmin_pages:view_draft", args=[condition.pk])),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/admin/")
    assert not DraftSnapshot.objects.exists()


def test_panel__every_page_type__is_shown(index: ConditionIndexPage, admin: Client) -> None:
    home = index.get_parent()
    for page in (index, home.specific, StandardPageFactory(parent=home)):
        answer = admin.get(build_edit_url(page))
        assert answer.headers["Location"].startswith(
            f"http://localhost:3000{page.specific.public_path}?preview="
        )
        editor = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert build_edit_url(page) in editor
        assert "previews/panel.js" in editor


def build_settings_url() -> str:
    site = Site.objects.get(is_default_site=True)
    return reverse(
        "wagtailsettings:preview_on_edit", args=["branding", "brandingsettings", site.pk]
    )


def test_panel__branding__is_shown_on_the_home_page(
    index: ConditionIndexPage, admin: Client
) -> None:
    data = build_form_data(name="Typed name", **build_menu_data(label="Book", address="htt"))
    address = post(admin, build_settings_url(), data)

    assert address.startswith("http://localhost:3000/?preview=")
    branding: Any = restore(DraftSnapshot.objects.get())
    assert branding.name == "Typed name"
    assert [item.label for item in branding.header_menu_items.all()] == ["Book"]


def test_panel__settings_that_nobody_knows__are_not_found(
    index: ConditionIndexPage, admin: Client
) -> None:
    assert admin.get(build_settings_url().replace("brandingsettings", "other")).status_code == 404
