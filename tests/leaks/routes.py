"""Every address pattern of the CMS and of the site, as they are mounted."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from starlette.routing import Route


def list_cms_routes() -> list[str]:
    """The patterns of the URLconf, each with those that it is mounted under."""
    return list(_iterate_patterns(get_resolver().url_patterns))


def _iterate_patterns(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _iterate_patterns(pattern.url_patterns, route)
        else:
            yield route


def list_site_routes(routes: Iterable[Any]) -> list[str]:
    """The routes of the site, such as `/search/ show_search`: two may have the same path."""
    return [_name_route(route) for route in routes]


def _name_route(route: Any) -> str:
    # A mount or another kind of route is known to no table, and fails the test by its name.
    return f"{route.path} {route.endpoint.__name__}" if isinstance(route, Route) else repr(route)


def list_unknown(routes: Iterable[str], table: Iterable[str]) -> list[str]:
    """The routes that a table does not know."""
    known = set(table)
    return [route for route in routes if route not in known]
