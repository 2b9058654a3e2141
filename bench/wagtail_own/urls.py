"""The CMS's addresses, and the site's style sheets and fonts from the same origin."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.urls import path

from bench.wagtail_own.site_files import FOLDER
from cms.config.urls import handler400, handler404, handler500
from cms.config.urls import urlpatterns as cms_urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


def show_site_file(request: HttpRequest, name: str) -> FileResponse:
    """A file whose name tells its content, so that browsers keep it, as they do on the site."""
    file = FOLDER / name
    if not file.is_file():
        raise Http404(f"The site has no file {name}.")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file.open("rb"), content_type=media_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


urlpatterns = [path("site-files/<str:name>", show_site_file), *cms_urlpatterns]
