import json
import logging
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.branding.models import BrandingSettings
from cms.contract.openapi import build_openapi
from tests.factories.branding import build_branding
from tests.factories.conditions import build_index
from tests.factories.images import SiteImageFactory
from tests.factories.pages import StandardPageFactory, build_site

pytestmark = pytest.mark.django_db
URL = "/api/v2/site/"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_URL = "https://site.example"


def get_site(client: Client) -> dict[str, Any]:
    response = client.get(URL)
    assert response.status_code == 200
    site: dict[str, Any] = response.json()
    schemas = build_openapi()["components"]
    jsonschema.validate(site, {"$ref": "#/components/schemas/Site", "components": schemas})
    return site


def test_site__nothing_saved__answers_with_defaults_and_writes_nothing(client: Client) -> None:
    build_site()

    site = get_site(client)

    assert site == {
        "name": "Massage Aha!",
        "tagline": "",
        "url": "https://site.example",
        "practitioner": {"name": "", "credentials": "", "line": ""},
        "service_area": "",
        "contact": {"phone": "", "email": "", "booking_url": ""},
        "logo": None,
        "colors": site["colors"],
        "badge": None,
        "menus": {"header": [], "footer": []},
        "footer_text": "",
        "conditions_path": "",
        "tags": ["paths", "site"],
    }
    assert not BrandingSettings.objects.exists()


def test_site__saved__answers_with_it(client: Client) -> None:
    build_site()
    logo = SiteImageFactory(description="Two hands")
    build_branding(
        tagline="Massage therapy",
        practitioner_name="Aaron Harris",
        practitioner_credentials="BCTMB",
        service_area="Kansas City, MO",
        phone="(816) 555-0100",
        email="aaron@example.org",
        booking_url="https://book.example/",
        logo=logo,
        color_primary="#004080",
        footer_text="<p>No <b>medical</b> advice.</p>",
    )

    site = get_site(client)

    assert site["practitioner"]["line"] == "by Aaron Harris, BCTMB"
    assert site["contact"]["email"] == "aaron@example.org"
    assert site["logo"]["alt"] == "Two hands"
    assert site["colors"]["primary"] == "#004080"
    assert site["colors"]["dark"]["background"] != site["colors"]["background"]
    assert site["footer_text"] == "<p>No <b>medical</b> advice.</p>"
    assert f"image:{logo.pk}" in site["tags"]


def test_site__name_without_credentials__has_a_line_without_comma(client: Client) -> None:
    build_site()
    build_branding(practitioner_name="Aaron Harris")

    assert get_site(client)["practitioner"]["line"] == "by Aaron Harris"


def test_site__menus__hold_public_pages_and_addresses_in_order(client: Client) -> None:
    home = build_site()
    about = StandardPageFactory(parent=home, title="About me", slug="about")
    draft = StandardPageFactory(parent=home, live=False)
    private = StandardPageFactory(parent=home)
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    build_branding(
        header=[
            {"address": "https://book.example/", "label": "Book"},
            {"page": about},
            {"page": draft, "label": "Draft"},
            {"page": private, "label": "Private"},
        ],
        footer=[{"page": about, "label": "Who I am"}],
    )

    site = get_site(client)

    assert site["menus"] == {
        "header": [
            {"label": "Book", "href": "https://book.example/"},
            {"label": "About me", "href": "/about/"},
        ],
        "footer": [{"label": "Who I am", "href": "/about/"}],
    }
    assert {f"page:{page.pk}" for page in (about, draft, private)} <= set(site["tags"])


def test_site__list_of_conditions_published__names_its_path(client: Client) -> None:
    build_site()
    index = build_index()

    site = get_site(client)

    assert site["conditions_path"] == index.public_path != ""


def test_site__footer_text__links_to_public_pages_alone(client: Client) -> None:
    home = build_site()
    about = StandardPageFactory(parent=home, slug="about")
    draft = StandardPageFactory(parent=home, live=False)
    build_branding(
        footer_text=(
            f'<p><a linktype="page" id="{about.pk}">About</a> '
            f'<a linktype="page" id="{draft.pk}">Draft</a></p>'
        )
    )

    assert get_site(client)["footer_text"] == (
        '<p><a href="https://site.example/about/">About</a> Draft</p>'
    )


def test_site__badge_on__names_its_kind_label_place_and_page(client: Client) -> None:
    statement = StandardPageFactory(parent=build_site(), slug="welcome")
    build_branding(
        badge_kind="transgender_ally_flag", badge_placement="footer", badge_page=statement
    )

    badge = get_site(client)["badge"]

    assert badge["link"]["path"] == "/welcome/"
    assert {name: badge[name] for name in ("kind", "label", "placement", "image")} == {
        "kind": "transgender_ally_flag",
        "label": "Transgender Ally Flag",
        "placement": "footer",
        "image": None,
    }


