"""The addresses of the screens on which people decide about comments, below the admin's."""

from typing import Final

from django.urls import URLPattern, path

from cms.comments.admin.change_views import DecideView, EditView, ReplyView
from cms.comments.admin.detail_view import DetailView
from cms.comments.admin.list_view import CommentListView

app_name: Final = "comments"
urlpatterns: Final[list[URLPattern]] = [
    path("", CommentListView.as_view(), name="index"),
    path("results/", CommentListView.as_view(results_only=True), name="results"),
    path("<int:pk>/", DetailView.as_view(), name="detail"),
    path("<int:pk>/decide/", DecideView.as_view(), name="decide"),
    path("<int:pk>/reply/", ReplyView.as_view(), name="reply"),
    path("<int:pk>/edit/", EditView.as_view(), name="edit"),
]
