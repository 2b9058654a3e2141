"""Every address of the CMS."""

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms.comments.mail.views import CommentLinkView
from cms.config import api
from cms.config.health import healthz
from cms.config.visitors import redirect_to_site

handler400 = api.bad_request
handler404 = api.not_found
handler500 = api.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", include(api.urlpatterns)),
    path("responses/<str:token>/", CommentLinkView.as_view(), name="comment_link"),
    # Pictures only, and no way out of their folders: a document is served by `documents/`, as a
    # download and never as a page.
    re_path(
        r"^media/(?P<path>(?:images|original_images|avatar_images)/[^/]+)$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
    *staticfiles_urlpatterns(),
    # Wagtail finds the address of a page by this name.
    re_path(serve_pattern, redirect_to_site, name="wagtail_serve"),
]
