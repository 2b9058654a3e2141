"""A token opens one draft, until its time, and cannot be made by anybody else."""

import datetime
import re
import uuid
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.previews import tokens
from cms.previews.models import DraftSnapshot

SNAPSHOT = DraftSnapshot(
    pk=uuid.UUID("5d0c5b0e3f534f7e9d572f0a4a6b6a11"),
    expires_at=datetime.datetime(2126, 1, 31, tzinfo=datetime.UTC),
)


def test_token__read_again__says_which_draft_and_until_when() -> None:
    read = tokens.read_or_none(tokens.sign(SNAPSHOT))

    assert read == tokens.Token(SNAPSHOT.pk, SNAPSHOT.expires_at)
    assert not read.is_expired


def test_token__holds_an_id_and_an_expiry_alone() -> None:
    assert re.fullmatch(
        r"5d0c5b0e3f534f7e9d572f0a4a6b6a11\.4925491200:[A-Za-z0-9_-]{43}", tokens.sign(SNAPSHOT)
    )


def test_token__after_its_time__is_expired() -> None:
    snapshot = DraftSnapshot(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    read = tokens.read_or_none(tokens.sign(snapshot))

    assert read is not None
    assert read.is_expired


@pytest.mark.parametrize("place", [0, 31, 33, 42, 44, -1])
def test_token__with_one_character_changed__is_none_of_ours(place: int) -> None:
    token = tokens.sign(SNAPSHOT)
    place %= len(token)
    other = "1" if token[place] != "1" else "0"

    assert tokens.read_or_none(token[:place] + other + token[place + 1 :]) is None


def test_token__with_the_expiry_of_another__is_none_of_ours() -> None:
    later = DraftSnapshot(
        pk=SNAPSHOT.pk, expires_at=SNAPSHOT.expires_at + datetime.timedelta(days=1)
    )
    content = tokens.sign(later).partition(":")[0]
    signature = tokens.sign(SNAPSHOT).partition(":")[2]

    assert tokens.read_or_none(f"{content}:{signature}") is None


def test_token__signed_with_a_former_key__still_opens(settings: Any) -> None:
    token = tokens.sign(SNAPSHOT)
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another key, from now on"

    assert tokens.read_or_none(token) is None
    settings.SECRET_KEY_FALLBACKS = [former]
    assert tokens.read_or_none(token) is not None


@given(st.text() | st.from_regex(r"\A[0-9a-f]{32}\.[0-9]{1,12}:[A-Za-z0-9_-]{43}\Z"))
def test_token__anything_else__is_none_of_ours(token: str) -> None:
    assert tokens.read_or_none(token) is None
