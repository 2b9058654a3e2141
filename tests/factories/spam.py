"""Messages for the spam checks: one that nobody objects to, with whatever a test changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cms.comments.spam.message import Message, Recent

SENT_AT: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
_NOBODY: Final = Recent(from_address=0, on_page=0, same_text=0)


def build_message(text: str = "My neck is better since.", **changes: Any) -> Message:
    """What a careful reader sends. `seconds` is how long the form was open; None: no time stamp."""
    seconds = changes.pop("seconds", 90)
    recent = replace(_NOBODY, **{key: changes.pop(key) for key in _RECENT if key in changes})
    fields: dict[str, Any] = {
        "name": "Anna",
        "email": "anna@example.org",
        "text": text,
        "honeypot": "",
        "sent_at": SENT_AT,
        "form_opened_at": None if seconds is None else SENT_AT - timedelta(seconds=seconds),
        "address": "192.0.2.7",
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
        "referrer": "https://site.example/conditions/ms/",
        "page_url": "https://site.example/conditions/ms/",
        "page_title": "Massage for Multiple Sclerosis",
        "page_changed_at": SENT_AT - timedelta(days=30),
        "is_reply": False,
        "recent": recent,
        "blocked_words": (),
    }
    return Message(**{**fields, **changes})


_RECENT: Final = ("from_address", "on_page", "same_text")
