"""`manage.py bootstrap`: what a new installation gets, and what an old one keeps."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.config import env
from cms.demo import logins
from cms.pages.models import HomePage
from scripts import announce

pytestmark = pytest.mark.django_db


def bootstrap() -> str:
    output = StringIO()
    call_command("bootstrap", stdout=output, verbosity=0)
    return output.getvalue()


def test_bootstrap__new_installation__gets_published_pages_without_content() -> None:
    bootstrap()
    home = HomePage.objects.get()
    index = ConditionIndexPage.objects.get()
    assert home.live
    assert index.live
    assert index.get_parent().specific == home
    assert not ConditionPage.objects.exists()
    assert Page.objects.count() == 3  # with the root
    assert Site.objects.get(is_default_site=True).root_page.specific == home


def test_bootstrap__new_installation__gets_a_login_that_is_printed_once() -> None:
    said = bootstrap()
    admin = get_user_model().objects.get()
    assert admin.is_superuser
    password = said.split("password: ")[1].split()[0]
    assert admin.check_password(password)
    assert "password" not in bootstrap()


def test_bootstrap__password_from_the_environment__is_not_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(env, "ADMIN_USERNAME", "aaron")
    monkeypatch.setattr(env, "ADMIN_PASSWORD", "a-password-of-his-own")
    said = bootstrap()
    assert get_user_model().objects.get().check_password("a-password-of-his-own")
    assert "aaron" in said
    assert "a-password-of-his-own" not in said


def test_bootstrap__second_start__leaves_everything_as_it_is() -> None:
    bootstrap()
    HomePage.objects.update(hero_heading="Changed by an editor")
    before = list(Page.objects.values_list("pk", "title", "latest_revision_created_at"))
    bootstrap()
    assert list(Page.objects.values_list("pk", "title", "latest_revision_created_at")) == before
    assert HomePage.objects.get().hero_heading == "Changed by an editor"
    assert get_user_model().objects.count() == 1


def test_make_run__announces_the_logins_that_the_demo_makes() -> None:
    assert announce.USERNAMES == logins.DEMO_USERNAMES
    assert announce.PASSWORD == logins.DEMO_PASSWORD
