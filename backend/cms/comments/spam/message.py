"""What a spam check is given, and what it answers."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cms.comments.choices import Verdict


@dataclass(frozen=True)
class Recent:
    """How many other comments there are like this one."""

    from_address: int
    """Sent from the same address within the hour before."""
    on_page: int
    """Sent to the same page within the hour before."""
    same_text: int
    """With the same words, anywhere, within the 30 days before."""


@dataclass(frozen=True)
class Message:
    """A comment, and what is known of how it was sent."""

    name: str
    email: str
    text: str
    honeypot: str
    sent_at: datetime.datetime
    form_opened_at: datetime.datetime | None
    """None where there was no time stamp of ours."""
    address: str | None
    user_agent: str
    referrer: str
    page_url: str
    page_title: str
    page_changed_at: datetime.datetime | None
    is_reply: bool
    recent: Recent
    blocked_words: Sequence[str]


@dataclass(frozen=True)
class Reason:
    """Something about a comment that a moderator is told; `weight` counts towards spam."""

    code: str
    text: str
    weight: int


@dataclass(frozen=True)
class Finding:
    """What one provider, or all together, make of a comment."""

    provider: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


class Provider(Protocol):
    """Something that can tell spam from what people write."""

    name: str

    def check(self, message: Message) -> Finding:
        """What it makes of the comment. It never raises: what cannot be asked is unknown."""

    def report(self, message: Message, *, is_spam: bool) -> bool:
        """Tell it what a moderator decided; whether that is done, or there was nothing to do."""
