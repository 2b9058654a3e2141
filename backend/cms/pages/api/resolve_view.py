"""`resolve/`: one request for any path of the site."""

from rest_framework.request import Request
from rest_framework.response import Response

from cms.changes.stored_views import build_tagged_response
from cms.core.errors import MissingParameterError
from cms.core.public_api import PublicEndpoint
from cms.pages.api.resolutions import build_resolution
from cms.pages.resolve import resolve_path


class ResolveView(PublicEndpoint):
    """What a reader should find at a path. Any path has an answer, however it is spelled."""

    query_parameters = ("path",)
    null_characters_allowed = True

    def get(self, request: Request) -> Response:
        """The resolution of the path. Raises `MissingParameterError` without one."""
        if "path" not in request.query_params:
            raise MissingParameterError("path")
        answer = build_resolution(resolve_path(request.query_params["path"]))
        return build_tagged_response(answer, answer["tags"])
