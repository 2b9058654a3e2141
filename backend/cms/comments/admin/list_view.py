"""The list of comments, and what is decided there about many at once."""

from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import BaseListingView

from cms.comments.admin.decisions import (
    DECISIONS,
    MOST_AT_ONCE,
    Decision,
    Outcome,
    decide_about,
    find_decisions,
    find_decisions_about,
)
from cms.comments.admin.filters import (
    ANY_STATUS,
    DEFAULT_STATUS,
    STATUS_CHOICES,
    CommentFilterSet,
)
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment
from cms.comments.moderation import may_moderate

ICON: Final = "comment"
TITLE: Final = "Responses"
_EVERYTHING: Final = "all"
_LONGEST_ID: Final = 18
# What Wagtail's scripts add to the address of the results.
_FRAGMENT: Final = "_w_filter_fragment"
_EMPTY: Final = {
    CommentStatus.HELD: "Nothing is waiting. New responses from readers appear here.",
    CommentStatus.APPROVED: "No response is approved yet.",
    CommentStatus.SPAM: "There is no spam.",
    CommentStatus.BINNED: "The bin is empty.",
    ANY_STATUS: "Nobody has responded yet.",
}


class CommentPaginator(WagtailPaginator):
    """Calls what it counts responses."""

    verbose_name = "response"
    verbose_name_plural = "responses"


