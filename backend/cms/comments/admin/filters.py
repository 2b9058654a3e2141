"""Which comments a list shows."""

from typing import Any, Final

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page

from cms.comments.choices import CommentStatus, Verdict
from cms.comments.models import Comment

ANY_STATUS: Final = "any"
STATUS_CHOICES: Final = [*CommentStatus.choices, (ANY_STATUS, "All")]
DEFAULT_STATUS: Final = CommentStatus.HELD.value
_UNCHECKED: Final = "unchecked"


def get_pages(request: HttpRequest) -> QuerySet[Page]:
    """The pages with comments, and the one that the address names."""
    is_commented = Q(pk__in=Comment.objects.values("page"))
    asked_for = request.GET.get("page", "")
    is_asked_for = Q(pk=asked_for) if asked_for.isdecimal() else Q(pk=None)
    pages: QuerySet[Page] = Page.objects.filter(is_commented | is_asked_for).order_by("title")
    return pages


class CommentFilterSet(WagtailFilterSet):
    """By status, page and what the spam check found."""

    status = django_filters.ChoiceFilter(
        label="Status",
        choices=STATUS_CHOICES,
        empty_label=None,
        initial=DEFAULT_STATUS,
        method="keep",
        widget=forms.RadioSelect,
    )
    page = django_filters.ModelChoiceFilter(
        label="Page", queryset=get_pages, empty_label="All pages"
    )
    verdict = django_filters.ChoiceFilter(
        label="Spam check",
        choices=[*Verdict.choices, (_UNCHECKED, "Not checked yet")],
        empty_label="All",
        method="filter_verdict",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Comment
        fields = ["status", "page", "verdict"]

    def keep(self, comments: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        """All of them: the list counts each status before it shows one."""
        return comments

    def filter_verdict(
        self, comments: QuerySet[Comment], name: str, value: str
    ) -> QuerySet[Comment]:
        """Those of which the check found this."""
        if value == _UNCHECKED:
            return comments.filter(verdict="", author=None)
        return comments.filter(verdict=value)

    @property
    def chosen_status(self) -> Any:
        """A `CommentStatus`, or ANY_STATUS."""
        return self.form.cleaned_data["status"] or DEFAULT_STATUS
