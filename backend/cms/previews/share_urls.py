"""The addresses of the screens of shared drafts, below the admin's."""

from typing import Final

from django.urls import URLPattern, path

from cms.previews.share_views import RevokeView, SharedDraftsView, SharePageView

app_name: Final = "previews"
urlpatterns: Final[list[URLPattern]] = [
    path("pages/<int:page_id>/share/", SharePageView.as_view(), name="share"),
    path("shared/", SharedDraftsView.as_view(), name="shared"),
    path(
        "shared/results/",
        SharedDraftsView.as_view(results_only=True),
        name="shared_results",
    ),
    path("links/<uuid:pk>/withdraw/", RevokeView.as_view(), name="revoke"),
]
