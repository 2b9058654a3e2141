"""The demo's logins: one for each part that somebody plays in publishing a page."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

# Public on purpose: `make run` prints it.
DEMO_PASSWORD: Final = "massage-aha-demo"  # noqa: S105


@dataclass(frozen=True)
class DemoLogin:
    """Somebody who writes or approves. `group` is one of those that Wagtail makes."""

    username: str
    first_name: str
    last_name: str
    group: str

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.username}@example.com"


ADMIN_USERNAME: Final = "admin"
LOGINS: Final = (
    DemoLogin("editor", "Maya", "Lindqvist", "Editors"),
    DemoLogin("moderator", "Tom", "Okafor", "Moderators"),
)
DEMO_USERNAMES: Final = (ADMIN_USERNAME, *(login.username for login in LOGINS))


def create_logins() -> None:
    """Make each login that is not there yet; no administrator where there is one."""
    users = get_user_model().objects
    if not users.filter(is_superuser=True).exists():
        users.create_superuser(ADMIN_USERNAME, f"{ADMIN_USERNAME}@example.com", DEMO_PASSWORD)
    for login in LOGINS:
        if users.filter(username=login.username).exists():
            continue
        user = users.create_user(
            login.username,
            login.email,
            DEMO_PASSWORD,
            first_name=login.first_name,
            last_name=login.last_name,
        )
        user.groups.add(Group.objects.get(name=login.group))
