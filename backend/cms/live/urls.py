"""The addresses of what is live, below the admin's."""

from typing import Final

from django.urls import URLPattern, path

from cms.live.views import PublicationView, SitesView

app_name: Final = "live"
urlpatterns: Final[list[URLPattern]] = [
    path("sites/", SitesView.as_view(), name="sites"),
    path("publications/<int:publication_id>/", PublicationView.as_view(), name="publication"),
]