def test_site__badge_leading_to_a_draft__has_no_link(client: Client) -> None:
    draft = StandardPageFactory(parent=build_site(), live=False)
    build_branding(badge_kind="progress_flag", badge_page=draft)

    site = get_site(client)

    assert site["badge"]["link"] is None
    assert f"page:{draft.pk}" in site["tags"]


def test_site__badge_off__leaves_nothing_of_it(client: Client) -> None:
    statement = StandardPageFactory(parent=build_site())
    build_branding(badge_kind="", badge_image=SiteImageFactory(), badge_page=statement)

    site = get_site(client)

    assert site["badge"] is None
    assert site["tags"] == ["paths", "site"]


def test_site__badge_of_own_image__has_the_label_as_its_alt_text(client: Client) -> None:
    build_site()
    build_branding(badge_kind="own_image", badge_image=SiteImageFactory(), badge_label="All")

    assert get_site(client)["badge"]["image"]["alt"] == "All"


def test_site__badge_whose_image_was_deleted__is_left_out_with_a_warning(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    build_site()
    image = SiteImageFactory()
    build_branding(badge_kind="own_image", badge_image=image)
    image.delete()

    with caplog.at_level(logging.WARNING):
        assert get_site(client)["badge"] is None

    assert "its picture is gone" in caplog.text


def test_site__any_menus__cost_the_same_few_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    home = build_site()
    pages = [StandardPageFactory(parent=home) for _ in range(12)]
    branding = build_branding(
        header=[{"page": pages[0]}],
        footer=[{"page": pages[1]}],
        logo=SiteImageFactory(),
        badge_kind="own_image",
        badge_image=SiteImageFactory(),
        badge_page=pages[0],
        footer_text=f'<p><a linktype="page" id="{pages[2].pk}">x</a></p>',
    )
    expected = 6

    with django_assert_num_queries(expected):
        client.get(URL)
    branding.delete()
    build_branding(
        header=[{"page": page} for page in pages],
        footer=[{"page": page} for page in pages],
        logo=SiteImageFactory(),
        badge_kind="own_image",
        badge_image=SiteImageFactory(),
        badge_page=pages[0],
        footer_text="".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages),
    )
    with django_assert_num_queries(expected):
        client.get(URL)


def test_site__editor_logged_in__has_the_same_bytes_and_no_cookie(client: Client) -> None:
    build_site()
    build_branding(badge_kind="progress_flag")
    anonymous = client.get(URL)

    client.force_login(User.objects.create_superuser("editor"))
    editor = client.get(URL)

    assert editor.content == anonymous.content
    assert dict(editor.headers) == dict(anonymous.headers)
    assert not anonymous.cookies
    assert anonymous["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_site__unknown_parameter__is_a_problem_that_names_it(client: Client) -> None:
    response = client.get(URL, {"colour": "red"})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["parameters"] == ["colour"]


@pytest.mark.parametrize("color", ["red;}*", "#12", ""])
def test_site__a_stored_colour_that_is_none__is_answered_with_the_default_ones(
    client: Client, caplog: pytest.LogCaptureFixture, color: str
) -> None:
    build_site()
    default = get_site(client)["colors"]
    branding = build_branding(color_text="#101010")
    BrandingSettings.objects.filter(pk=branding.pk).update(color_primary=color)

    with caplog.at_level(logging.WARNING):
        assert get_site(client)["colors"] == default

    assert "colours cannot be read" in caplog.text


def test_site__stored_addresses_that_no_link_may_have__are_left_out(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    build_site()
    build_branding(
        booking_url="javascript:alert(1)//https://",
        header=[
            {"label": "Unsafe", "address": "JavaScript:alert(1)"},
            {"label": "Nothing"},
            {"label": "Call", "address": "tel:+18165550100"},
        ],
    )

    with caplog.at_level(logging.WARNING):
        site = get_site(client)

    assert site["contact"]["booking_url"] == ""
    assert [item["label"] for item in site["menus"]["header"]] == ["Call"]
    assert "booking page is left out" in caplog.text
    assert "'Unsafe'" in caplog.text


def test_site__a_badge_or_place_that_was_taken_away__is_not_served(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    build_site()
    branding = build_branding(badge_kind="progress_flag", badge_label="Ally")
    stored = BrandingSettings.objects.filter(pk=branding.pk)

    stored.update(badge_placement="gone")
    with caplog.at_level(logging.WARNING):
        assert get_site(client)["badge"]["placement"] == "header"
    stored.update(badge_kind="gone")
    with caplog.at_level(logging.WARNING):
        assert get_site(client)["badge"] is None

    assert caplog.text.count("'gone'") == 2
