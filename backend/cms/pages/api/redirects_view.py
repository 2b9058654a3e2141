"""`redirects/`: every redirect that leads somewhere, for a site that is written to files."""

from typing import Final

from rest_framework.request import Request
from rest_framework.response import Response

from cms.changes.stored_views import build_tagged_response
from cms.core.public_api import PublicEndpoint
from cms.core.query_parameters import parse_integer
from cms.pages.api.pagination import LARGEST_OFFSET
from cms.pages.api.tags import PATHS_TAG
from cms.pages.resolve_redirects import fetch_redirects

MOST_REDIRECTS_AT_ONCE: Final = 1000
USUAL_REDIRECTS: Final = 100


class RedirectsView(PublicEndpoint):
    """The redirects that `resolve/` follows, in the order of their paths."""

    query_parameters = ("limit", "offset")

    def get(self, request: Request) -> Response:
        """A part of them. Raises `InvalidParameterError`."""
        query = request.query_params
        offset = parse_integer("offset", query.get("offset", "0"), maximum=LARGEST_OFFSET)
        limit = parse_integer(
            "limit", query.get("limit", str(USUAL_REDIRECTS)), maximum=MOST_REDIRECTS_AT_ONCE
        )
        redirects = fetch_redirects()
        body = {
            "meta": {"total_count": len(redirects)},
            "items": [
                {
                    "path": redirect.path,
                    "location": redirect.location,
                    "permanent": redirect.permanent,
                }
                for redirect in redirects[offset : offset + limit]
            ],
        }
        return build_tagged_response(body, [PATHS_TAG])
