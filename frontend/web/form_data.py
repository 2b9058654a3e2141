"""Reading what a form of this site sends: not too much of it, text alone, each field once."""

from collections.abc import AsyncGenerator, Collection
from typing import Final

from python_multipart.multipart import parse_options_header
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

LONGEST_BODY: Final = 64 * 1024
_MOST_FIELDS: Final = 50
_UTF_8: Final = b"utf-8"


class FormRefusedError(Exception):
    """What was sent is none of our forms. `status` is the answer's, `advice` is for the reader."""

    def __init__(self, status: int, advice: str) -> None:
        super().__init__(advice)
        self.status = status
        self.advice = advice


async def read_fields(request: Request, names: Collection[str]) -> dict[str, str]:
    """The fields `names` of the multipart form that was sent; others do not count.

    Raises `FormRefusedError`: before anything is read where the form is too long or something else.
    """
    media_type, options = parse_options_header(request.headers.get("content-type"))
    if media_type.lower() != b"multipart/form-data":
        raise FormRefusedError(415, "Please open the page again and use the form on it.")
    if options.get(b"charset", _UTF_8).lower() != _UTF_8:
        raise FormRefusedError(415, "Please send the form in UTF-8, as the page itself does.")
    body = await _read_body(request)
    try:
        body.decode()
        form = await MultiPartParser(
            request.headers, _stream(body), max_files=0, max_fields=_MOST_FIELDS
        ).parse()
    except (UnicodeDecodeError, MultiPartException) as error:
        raise _refuse_form() from error
    fields = {}
    for name in names:
        given = form.getlist(name)
        if len(given) != 1 or not isinstance(given[0], str):
            raise _refuse_form()
        fields[name] = given[0]
    return fields


async def _read_body(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if not (length.isascii() and length.isdecimal()) or int(length[:12]) > LONGEST_BODY:
        raise _refuse_length()
    body = bytearray()
    try:
        # A body that comes in chunks does not say how long it is.
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                raise _refuse_length()
    except ClientDisconnect as error:
        raise _refuse_form() from error
    return bytes(body)


async def _stream(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def _refuse_form() -> FormRefusedError:
    return FormRefusedError(
        400, "The form did not arrive whole. Please open the page again and use the form on it."
    )


def _refuse_length() -> FormRefusedError:
    return FormRefusedError(
        413,
        "That is more than we can read. Please go back, shorten it to 10,000 characters and send "
        "it again.",
    )
