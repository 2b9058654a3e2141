"""What an answer of the public API can refuse, and the stable code of each refusal.

    ApiError                         status  code
    ├── BadRequestError                 400  bad_request
    │   ├── InvalidBodyError            400  invalid_body
    │   ├── UnknownParameterError       400  unknown_parameter
    │   ├── RepeatedParameterError      400  repeated_parameter
    │   ├── MissingParameterError       400  missing_parameter
    │   └── InvalidParameterError       400  invalid_parameter
    ├── NotFoundError                   404  not_found
    │   └── UnknownEndpointError        404  unknown_endpoint
    ├── ForbiddenError                  403  forbidden
    │   └── ForeignOriginError          403  foreign_origin
    ├── ConflictError                   409  conflict
    ├── GoneError                       410  gone
    ├── RequestTooLargeError            413  request_too_large
    ├── UnsupportedMediaTypeError       415  unsupported_media_type
    └── TooManyRequestsError            429  too_many_requests

`core/problems.py` turns these, and what the frameworks raise, into `application/problem+json`.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

# An answer repeats what it refuses; neither a name nor their number may fill a screen.
_LONGEST_NAME = 100
_MOST_NAMES = 20


class ApiError(Exception):
    """A refusal with a sentence that tells the caller what to do next."""

    status: ClassVar[int]
    code: ClassVar[str]

    def __init__(
        self,
        detail: str,
        parameters: Iterable[str] = (),
        *,
        errors: Mapping[str, str] | None = None,
        retry_after: int = 0,
    ) -> None:
        """`errors` says of each wrong field what to do; `retry_after` is in seconds."""
        super().__init__(detail)
        self.detail = detail
        self.parameters = shorten_names(parameters)
        self.errors = dict(errors or {})
        self.retry_after = retry_after


class BadRequestError(ApiError):
    """The request itself is wrong."""

    status = 400
    code = "bad_request"


class InvalidBodyError(BadRequestError):
    """What was sent is not the JSON that the endpoint takes."""

    code = "invalid_body"


class UnknownParameterError(BadRequestError):
    """Query parameters that the endpoint does not know."""

    code = "unknown_parameter"

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        choice = ", ".join(sorted(known)) or "none"
        self.names = shorten_names(names)
        super().__init__(
            f"Unknown query parameters: {', '.join(self.names)}. Known here: {choice}.", self.names
        )


class RepeatedParameterError(BadRequestError):
    """Query parameters that were given more than once."""

    code = "repeated_parameter"

    def __init__(self, names: Iterable[str]) -> None:
        names = shorten_names(names)
        super().__init__(f"Give each query parameter once: {', '.join(names)}.", names)


class MissingParameterError(BadRequestError):
    """A query parameter that the endpoint needs."""

    code = "missing_parameter"

    def __init__(self, name: str) -> None:
        super().__init__(f"Give the query parameter {name!r}.", (name,))


class InvalidParameterError(BadRequestError):
    """A query parameter whose value cannot be read."""

    code = "invalid_parameter"

    def __init__(self, name: str, reason: str) -> None:
        (name,) = shorten_names((name,))
        super().__init__(f"The query parameter {name!r} {reason}.", (name,))


class NotFoundError(ApiError):
    """Nothing that readers may see is there."""

    status = 404
    code = "not_found"


class ForbiddenError(ApiError):
    """It is understood, and not open to whoever asks."""

    status = 403
    code = "forbidden"


class ForeignOriginError(ForbiddenError):
    """A page of another site sends something."""

    code = "foreign_origin"


class ConflictError(ApiError):
    """It does not fit with what is there already."""

    status = 409
    code = "conflict"


class GoneError(ApiError):
    """Something was there and has ended."""

    status = 410
    code = "gone"


class RequestTooLargeError(ApiError):
    """More was sent than the endpoint reads."""

    status = 413
    code = "request_too_large"


class UnsupportedMediaTypeError(ApiError):
    """What was sent is not of the type that the endpoint reads."""

    status = 415
    code = "unsupported_media_type"


class TooManyRequestsError(ApiError):
    """Somebody has to wait for so many seconds (`retry_after`)."""

    status = 429
    code = "too_many_requests"


class UnknownEndpointError(NotFoundError):
    """No endpoint has this address."""

    code = "unknown_endpoint"


def shorten_names(names: Iterable[str]) -> tuple[str, ...]:
    """The first names, sorted and cut, that an answer may repeat to its caller."""
    return tuple(name[:_LONGEST_NAME] for name in sorted(set(names))[:_MOST_NAMES])
