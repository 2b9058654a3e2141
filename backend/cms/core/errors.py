"""What an answer of the public API can refuse, and the stable code of each refusal.

    ApiError                         status  code
    ├── BadRequestError                 400  bad_request
    │   ├── UnknownParameterError       400  unknown_parameter
    │   ├── RepeatedParameterError      400  repeated_parameter
    │   ├── MissingParameterError       400  missing_parameter
    │   └── InvalidParameterError       400  invalid_parameter
    ├── NotFoundError                   404  not_found
    │   └── UnknownEndpointError        404  unknown_endpoint
    └── GoneError                       410  gone

`core/problems.py` turns these, and what the frameworks raise, into `application/problem+json`.
"""

from collections.abc import Iterable
from typing import ClassVar

# An answer repeats what it refuses; neither a name nor their number may fill a screen.
_LONGEST_NAME = 100
_MOST_NAMES = 20


class ApiError(Exception):
    """A refusal with a sentence that tells the caller what to do next."""

    status: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, detail: str, parameters: Iterable[str] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameters = shorten_names(parameters)


class BadRequestError(ApiError):
    """The request itself is wrong."""

    status = 400
    code = "bad_request"


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


class GoneError(ApiError):
    """Something was there and has ended."""

    status = 410
    code = "gone"


class UnknownEndpointError(NotFoundError):
    """No endpoint has this address."""

    code = "unknown_endpoint"


def shorten_names(names: Iterable[str]) -> tuple[str, ...]:
    """The first names, sorted and cut, that an answer may repeat to its caller."""
    return tuple(name[:_LONGEST_NAME] for name in sorted(set(names))[:_MOST_NAMES])
