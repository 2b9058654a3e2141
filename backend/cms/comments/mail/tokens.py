"""Tokens of the links in the mail: which comment, what is to be done, and until when, signed.

A token is `<comment>.<decision>.<expiry, seconds since 1970>:<signature>`. Whoever has it may
decide so about this comment, and nothing else. `core/log_masking.py` keeps it out of the logs.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from cms.comments.admin.decisions import DECISIONS, Decision
from cms.comments.models import Comment

LIFETIME: Final = datetime.timedelta(days=14)
# What may be done from a mail; all else is for the admin.
OFFERED: Final = ("approve", "spam", "bin")
_SALT: Final = "cms.comments.mail"
_FORM: Final = re.compile(
    rf"([0-9]{{1,18}})\.({'|'.join(OFFERED)})\.([0-9]{{1,11}}):[A-Za-z0-9_-]{{43}}"
)


@dataclass(frozen=True)
class Token:
    """What a token says, once its signature was found to be ours."""

    comment_id: int
    decision: Decision
    expires_at: datetime.datetime

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


def sign(comment: Comment, decision: Decision) -> str:
    """The token that lets its holder decide so about `comment`, for 14 days."""
    expires_at = timezone.now() + LIFETIME
    said = f"{comment.pk}.{decision.name}.{int(expires_at.timestamp())}"
    return Signer(salt=_SALT).sign(said)


def read_or_none(token: str) -> Token | None:
    """What `token` says; None where it is none of ours."""
    match = _FORM.fullmatch(token)
    if match is None:
        return None
    try:
        Signer(salt=_SALT).unsign(token)
    except BadSignature:
        return None
    expires_at = datetime.datetime.fromtimestamp(int(match[3]), datetime.UTC)
    return Token(int(match[1]), DECISIONS[match[2]], expires_at)
