"""What a reader is told whose comment was not taken: what happened, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from web.api.errors import (
    CmsError,
    CmsMissingError,
    CommentInvalidError,
    CommentsClosedError,
    CommentsTooManyError,
    CommentTooLongError,
)
from web.rendering.comment_form import SHOWN_FIELDS

RETRY_SECONDS: Final = 30
_NOT_SENT: Final = "Your response was not sent"


@dataclass(frozen=True)
class FormTrouble:
    """Why a form comes back, and with which `status`: `words` about it, or about single `fields`.

    `is_over` where there is no use in sending it again; `is_reply_missing` where it can be sent as
    a response of its own alone. `retry_after` is in seconds; 0 for no need to wait.
    """

    status: int
    title: str = _NOT_SENT
    words: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    retry_after: int = 0
    is_over: bool = False
    is_reply_missing: bool = False


NOTHING_TO_REPLY_TO: Final = FormTrouble(
    200,
    title="The response that you wanted to reply to is not there any more",
    words="You can leave a response of your own.",
)
_REPLY_MISSING: Final = FormTrouble(
    400,
    words="The response that you replied to is not there any more. Send yours again to leave it as "
    "a response of its own.",
    is_reply_missing=True,
)
_TOO_LONG: Final = FormTrouble(
    413, fields={"text": "Please shorten your response to 10,000 characters at most."}
)
_CLOSED: Final = FormTrouble(
    403,
    title="Responses to this page are closed",
    words="They were closed while you wrote. What you wrote is below, so that you can copy it.",
    is_over=True,
)
_MISSING: Final = FormTrouble(
    404,
    title="This page takes no responses any more",
    words="What you wrote is below, so that you can copy it.",
    is_over=True,
)
_STALE: Final = FormTrouble(
    400,
    words="This form cannot be used any more. Please copy what you wrote, open the page again and "
    "put it into the form there.",
)
_AWAY: Final = FormTrouble(
    503,
    words="We cannot take it just now. What you wrote is still here: please send it again in a "
    "minute.",
    retry_after=RETRY_SECONDS,
)


def explain(error: CmsError) -> FormTrouble:
    """What the error of the CMS means for the reader."""
    match error:
        case CommentInvalidError():
            return _explain_fields(error.fields)
        case CommentsTooManyError():
            return FormTrouble(
                429,
                words="We have had many responses in a short time. What you wrote is still here: "
                f"please wait {describe_wait(error.retry_after)}, and send it again.",
                retry_after=error.retry_after,
            )
        case CommentTooLongError():
            return _TOO_LONG
        case CommentsClosedError():
            return _CLOSED
        case CmsMissingError():
            return _MISSING
    return _AWAY


def describe_wait(seconds: int) -> str:
    """How long somebody has to wait, rounded up: "a minute", "5 minutes", "2 hours"."""
    minutes = max(1, -(-seconds // 60))
    if minutes < 60:
        return "a minute" if minutes == 1 else f"{minutes} minutes"
    hours = -(-minutes // 60)
    return "an hour" if hours == 1 else f"{hours} hours"


def _explain_fields(fields: Mapping[str, str]) -> FormTrouble:
    shown = {name: fields[name] for name in SHOWN_FIELDS if name in fields}
    if shown:
        return FormTrouble(400, fields=shown)
    return _REPLY_MISSING if "reply_to" in fields else _STALE
