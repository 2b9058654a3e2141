from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupSitePermission, Site

from cms.branding.models import BrandingSettings, HeaderMenuItem
from tests.factories.branding import build_branding
from tests.factories.pages import StandardPageFactory, build_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor"))
    return client


def form_url() -> str:
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["branding", "brandingsettings", site.pk])


def build_form_data(**changes: Any) -> dict[str, Any]:
    """What a browser sends from the form as it first opens, with `changes`."""
    data: dict[str, Any] = {
        "name": "Massage Aha!",
        "color_primary": "#1f5a58",
        "color_accent": "#a8502f",
        "color_background": "#fbf7f1",
        "color_text": "#2a2522",
        "badge_kind": "",
        "badge_label": "Transgender Ally Flag",
        "badge_placement": "header",
        "footer_text": "null",
    }
    for menu in ("header_menu_items", "footer_menu_items"):
        data |= {
            f"{menu}-TOTAL_FORMS": "0",
            f"{menu}-INITIAL_FORMS": "0",
            f"{menu}-MIN_NUM_FORMS": "0",
            f"{menu}-MAX_NUM_FORMS": "1000",
        }
    return data | changes


def build_menu_data(**item: Any) -> dict[str, Any]:
    fields = {"page": "", "address": "", "label": "", "ORDER": "1", "DELETE": ""} | item
    return {
        "header_menu_items-TOTAL_FORMS": "1",
        **{f"header_menu_items-0-{name}": value for name, value in fields.items()},
    }


def test_form__as_it_opens__saves(admin: Client) -> None:
    build_site()

    response = admin.post(form_url(), build_form_data(name="Calm Hands"))

    assert response.status_code == 302
    assert BrandingSettings.objects.get().name == "Calm Hands"


def test_form__unreadable_colours__names_the_ratio_and_saves_nothing(admin: Client) -> None:
    build_site()

    response = admin.post(form_url(), build_form_data(name="Other", color_text="#cccccc"))

    assert "The text colour on the background has a contrast of 1.5" in response.content.decode()
    assert not BrandingSettings.objects.filter(name="Other").exists()


@pytest.mark.parametrize("color", ["", "red", "#12", "#zzzzzz", "url(x)"])
def test_form__not_a_colour__is_refused_beside_its_field(admin: Client, color: str) -> None:
    build_site()

    response = admin.post(form_url(), build_form_data(color_primary=color))

    assert "color_primary" in response.context["form"].errors


def test_form__own_badge_without_picture__is_refused(admin: Client) -> None:
    build_site()

    response = admin.post(form_url(), build_form_data(badge_kind="own_image"))

    assert response.context["form"].errors.keys() == {"badge_image"}


def test_form__menu_entries__are_saved_in_order(admin: Client) -> None:
    page = StandardPageFactory(parent=build_site())

    admin.post(form_url(), build_form_data(**build_menu_data(page=page.pk)))

    assert HeaderMenuItem.objects.get().page_id == page.pk


def test_form__unsafe_menu_address__is_refused(admin: Client) -> None:
    build_site()
    data = build_form_data(**build_menu_data(label="Go", address="javascript:alert(1)"))

    response = admin.post(form_url(), data)

    assert "Use a full web address" in response.content.decode()
    assert not HeaderMenuItem.objects.exists()


def test_footer_text__with_script__is_clean_in_the_database() -> None:
    build_site()

    build_branding(footer_text='<p onclick="x()">Hi<script>alert(1)</script></p>')

    assert BrandingSettings.objects.values_list("footer_text", flat=True).get() == "<p>Hi</p>"


def test_form__editor_without_the_permission__is_turned_away(client: Client) -> None:
    build_site()
    user = User.objects.create_user("writer")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)

    assert client.get(form_url()).status_code == 302

    GroupSitePermission.objects.create(
        group=user.groups.get(),
        site=Site.objects.get(is_default_site=True),
        permission=Permission.objects.get(codename="change_brandingsettings"),
    )
    assert client.get(form_url()).status_code == 200
