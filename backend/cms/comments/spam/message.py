"""What a spam check is asked, and what it answers.

A provider looks at a `Message` and gives a `Finding`: its verdict, and the reasons that the
moderator reads beside the comment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cms.comments.choices import Verdict


@dataclass(frozen=True)
class Recent:
    """How many other comments came lately."""

    from_address: int
    """Sent from the same address within the last hour."""
    on_page: int
    """Sent to the same page within the last hour."""
    same_text: int
    """With the same text, but for case and signs, on any page within 30 days, whatever became
    of them."""


@dataclass(frozen=True)
class Message:
    """A comment as a spam check sees it."""

    name: str
    email: str
    """"" where the sender gave none."""
    text: str
    honeypot: str
    """What came in the field that people do not see."""
    sent_at: datetime
    form_opened_at: datetime | None
    """None where the form carried no time stamp of ours."""
    address: str | None
    """The sender's IP address; None where nobody vouches for it."""
    user_agent: str
    referrer: str
    page_url: str
    page_title: str
    page_changed_at: datetime | None
    is_reply: bool
    recent: Recent
    blocked_words: Sequence[str]
    """The moderator's own words and phrases."""


@dataclass(frozen=True)
class Reason:
    """One thing that was noticed."""

    code: str
    text: str
    """A line for the moderator."""
    weight: int
    """How much it says for spam, in the points of the provider; 0 where it only informs."""


@dataclass(frozen=True)
class Finding:
    """What a provider makes of a message."""

    provider: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


class Provider(Protocol):
    """Somebody who knows spam."""

    name: str

    def check(self, message: Message) -> Finding:
        """What it makes of the message. Never raises: who cannot be asked is UNKNOWN."""
        ...

    def report(self, message: Message, *, is_spam: bool) -> bool:
        """Tell it what a moderator decided. True when that is done, or there is nothing to do."""
        ...
