"""Akismet, for installations that have a key: https://akismet.com/developers/.

Whatever keeps it from answering is UNKNOWN, with a reason that a moderator understands. The key
and the comment are in no log and no reason.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import akismet
import httpx
from django.conf import settings

from cms.comments.choices import Verdict
from cms.comments.spam.message import Finding, Message, Reason

logger = logging.getLogger(__name__)

NO_ADDRESS: Final = "The sender's address is not known, so Akismet was not asked"
BAD_KEY: Final = "Akismet does not accept the key of this installation (AKISMET_KEY)"
SLOW: Final = "Akismet did not answer in time"
UNREACHABLE: Final = "Akismet could not be reached"
NONSENSE: Final = "Akismet gave an answer that is not understood"

_VERDICTS: Final = {
    akismet.CheckResponse.HAM: Verdict.HAM,
    akismet.CheckResponse.SPAM: Verdict.SPAM,
    akismet.CheckResponse.DISCARD: Verdict.DISCARD,
}
_SAID: Final = {
    Verdict.HAM: "Akismet takes it for a real response",
    Verdict.SPAM: "Akismet takes it for spam",
    Verdict.DISCARD: "Akismet is certain that it is spam",
}


class AkismetProvider:
    """Asks Akismet, and tells it what moderators decided. `transport` is for tests."""

    name = "akismet"

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def check(self, message: Message) -> Finding:
        """Akismet's verdict."""
        if not message.address:
            return self._find_unknown(NO_ADDRESS)
        try:
            with self._open_client() as client:
                answer = client.comment_check(message.address, **build_arguments(message))
        except Exception as error:
            return self._find_unknown(_explain(error))
        verdict = _VERDICTS[answer]
        return Finding(self.name, verdict, (Reason("akismet", _SAID[verdict], 0),))

    def report(self, message: Message, *, is_spam: bool) -> bool:
        """Send a moderator's decision. False where Akismet did not take it: try again later."""
        if not message.address:
            return True
        try:
            with self._open_client() as client:
                submit = client.submit_spam if is_spam else client.submit_ham
                return submit(message.address, **build_arguments(message))
        except Exception as error:
            _explain(error)
            return False

    def verify_key(self) -> bool:
        """Whether Akismet accepts the key. Raises `AkismetError` where it cannot be asked."""
        with self._open_client() as client:
            return client.verify_key()

    def _find_unknown(self, why: str) -> Finding:
        return Finding(self.name, Verdict.UNKNOWN, (Reason("akismet", why, 0),))

    @contextmanager
    def _open_client(self) -> Iterator[akismet.SyncClient]:
        """A client of the settings. It is no context manager of its own: that asks for the key."""
        config = akismet.Config(key=settings.AKISMET_KEY, url=settings.SITE_URL)
        with httpx.Client(
            headers={"User-Agent": akismet.USER_AGENT},
            timeout=settings.AKISMET_TIMEOUT_SECONDS,
            transport=self._transport,
        ) as http_client:
            yield akismet.SyncClient(config=config, http_client=http_client)


def build_arguments(message: Message) -> akismet.AkismetArguments:
    """Everything that Akismet asks for and we know."""
    arguments: akismet.AkismetArguments = {
        "blog_charset": "UTF-8",
        "blog_lang": "en_us",
        "comment_author": message.name,
        "comment_content": message.text,
        "comment_context": message.page_title,
        "comment_date_gmt": _write_time(message.sent_at),
        "comment_type": "reply" if message.is_reply else "comment",
        # The client passes known fields only. Ours asks for no address of a home page, so that
        # Akismet's field for one takes what came in the field that people do not see.
        "honeypot_field_name": "comment_author_url",
        "comment_author_url": message.honeypot,
        "permalink": message.page_url,
        "referrer": message.referrer,
        "user_agent": message.user_agent,
    }
    if message.email:
        arguments["comment_author_email"] = message.email
    if message.page_changed_at is not None:
        arguments["comment_post_modified_gmt"] = _write_time(message.page_changed_at)
    if settings.DEBUG:
        # Akismet learns nothing from what developers send.
        arguments["is_test"] = True
    return arguments


def _write_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _explain(error: Exception) -> str:
    """Why there is no answer, for the moderator; the log gets the kind of error and no more.

    What the client raises may quote the answer, or the key.
    """
    kinds = f"{type(error).__name__}, {type(error.__cause__).__name__}"
    logger.warning("Akismet gave no answer (%s).", kinds)
    if isinstance(error, akismet.APIKeyError):
        return BAD_KEY
    if isinstance(error, akismet.ProtocolError):
        return NONSENSE
    if isinstance(error.__cause__, httpx.TimeoutException):
        return SLOW
    if isinstance(error.__cause__, httpx.HTTPStatusError):
        return f"Akismet is out of order (status {error.__cause__.response.status_code})"
    return UNREACHABLE
