"""The addresses of the screens of what readers searched for, below the admin's."""

from typing import Final

from django.urls import URLPattern, path

from cms.conditions.search_report_views import AddNameView, SearchReportView

app_name: Final = "search_report"
urlpatterns: Final[list[URLPattern]] = [
    path("", SearchReportView.as_view(), name="index"),
    path("results/", SearchReportView.as_view(results_only=True), name="results"),
    path("add-name/", AddNameView.as_view(), name="add_name"),
]