class CommentListView(BaseListingView):
    """Comments of one status: those that wait with the oldest first, others the newest."""

    page_title = TITLE
    header_icon = ICON
    template_name = "comments/admin/list.html"
    results_template_name = "comments/admin/list_results.html"
    confirmation_template_name = "comments/admin/confirm.html"
    index_url_name = "comments:index"
    index_results_url_name = "comments:results"
    verbose_name_plural = "responses"
    paginate_by = 20
    paginator_class = CommentPaginator
    is_searchable = True
    search_fields = ["name", "email", "text"]
    filterset_class = CommentFilterSet

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail's refusal for whoever may not moderate."""
        if not may_moderate(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide about the chosen comments; about a whole list only after one more question."""
        decision = DECISIONS.get(request.POST.get("decision", ""))
        if decision is None:
            return redirect(self.list_url)
        if request.POST.get("scope") != _EVERYTHING:
            return self._decide(decision, _read_ids(request.POST.getlist("id")))
        newest = _read_ids([request.POST.get("newest", "")])
        if not newest:
            return self._ask(decision)
        # What has arrived since the question was asked is not meant.
        return self._decide(decision, self._find_ids(newest[0]))

    def get_filterset_kwargs(self) -> dict[str, Any]:
        data = self.request.GET.copy()
        if data.get("status") not in dict(STATUS_CHOICES):
            data["status"] = DEFAULT_STATUS
        return {**super().get_filterset_kwargs(), "data": data}

    def get_base_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.select_related("page", "parent")

    def filter_queryset(self, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        # A filter that says nothing must not lead to decisions about everything.
        if not self.filters.is_valid():
            return queryset.none()
        filtered: QuerySet[Comment] = super().filter_queryset(queryset)
        return filtered

    def get_queryset(self) -> QuerySet[Comment]:
        self.of_any_status = super().get_queryset()
        listed: QuerySet[Comment] = self.of_any_status
        if self.status != ANY_STATUS:
            listed = listed.filter(status=self.status)
        return listed

    def order_queryset(self, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        is_queue = self.status == CommentStatus.HELD
        return queryset.order_by(*(["sent_at", "pk"] if is_queue else ["-sent_at", "-pk"]))

    @cached_property
    def is_filtering(self) -> bool:
        """Whether the list is narrowed; the tabs above it show which status it is of."""
        return not self.filters.is_valid() or bool(set(self.filters.form.changed_data) - {"status"})

    @cached_property
    def active_filters(self) -> list[Any]:
        """What the list is narrowed by, each to be taken back with a click."""
        status = self.filters.form["status"].auto_id
        return [active for active in super().active_filters if active.auto_id != status]

    @property
    def status(self) -> str:
        """The status that is listed, or ANY_STATUS."""
        return str(self.filters.chosen_status if self.filters.is_valid() else DEFAULT_STATUS)

    @property
    def list_url(self) -> str:
        """The address of this list, on this page of it."""
        query = urlencode(self._keep_parameters())
        return f"{self.index_url}?{query}" if query else str(self.index_url)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        statuses = CommentStatus.values if self.status == ANY_STATUS else [self.status]
        return {
            **context,
            "rows": [
                {"comment": comment, "decisions": find_decisions_about(comment)}
                for comment in context["object_list"]
            ],
            "decisions": find_decisions(statuses),
            "tabs": self._build_tabs(),
            "list_url": self.list_url,
            "shows_status": self.status == ANY_STATUS,
            "most_at_once": MOST_AT_ONCE,
            "empty_message": self._get_empty_message(),
        }

    def _build_tabs(self) -> list[dict[str, Any]]:
        """The statuses, each with the number of comments that the other filters leave."""
        grouped = self.of_any_status.order_by().values_list("status").annotate(Count("pk"))
        counts = dict(grouped)
        counts[ANY_STATUS] = sum(counts.values())
        kept = self._keep_parameters("status", self.page_kwarg)
        return [
            {
                "label": label,
                "count": counts.get(status, 0),
                "url": f"{self.index_url}?{urlencode({'status': status, **kept})}",
                "is_current": status == self.status,
            }
            for status, label in STATUS_CHOICES
        ]

    def _keep_parameters(self, *left_out: str) -> dict[str, str]:
        """What the address says beyond its defaults, and beyond what only scripts ask for."""
        return {
            key: value
            for key, value in self.request.GET.items()
            if value and key not in (*left_out, _FRAGMENT)
        }

    def _get_empty_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return "No response matches. Try other words, or another status."
        return _EMPTY[self.status]

    def _find_ids(self, newest: int) -> list[int]:
        listed = self.get_queryset().filter(pk__lte=newest)
        return list(listed.values_list("pk", flat=True)[:MOST_AT_ONCE])

    def _decide(self, decision: Decision, ids: list[int]) -> HttpResponse:
        if ids:
            _tell(self.request, decision, decide_about(ids, decision, self.request.user))
        else:
            messages.warning(self.request, "Nothing was chosen. Tick at least one response first.")
        return redirect(self.list_url)

    def _ask(self, decision: Decision) -> HttpResponse:
        listed = self.get_queryset()
        newest = listed.aggregate(newest=Max("pk"))["newest"]
        number = min(listed.count(), MOST_AT_ONCE)
        if not number:
            return self._decide(decision, [])
        context = {
            "view": self,
            "breadcrumbs_items": self.get_breadcrumbs_items(),
            "header_title": f"{decision.label}?",
            "header_icon": ICON,
            "decision": decision,
            "number": number,
            "newest": newest,
            "list_url": self.list_url,
        }
        return render(self.request, self.confirmation_template_name, context)


def _read_ids(raw: list[str]) -> list[int]:
    """The numbers among them that a comment may have."""
    return [int(text) for text in raw if text.isdecimal() and len(text) <= _LONGEST_ID]


def _tell(request: HttpRequest, decision: Decision, outcome: Outcome) -> None:
    """Say how many were changed, and what became of the others."""
    said = [f"{_count(outcome.changed)} {decision.done}."] if outcome.changed else []
    if outcome.unchanged:
        said.append(f"{_count(outcome.unchanged)} {decision.done} already.")
    if outcome.gone:
        said.append(f"{_count(outcome.gone)} deleted by somebody meanwhile.")
    level = messages.success if outcome.changed else messages.info
    level(request, " ".join(said))


def _count(number: int) -> str:
    return "1 response was" if number == 1 else f"{number:,} responses were"
