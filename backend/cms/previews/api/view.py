"""`preview/<token>/`: one draft, for whoever has its token."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from cms.core.errors import InvalidParameterError
from cms.core.public_api import PublicEndpoint
from cms.previews.answers import build_answer
from cms.previews.reading import find_open_snapshot

PREVIEW_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


class PreviewView(PublicEndpoint):
    """A draft on the wire. It asks for nothing but the token, and answers nobody else."""

    query_parameters = ("in_preview_panel",)

    def get(self, request: Request, token: str) -> Response:
        """The draft. Raises `PreviewNotFoundError` or `PreviewEndedError`."""
        in_preview_panel = request.query_params.get("in_preview_panel", "false")
        if in_preview_panel not in ("true", "false"):
            raise InvalidParameterError("in_preview_panel", "must be “true” or “false”")
        snapshot = find_open_snapshot(token)
        return Response(build_answer(snapshot, in_preview_panel=in_preview_panel == "true"))

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response, never to be kept by anybody."""
        final = super().finalize_response(request, response, *args, **kwargs)
        for name, value in PREVIEW_HEADERS.items():
            final[name] = value
        return final
