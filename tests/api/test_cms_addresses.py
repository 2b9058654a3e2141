"""What the CMS answers outside of the API and the admin."""

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from wagtail.models import Page, Site

from cms.pages.models import PublicPath
from cms.pages.site_record import sync_site
from tests.factories.pages import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/conditions/gout/", "/no/such-page/", "/ménière/"])
def test_visitor__of_any_page__is_sent_to_the_site(client: Client, path: str) -> None:
    response = client.get(f"{path}?a=1")

    assert response.status_code == 302
    assert response["Location"].startswith(f"{settings.SITE_URL}/")
    assert response["Location"].endswith("?a=1")


def test_visitor__address_of_a_page__is_still_known_to_wagtail() -> None:
    home = HomePageFactory()
    sync_site()

    assert StandardPageFactory(parent=home, slug="about").get_url() == "/about/"


def test_health__database_answers__is_ok(client: Client) -> None:
    response = client.get("/healthz")

    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_health__database_does_not_answer__is_unavailable(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)

    assert client.get("/healthz").status_code == 503


def test_media__other_than_pictures__is_not_served(client: Client) -> None:
    assert client.get("/media/documents/page.html").status_code == 404
    assert client.get("/media/images/../documents/page.html").status_code == 404


class TestSyncSite:
    @pytest.mark.parametrize(
        ("address", "hostname", "port"),
        [
            ("https://massage.example", "massage.example", 443),
            ("http://massage.example", "massage.example", 80),
            ("http://localhost:3000", "localhost", 3000),
        ],
    )
    def test_sync__writes_what_the_setting_says(
        self, settings: Any, address: str, hostname: str, port: int
    ) -> None:
        settings.SITE_URL = address
        home = HomePageFactory()

        sync_site()

        site = Site.objects.get(is_default_site=True)
        assert (site.hostname, site.port, site.root_page_id) == (hostname, port, home.pk)

    def test_sync__twice__changes_nothing(self, django_assert_num_queries: Any) -> None:
        HomePageFactory()
        call_command("sync_site")
        before = list(Site.objects.values())

        with django_assert_num_queries(4):  # two reads inside of a savepoint
            call_command("sync_site")

        assert list(Site.objects.values()) == before

    def test_sync__without_a_home_page__keeps_the_root(self) -> None:
        root = Site.objects.get().root_page

        site = sync_site()

        assert site is not None
        assert site.root_page == root

    def test_sync__on_an_empty_tree__does_nothing(self) -> None:
        Page.objects.filter(depth=2).delete()
        Site.objects.all().delete()

        assert sync_site() is None
        call_command("sync_site")

    def test_sync__records_the_pages_that_are_public_from_now_on(self) -> None:
        home = HomePageFactory()
        StandardPageFactory(parent=home, slug="about")
        assert not PublicPath.objects.exists()

        sync_site()

        assert set(PublicPath.objects.values_list("path", flat=True)) == {"/", "/about/"}
