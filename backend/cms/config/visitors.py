"""Readers who come to the CMS are sent to the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.views.decorators.http import require_safe

from cms.core.public_pages import encode_path


@require_safe
def redirect_to_site(request: HttpRequest, path: str) -> HttpResponseRedirect:
    """The same path on the public site, whether or not it has a page: that is the site's to say."""
    query = request.META.get("QUERY_STRING", "")
    location = f"{settings.SITE_URL}{encode_path(f'/{path}')}"
    return HttpResponseRedirect(f"{location}?{query}" if query else location)
