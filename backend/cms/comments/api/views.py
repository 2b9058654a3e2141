"""`pages/<id>/comments/` and the form of it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cms.comments.addresses import find_caller
from cms.comments.choices import CommentsMode
from cms.comments.contract import MOST_THREADS, THREADS
from cms.comments.errors import CommentsClosedError
from cms.comments.form_tokens import build_form_token
from cms.comments.leaving import Sender, find_commented_page, leave_comment, read_submission
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.reading import fetch_comment_list, fetch_shown_comment
from cms.core.errors import (
    ForeignOriginError,
    InvalidBodyError,
    NotFoundError,
    RequestTooLargeError,
    UnsupportedMediaTypeError,
)
from cms.core.public_api import PublicEndpoint
from cms.core.query_parameters import parse_integer

LONGEST_BODY: Final = 64 * 1024
TAKEN: Final = "Thank you. Your response appears once it has been read."


class CommentsView(PublicEndpoint):
    """The approved comments of a page, and the way to leave one."""

    http_method_names = ["get", "head", "options", "post"]  # type: ignore[misc]

    def get_known_query_parameters(self) -> tuple[str, ...]:
        """Those of the list; what is sent has none."""
        return () if self.request.method == "POST" else ("limit", "offset")

    def get(self, request: Request, pk: int) -> Response:
        """A part of the list. Raises `NotFoundError` or `InvalidParameterError`."""
        given = request.query_params
        limit = parse_integer(
            "limit", given.get("limit", str(THREADS)), minimum=1, maximum=MOST_THREADS
        )
        offset = parse_integer("offset", given.get("offset", "0"))
        return Response(fetch_comment_list(find_commented_page(pk), offset=offset, limit=limit))

    def post(self, request: Request, pk: int) -> Response:
        """Store a comment. Raises what `leave_comment` and the readers of the request raise."""
        check_origin(request)
        submission = read_submission(read_json_object(request))
        sender = Sender(
            caller=find_caller(request._request),
            user_agent=_read_header(request, "User-Agent"),
            referrer=_read_header(request, "Referer"),
        )
        leave_comment(pk, submission, sender)
        return Response({"state": "held", "detail": TAKEN}, status=201)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response; what answers a comment is nobody's to keep."""
        final = super().finalize_response(request, response, *args, **kwargs)
        if request.method == "POST":
            final["Cache-Control"] = "no-store"
        return final


class CommentFormView(PublicEndpoint):
    """What a form needs: the time stamp of this moment, and what it is about."""

    query_parameters = ("reply_to",)

    def get(self, request: Request, pk: int) -> Response:
        """The form. Raises `NotFoundError`, `CommentsClosedError` or `InvalidParameterError`."""
        page = find_commented_page(pk)
        if page.get_comments_mode(get_comment_settings()) != CommentsMode.OPEN:
            raise CommentsClosedError
        asked = request.query_params.get("reply_to")
        reply_to = None
        if asked is not None:
            reply_to = fetch_shown_comment(page.pk, parse_integer("reply_to", asked, minimum=1))
            if reply_to is None:
                raise NotFoundError("Readers see no such response below this page.")
        return Response(
            {
                "token": build_form_token(page.pk, timezone.now()),
                "page_title": page.title,
                "page_path": page.public_path,
                "reply_to": reply_to,
                "uses_akismet": bool(settings.AKISMET_KEY),
            }
        )

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response, with a stamp that is good for one reader."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "no-store"
        return final


def check_origin(request: Request) -> None:
    """Raise `ForeignOriginError` for a page of another site. Programs send no `Origin`."""
    origin = request.headers.get("Origin")
    if origin is not None and origin not in settings.CORS_ALLOWED_ORIGINS:
        raise ForeignOriginError("Responses are taken from the site's own pages only.")


def read_json_object(request: Request) -> Mapping[str, Any]:
    """The JSON object that was sent.

    Raises:
        UnsupportedMediaTypeError, RequestTooLargeError: before anything of it is read.
        InvalidBodyError: it is no JSON object in UTF-8.
    """
    media_type = str(request.META.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaTypeError("Send JSON, as application/json.")
    length = str(request.META.get("CONTENT_LENGTH", ""))
    if not (length.isascii() and length.isdecimal()):
        raise InvalidBodyError("Send a JSON object, with its Content-Length.")
    if int(length) > LONGEST_BODY:
        raise RequestTooLargeError(f"Send at most {LONGEST_BODY:,} bytes.")
    try:
        sent = json.loads(request._request.body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InvalidBodyError("Send a JSON object in UTF-8.") from error
    if not isinstance(sent, dict):
        raise InvalidBodyError("Send a JSON object, such as {“name”: “…”, “text”: “…”}.")
    return sent


def _read_header(request: Request, name: str) -> str:
    value = str(request.headers.get(name, ""))
    return "".join(sign for sign in value if sign.isprintable())
