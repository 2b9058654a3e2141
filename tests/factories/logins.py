"""People who log in to the admin, by the group that Wagtail's migrations made for them."""

import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group

_numbers = itertools.count(1)


def build_login(group: str, **fields: str) -> AbstractUser:
    """A login of "Editors", who may not publish, or of "Moderators", who may."""
    username = f"{group.lower()}-{next(_numbers)}"
    user: AbstractUser = get_user_model().objects.create_user(
        username, f"{username}@example.com", "irrelevant", **fields
    )
    user.groups.add(Group.objects.get(name=group))
    return user
