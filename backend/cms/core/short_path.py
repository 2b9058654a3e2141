"""The public API's way through Django, without the middleware that it has no use for.

Its views authenticate nobody and keep no state: sessions, CSRF tokens, messages and the admin's
transactions are not for them (decision 14). A page's answer takes longer to pass those than to be
looked up.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from cms.core.stateless import API_PREFIX


class ShortPathMiddleware:
    """Calls the API's views itself. What stands after it in the settings is for all else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        # Refuses a host name that is not ours, as `CommonMiddleware` does.
        request.get_host()
        match = resolve(request.path_info)
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
        return _finish(response)


def _finish(response: Any) -> HttpResponse:
    rendered: HttpResponse = response.render() if hasattr(response, "render") else response
    headers = rendered.headers
    if "Content-Length" not in headers and not rendered.streaming:
        headers["Content-Length"] = str(len(rendered.content))
    # The documentation is HTML.
    headers.setdefault("X-Frame-Options", "DENY")
    return rendered
