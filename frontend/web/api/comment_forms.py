"""What a form needs in which a reader leaves a comment, and the way to leave it."""

import uuid
from dataclasses import dataclass
from typing import Final

import msgspec

from web.api.client import CmsClient
from web.api.errors import CmsAwayError, CommentKeyReusedError
from web.api.models import CommentForm, CommentSubmission
from web.api.resolution import read_part

_FORM: Final = "the form of a comment"
_LONGEST_HEADER: Final = 500


@dataclass(frozen=True)
class Reader:
    """Who sends a comment; "" for what is not known."""

    address: str
    user_agent: str
    referrer: str


async def fetch_comment_form(
    client: CmsClient, page_id: int, reply_to: int | None = None
) -> CommentForm:
    """What a form needs that is about to be filled in.

    Raises:
        CmsMissingError: readers see no such page, or no such comment below it.
        CommentsClosedError: the page takes no comments now.
        CmsAwayError: there is no answer, or none that makes sense.
    """
    parameters = {} if reply_to is None else {"reply_to": str(reply_to)}
    answer = await client.get(f"pages/{page_id}/comments/form/", parameters)
    form = read_part(answer, CommentForm, _FORM)
    if not is_path_of_site(form.page_path):
        raise CmsAwayError(f"{_FORM}: {form.page_path!r} is no path of this site")
    return form


async def leave_comment(
    client: CmsClient, page_id: int, submission: CommentSubmission, reader: Reader
) -> None:
    """Have a comment stored: once this returns, it is.

    Raises `CommentError`, `CmsMissingError`, `CmsRefusedError` or `CmsAwayError`.
    """
    endpoint = f"pages/{page_id}/comments/"
    headers = _build_headers(reader, with_address=client.is_known)
    try:
        await client.post(endpoint, submission, headers)
    except CommentKeyReusedError:
        # Somebody went back to a form that had been sent, and wrote something else.
        again = msgspec.structs.replace(submission, idempotency_key=build_key())
        await client.post(endpoint, again, headers)


def build_key() -> str:
    """An idempotency key for one filled-in form."""
    return str(uuid.uuid4())


def is_path_of_site(path: str) -> bool:
    """Whether `path` leads to a page of this site and to nowhere else."""
    is_path = path.startswith("/") and not path.startswith("//")
    return is_path and path.isprintable() and not {*path} & {*"?#\\"}


def _build_headers(reader: Reader, *, with_address: bool) -> dict[str, str]:
    headers = {
        "User-Agent": reader.user_agent,
        "Referer": reader.referrer,
        # Without the site's key, the CMS would not believe it.
        "X-Reader-Address": reader.address if with_address else "",
    }
    clean = {name: "".join(filter(str.isprintable, value)) for name, value in headers.items()}
    return {name: value[:_LONGEST_HEADER] for name, value in clean.items() if value}
