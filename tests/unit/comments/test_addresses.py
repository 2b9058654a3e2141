"""Addresses are hashed with a salt of the day, which is soon gone."""

import datetime

import pytest
from django.utils import timezone

from cms.comments.addresses import delete_old_salts, hash_address, hash_address_lately
from cms.comments.models import AddressSalt

pytestmark = pytest.mark.django_db

ADDRESS = "192.0.2.1"


def test_hash__same_day__is_the_same_and_tells_nothing() -> None:
    today = timezone.localdate()

    assert hash_address(ADDRESS, today) == hash_address(ADDRESS, today)
    assert hash_address(ADDRESS, today) != hash_address("192.0.2.2", today)
    assert ADDRESS not in hash_address(ADDRESS, today)


def test_hash__day_without_a_salt__is_none() -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)

    assert hash_address(ADDRESS, yesterday) == ""
    assert len(hash_address_lately(ADDRESS)) == 1
    AddressSalt.objects.create(day=yesterday)
    today_hash, yesterday_hash = hash_address_lately(ADDRESS)
    assert today_hash != yesterday_hash


def test_delete_old_salts__those_before_yesterday_alone() -> None:
    today = timezone.localdate()
    for days in range(4):
        AddressSalt.objects.create(day=today - datetime.timedelta(days=days))

    assert delete_old_salts() == 2
    assert delete_old_salts() == 0
    assert set(AddressSalt.objects.values_list("day", flat=True)) == {
        today,
        today - datetime.timedelta(days=1),
    }
