"""Mounts every public endpoint under `/api/v2/`, and what answers beside them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views import defaults
from rest_framework.request import Request

from cms.branding.api import SiteView
from cms.changes.api.view import ChangesView
from cms.changes.stored_views import keep_answers
from cms.comments.api.views import CommentFormView, CommentsView
from cms.config.api_docs import DocsView, SchemaView
from cms.core.errors import UnknownEndpointError
from cms.core.problems import build_problem_response
from cms.core.public_api import PublicEndpoint
from cms.core.stateless import API_PREFIX
from cms.pages.api.redirects_view import RedirectsView
from cms.pages.api.resolve_view import ResolveView
from cms.pages.api.views import router
from cms.previews.api.view import PreviewView
from cms.search.api.views import SearchView, SuggestView


class UnknownEndpointView(PublicEndpoint):
    """Answers every other address under the API, in the form of its other problems."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raise `UnknownEndpointError`, whatever the method."""
        raise UnknownEndpointError(
            "No endpoint has this address. Every address ends with a slash; "
            "/api/v2/docs/ lists them all."
        )


urlpatterns: list[URLPattern | URLResolver] = [
    path("", router.urls),
    path("pages/<int:pk>/comments/", CommentsView.as_view(), name="comments"),
    path("pages/<int:pk>/comments/form/", CommentFormView.as_view(), name="comment_form"),
    path("resolve/", keep_answers(ResolveView.as_view()), name="resolve"),
    path("redirects/", keep_answers(RedirectsView.as_view()), name="redirects"),
    path("preview/<str:token>/", PreviewView.as_view(), name="preview"),
    path("search/", SearchView.as_view(), name="search"),
    path("search/suggest/", SuggestView.as_view(), name="suggest"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("site/", keep_answers(SiteView.as_view()), name="site"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path("", UnknownEndpointView.as_view(), name="unknown_endpoint"),
]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer to a request that no view has seen, such as one for a foreign host name."""
    if request.path_info.startswith(API_PREFIX):
        return build_problem_response(400)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer to an address that nothing has."""
    if request.path_info.startswith(API_PREFIX):
        return build_problem_response(404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's answer when something outside of a view has failed."""
    if request.path_info.startswith(API_PREFIX):
        return build_problem_response(500)
    return defaults.server_error(request)
