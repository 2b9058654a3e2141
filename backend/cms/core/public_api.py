"""The base of every public endpoint: one answer for everybody, JSON, strict parameters."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.http import HttpRequest
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.core.problems import PROBLEM_MEDIA_TYPE, handle_exception
from cms.core.query_parameters import check_query_parameters, refuse_null_characters

# Anybody may keep an answer, and asks before using it again.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class OneFormat(BaseContentNegotiation):
    """Answers in the one format of the view, with the same bytes for every `Accept`."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """The first parser, if there is one."""
        return next(iter(parsers), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The only renderer and its media type. Raises `NotAcceptable` where it is not wanted."""
        renderer = next(iter(renderers))
        media_type = str(renderer.media_type)
        http_request = request._request
        is_open_to_anything = not request.META.get("HTTP_ACCEPT", "").strip()
        if not is_open_to_anything and not any(
            http_request.accepts(offered) for offered in (media_type, PROBLEM_MEDIA_TYPE)
        ):
            raise NotAcceptable(f"This address answers in {media_type} only.")
        return renderer, media_type


class PublicEndpoint(APIView):
    """A view of the public API. It authenticates nobody, so that a session changes no byte.

    A subclass names its query parameters in `query_parameters`; any other is refused with 400.
    """

    authentication_classes = ()
    permission_classes = ()
    parser_classes = ()
    throttle_classes = ()
    renderer_classes: Any = (JSONRenderer,)
    content_negotiation_class = OneFormat
    metadata_class = None
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]  # type: ignore[misc]

    query_parameters: ClassVar[Collection[str]] = ()
    # Where a null character is a value like any other, because no database sees it.
    null_characters_allowed: ClassVar[bool] = False

    def get_known_query_parameters(self) -> Collection[str]:
        """The names of the query parameters that this request may have."""
        return self.query_parameters

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what the endpoint does not know, before anything is read."""
        super().initial(request, *args, **kwargs)
        query = request._request.GET
        check_query_parameters(query, self.get_known_query_parameters())
        if not self.null_characters_allowed:
            refuse_null_characters(query)

    def options(self, request: HttpRequest | Request, *args: Any, **kwargs: Any) -> Response:
        """The methods, in the `Allow` header that every answer has."""
        return Response(status=204)

    def get_exception_handler(self) -> Any:
        """One handler for every public endpoint."""
        return handle_exception

    def handle_exception(self, exc: Exception) -> Response:
        """Any exception as a problem; the frameworks' own bodies would differ from view to view."""
        response = handle_exception(exc, self.get_exception_handler_context())
        response.exception = True
        return response

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response with its caching rules."""
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        if getattr(final, "exception", False):
            # A problem is JSON, also where the view itself answers in another format.
            final.accepted_renderer = JSONRenderer()
            final.accepted_media_type = PROBLEM_MEDIA_TYPE
        final["Cache-Control"] = CACHE_CONTROL if final.status_code < 500 else "no-store"
        return final
