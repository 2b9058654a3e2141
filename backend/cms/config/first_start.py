"""What an installation needs before anybody can work in it: a page tree and a first login."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from cms.conditions.models import ConditionIndexPage
from cms.config import env
from cms.pages.models import HomePage
from cms.pages.site_record import add_home_page


@dataclass(frozen=True)
class Login:
    """A login that was just made. `is_generated` where nobody but us knows the password yet."""

    username: str
    password: str
    is_generated: bool


@transaction.atomic
def create_page_tree() -> bool:
    """Make the home page and the index of conditions, published and empty; whether it had to."""
    if HomePage.objects.exists():
        return False
    home = add_home_page(
        HomePage(
            title=settings.WAGTAIL_SITE_NAME,
            slug="home",
            summary="Guides to health conditions for people who think about having a massage.",
            hero_heading="Is massage safe for me now?",
            live=False,
        )
    )
    index = home.add_child(
        instance=ConditionIndexPage(
            title="Conditions",
            slug="conditions",
            summary="Plain guides to health conditions: what they are, and when massage is safe.",
            live=False,
        )
    )
    for page in (home, index):
        page.save_revision().publish()
    return True


def create_first_login() -> Login | None:
    """Make an administrator, unless there is one; without ADMIN_PASSWORD, one is made up."""
    users = get_user_model()
    if users.objects.filter(is_superuser=True).exists():
        return None
    password = env.ADMIN_PASSWORD or secrets.token_urlsafe(12)
    users.objects.create_superuser(env.ADMIN_USERNAME, env.ADMIN_EMAIL, password)
    return Login(env.ADMIN_USERNAME, password, is_generated=not env.ADMIN_PASSWORD)
