"""Tokens that open a draft: an id and an expiry, signed, and nothing else.

A token is `<id, 32 hex digits>.<expiry, seconds since 1970>:<signature>`. Whether the draft was
revoked, what it shows and to whom it was given is for the row to say. `SECRET_KEY` signs;
`SECRET_KEY_FALLBACKS` are still believed, so that a changed key ends no link.
"""

import datetime
import re
import uuid
from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from cms.previews.models import DraftSnapshot

_SALT: Final = "cms.previews"
_FORM: Final = re.compile(r"([0-9a-f]{32})\.([0-9]{1,11}):[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Token:
    """What a token says, once its signature was found to be ours."""

    snapshot_id: uuid.UUID
    expires_at: datetime.datetime

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


def sign(snapshot: DraftSnapshot) -> str:
    """The token that opens `snapshot` until it expires."""
    return _signer().sign(f"{snapshot.pk.hex}.{int(snapshot.expires_at.timestamp())}")


def read_or_none(token: str) -> Token | None:
    """What `token` says; None where it is none of ours, whatever it is instead."""
    match = _FORM.fullmatch(token)
    if match is None:
        return None
    try:
        _signer().unsign(token)
    except BadSignature:
        return None
    expires_at = datetime.datetime.fromtimestamp(int(match[2]), datetime.UTC)
    return Token(uuid.UUID(match[1]), expires_at)


def _signer() -> Signer:
    return Signer(salt=_SALT)
