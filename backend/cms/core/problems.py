"""Every error of the public API as `application/problem+json` (RFC 9457), in one place."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback
from wagtail.api.v2.utils import BadRequestError as WagtailBadRequestError

from cms.core.errors import ApiError, BadRequestError, NotFoundError

logger = logging.getLogger(__name__)

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
GENERIC_DETAIL: Final = "Something went wrong here. Please try again in a minute."

_CODES: Final = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    410: "gone",
    413: "request_too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
    500: "internal_error",
}
_DETAILS: Final = {
    400: "The request could not be read.",
    403: "This is not open to the public.",
    404: "Nothing that readers may see is there.",
    500: GENERIC_DETAIL,
}

Problem = dict[str, Any]


def build_problem(
    status: int,
    *,
    detail: str = "",
    code: str = "",
    parameters: tuple[str, ...] = (),
    errors: Mapping[str, str] | None = None,
) -> Problem:
    """The body of a problem; `detail` and `code` have a default for each status."""
    problem: Problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _DETAILS.get(status, HTTPStatus(status).description),
        "code": code or _CODES.get(status, "error"),
    }
    if parameters:
        problem["parameters"] = list(parameters)
    if errors:
        problem["errors"] = [{"field": name, "detail": said} for name, said in errors.items()]
    return problem


def handle_exception(exc: Exception, context: dict[str, Any]) -> Response:
    """The answer to any exception of a public view. What is not foreseen is logged, never shown."""
    set_rollback()
    problem, headers = _describe(exc)
    if problem["status"] >= 500:
        # Says to error reporting what Django itself says of an uncaught exception.
        request = getattr(context.get("request"), "_request", None)
        got_request_exception.send(sender=None, request=request)
        logger.error("A public endpoint failed", exc_info=exc)
    return Response(problem, problem["status"], headers=headers, content_type=PROBLEM_MEDIA_TYPE)


def build_problem_response(status: int) -> HttpResponse:
    """A problem for an error outside of any public view, such as a refused host name."""
    body = JSONRenderer().render(build_problem(status))
    return HttpResponse(body, status=status, content_type=PROBLEM_MEDIA_TYPE)


def _describe(exc: Exception) -> tuple[Problem, dict[str, str]]:
    if isinstance(exc, WagtailBadRequestError):
        exc = BadRequestError(f"The request cannot be answered: {exc}.")
    elif isinstance(exc, Http404):
        exc = NotFoundError(_DETAILS[404])
    if isinstance(exc, ApiError):
        problem = build_problem(
            exc.status,
            detail=exc.detail,
            code=exc.code,
            parameters=exc.parameters,
            errors=exc.errors,
        )
        return problem, {"Retry-After": str(exc.retry_after)} if exc.retry_after else {}
    if isinstance(exc, exceptions.APIException):
        return build_problem(exc.status_code, detail=str(exc.detail)), _build_headers(exc)
    if isinstance(exc, SuspiciousOperation):
        return build_problem(400), {}
    if isinstance(exc, PermissionDenied):
        return build_problem(403), {}
    return build_problem(500), {}


def _build_headers(exc: exceptions.APIException) -> dict[str, str]:
    wait = getattr(exc, "wait", None)
    return {"Retry-After": str(int(wait))} if wait else {}
