"""Every public endpoint, taken from the URLs that are mounted."""

import re
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver

from cms.config import api
from cms.contract.endpoints import get_endpoints

PREFIX = "/api/v2/"
# What answers everything that is no endpoint.
_CATCH_ALL = "unknown_endpoint"


def iterate_endpoint_paths() -> Iterator[str]:
    """The paths as OpenAPI writes them, such as `/api/v2/pages/{id}/`."""
    for route in _iterate_routes(api.urlpatterns):
        path = re.sub(r"<(?:int:)?pk>", "{id}", route)
        yield PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)


def get_methods(path: str) -> str:
    """The methods that an endpoint takes, as its `Allow` header has them."""
    writing = [each.method.upper() for each in get_endpoints() if each.path == path]
    return ", ".join(["GET", "HEAD", "OPTIONS", *(name for name in writing if name != "GET")])


def _iterate_routes(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _iterate_routes(pattern.url_patterns, route)
        elif pattern.name != _CATCH_ALL:
            yield route
