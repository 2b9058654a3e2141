"""Drafts on the site, and the addresses that show them."""

import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from cms.previews import tokens
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import Draft, take_snapshot


def build_snapshot(
    draft: Draft,
    *,
    kind: SnapshotKind = SnapshotKind.SHARED,
    lifetime: datetime.timedelta = datetime.timedelta(days=7),
    parent_object_id: str = "",
    **fields: Any,
) -> DraftSnapshot:
    """A kept copy of `draft`; with a negative lifetime, one that has ended."""
    content = take_snapshot(draft, parent_object_id=parent_object_id)
    expires_at = timezone.now() + lifetime
    return DraftSnapshot.objects.create(kind=kind, expires_at=expires_at, **content, **fields)


def build_api_url(snapshot: DraftSnapshot, query: str = "") -> str:
    """The address at which the API answers `snapshot`."""
    return f"/api/v2/preview/{tokens.sign(snapshot)}/{query}"


def read_token(address: str) -> str:
    """The token in an address of the site."""
    (token,) = parse_qs(urlsplit(address).query)["preview"]
    return token
