"""`GET /api/v2/site/`: the branding of the public site."""

from rest_framework.request import Request
from rest_framework.response import Response

from cms.branding.site import fetch_site
from cms.changes.stored_views import build_tagged_response
from cms.core.public_api import PublicEndpoint


class SiteView(PublicEndpoint):
    """Name, practitioner, contact, colours, menus, footer and the ally badge."""

    def get(self, request: Request) -> Response:
        """The branding, the same for everybody."""
        site = fetch_site()
        return build_tagged_response(site, site["tags"])
