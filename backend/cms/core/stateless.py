"""The public API keeps no state: no cookie comes in, none goes out."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

API_PREFIX: Final = "/api/"


class StatelessApiMiddleware:
    """Takes the cookies off requests to the API, before any other middleware reads them.

    Its views authenticate nobody anyway. This is for the middleware around them: a broken CSRF
    cookie, for one, would be answered with a new one, and `Vary: Cookie`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API_PREFIX):
            request.META.pop("HTTP_COOKIE", None)
            request.META.pop("HTTP_AUTHORIZATION", None)
        return self.get_response(request)
