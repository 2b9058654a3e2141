"""Changes that readers notice: each prepares, yields, and then happens.

What stands before the first `yield` of a change is done before anybody looks. One that moves the
clock yields again, so that it stays moved while somebody looks.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.factories.connected_site import ConnectedSite

Change = Callable[[ConnectedSite], Iterator[None]]

CHANGES: Final[list[Change]] = []
"""All that are known, once the modules that hold them have been imported."""


def change(function: Change) -> Change:
    """Add a change to those that are known."""
    CHANGES.append(function)
    return function


def publish(page: Any, **fields: Any) -> None:
    """Publish a page with these fields."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@contextmanager
def later(**ahead: float) -> Iterator[None]:
    """Move the clock, by what `timedelta` takes."""
    then = timezone.now() + datetime.timedelta(**ahead)
    with mock.patch("django.utils.timezone.now", return_value=then):
        yield


def post(url: str, **data: Any) -> None:
    """Send a form of the admin, which has to take it."""
    client = Client()
    client.force_login(User.objects.create_superuser("superuser"))
    response = client.post(url, data)
    assert response.status_code == 302, response.content[:2000]
