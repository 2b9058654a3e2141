"""The public endpoints, described beside their views."""

from dataclasses import dataclass, field
from typing import Final, Literal

from django.core.exceptions import ImproperlyConfigured

from cms.contract.schemas import Schema

_ENDPOINTS: Final[dict[tuple[str, str], "Endpoint"]] = {}


@dataclass(frozen=True)
class Parameter:
    """One parameter of an endpoint, in the query unless it is part of the path."""

    name: str
    description: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    required: bool = False
    location: Literal["query", "path"] = "query"
    example: str | int | None = None


@dataclass(frozen=True)
class Endpoint:
    """One operation: `path` is written as OpenAPI does, such as `/api/v2/pages/{id}/`.

    `responses` maps a status to the schema of its body; None is an answer without a described
    body. A status of 400 and above is always `application/problem+json`. `request` is the schema of
    the JSON that is sent to it.
    """

    path: str
    operation_id: str
    summary: str
    responses: dict[int, Schema | None]
    description: str = ""
    method: Literal["get", "post"] = "get"
    parameters: tuple[Parameter, ...] = ()
    media_type: str = "application/json"
    request: Schema | None = None


def register_endpoint(endpoint: Endpoint) -> None:
    """Add an endpoint. Raises `ImproperlyConfigured` when its place is taken by another."""
    place = (endpoint.path, endpoint.method)
    if _ENDPOINTS.setdefault(place, endpoint) != endpoint:
        raise ImproperlyConfigured(f"{endpoint.method} {endpoint.path} is described twice.")


def get_endpoints() -> list[Endpoint]:
    """Every endpoint, in the order of its path."""
    return [_ENDPOINTS[place] for place in sorted(_ENDPOINTS)]
