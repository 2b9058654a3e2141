"""`schema/` and `docs/`: the contract as it is now, for programs and for people."""

from functools import cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cms.config.api_docs_text import build_docs_context
from cms.contract.endpoints import Endpoint, register_endpoint
from cms.contract.openapi import build_openapi
from cms.core.public_api import PublicEndpoint

SCHEMA: Final = Endpoint(
    path="/api/v2/schema/",
    operation_id="get_schema",
    summary="This description, as OpenAPI 3.1.",
    responses={200: {"type": "object"}},
)
DOCS: Final = Endpoint(
    path="/api/v2/docs/",
    operation_id="get_docs",
    summary="This description, as a page for people.",
    responses={200: {"type": "string"}},
    media_type="text/html",
)
# The page needs its style sheet and nothing else.
_CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def register() -> None:
    """Add the endpoints to the contract, at start-up."""
    register_endpoint(SCHEMA)
    register_endpoint(DOCS)


@cache
def get_openapi() -> dict[str, Any]:
    """The OpenAPI document; it follows from the code alone, so it is built once."""
    return build_openapi()


class HtmlRenderer(BaseRenderer):
    """Serves a page that was rendered already."""

    media_type = "text/html"
    format = "html"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> Any:
        """The page as it is."""
        return data


class SchemaView(PublicEndpoint):
    """The contract for programs."""

    def get(self, request: Request) -> Response:
        """The OpenAPI document."""
        return Response(get_openapi())


class DocsView(PublicEndpoint):
    """The contract for people. No script, and nothing from another address."""

    renderer_classes = (HtmlRenderer,)

    def get(self, request: Request) -> Response:
        """The page."""
        context = build_docs_context(get_openapi())
        page = render_to_string(
            "config/api_docs.html", {**context, "schema_url": reverse("schema")}
        )
        return Response(page, headers={"Content-Security-Policy": _CONTENT_SECURITY_POLICY})
