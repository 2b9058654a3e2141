"""The screens of what readers searched for."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, NumberColumn, Table
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminPageChooser

from cms.conditions.choices import TermKind
from cms.conditions.models import AlsoKnownAs, ConditionPage
from cms.conditions.search_report import (
    DEFAULT_PERIOD,
    PERIODS,
    count_unlisted,
    find_named_pages,
    find_pages_with_name,
    may_see_searches,
    name_some,
    summarize_searches,
)
from cms.conditions.search_report_names import AddedName, NameRefusedError, Outcome, add_name
from cms.core.public_pages import get_public_pages
from cms.search.models import SearchCount
from cms.search.words import fold

ICON: Final = "search"
TITLE: Final = "What readers searched for"
# A spreadsheet would take what begins so for a formula.
_FORMULA_STARTS: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class PeriodFilterSet(WagtailFilterSet):
    """How far back to look."""

    days = django_filters.ChoiceFilter(
        label="Period",
        choices=[(str(days), label) for days, label in PERIODS.items()],
        empty_label=None,
        initial=str(DEFAULT_PERIOD),
        method="keep",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SearchCount
        fields = ["days"]

    def keep(self, searches: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """All of them: days are chosen before they are added up."""
        return searches


class SearchPaginator(WagtailPaginator):
    """Calls what it counts searches."""

    verbose_name = "search"
    verbose_name_plural = "searches"


class TermColumn(Column):
    """A query, and the page that has it as a name by now."""

    cell_template_name = "conditions/search_report_term.html"


class ResultColumn(Column):
    """Whether anything was found."""

    cell_template_name = "conditions/search_report_result.html"


class AddColumn(Column):
    """The way to make the query a name of a page."""

    cell_template_name = "conditions/search_report_add.html"


class SearchReportView(ReportView):
    """The queries of a period, those that found nothing or lacked a word first."""

    page_title = TITLE
    header_icon = ICON
    template_name = "conditions/search_report.html"
    results_template_name = "conditions/search_report_results.html"
    index_url_name = "search_report:index"
    index_results_url_name = "search_report:results"
    verbose_name_plural = "searches"
    paginator_class = SearchPaginator
    is_searchable = True
    search_fields = ["term"]
    filterset_class = PeriodFilterSet
    columns = [
        TermColumn("term", label="Search", width="35%"),
        NumberColumn("total", label="Times", width="10%"),
        ResultColumn("is_missed", label="What readers got", width="20%"),
        Column("last_day", label="Last asked", width="15%"),
        AddColumn("key", label="What you can do", width="20%"),
    ]
    list_export = ["term", "total", "nothing", "lacking", "corrections", "last_day"]
    export_headings = {
        "term": "Search",
        "total": "Times",
        "nothing": "Found nothing",
        "lacking": "A word in no guide",
        "corrections": "Found after correcting the spelling",
        "last_day": "Last asked",
    }
    custom_field_preprocess = {"term": {"csv": lambda term: disarm_formula(term)}}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail's refusal for whoever may edit no condition."""
        if not may_see_searches(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_filterset_kwargs(self) -> dict[str, Any]:
        data = self.request.GET.copy()
        data.setdefault("days", str(DEFAULT_PERIOD))
        return {**super().get_filterset_kwargs(), "data": data}

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        return summarize_searches(self.get_days())

    def get_days(self) -> int:
        """The chosen period."""
        chosen = self.filters.form.cleaned_data.get("days") if self.filters.is_valid() else None
        return int(chosen or DEFAULT_PERIOD)

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset  # in the order in which somebody should look at it

    def get_table(self, object_list: Iterable[dict[str, Any]]) -> Table:
        rows = [] if self.is_export else list(object_list)
        pages = find_named_pages(row["key"] for row in rows)
        described = [
            {
                **row,
                "page_title": pages.get(row["key"], ""),
                "search_url": _build_search_url(row["term"]),
                "add_url": _build_add_url(row),
                "was_corrected": row["corrections"] * 2 > row["total"],
            }
            for row in rows
        ]
        return super().get_table(described)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        days = self.get_days()
        return {
            **context,
            "period": PERIODS[days],
            "unlisted": count_unlisted(days),
        }

    def get_filename(self) -> str:
        return f"searches-{timezone.localdate().isoformat()}"


class AddNameForm(forms.Form):
    """Which words are to be a name of which page."""

    term = forms.CharField(
        label="Name",
        max_length=AlsoKnownAs._meta.get_field("term").max_length,
        help_text="Correct it here if readers are to see it, such as in capitals.",
    )
    kind = forms.ChoiceField(
        label="What kind of name is it?", choices=TermKind.choices, initial=TermKind.LAY_TERM
    )
    page = forms.ModelChoiceField(
        label="Which condition do readers mean by it?",
        queryset=ConditionPage.objects.all(),
        widget=AdminPageChooser(target_models=[ConditionPage]),
        error_messages={"required": "Choose a condition."},
    )
    # Asked for where another page has the name.
    is_shared = forms.BooleanField(
        label="Add it all the same", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_term(self) -> str:
        """A name that can be searched for."""
        term: str = self.cleaned_data["term"]
        if not fold(term):
            raise forms.ValidationError("A name needs letters or digits.")
        return term

    def clean_page(self) -> ConditionPage:
        """A page that the user may edit."""
        page: ConditionPage = self.cleaned_data["page"]
        if not page.permissions_for_user(self.user).can_edit():
            raise forms.ValidationError("You may not edit this page. Choose another one.")
        return page

    def clean(self) -> dict[str, Any]:
        """A name that no other page has, or that is to be shared with it."""
        data: dict[str, Any] = self.cleaned_data
        if "term" not in data or "page" not in data:
            return data
        others = find_pages_with_name(data["term"])
        titles = [title for page_id, title in others.items() if page_id != data["page"].pk]
        if titles:
            self.fields["is_shared"].widget = forms.CheckboxInput()
            if not data["is_shared"]:
                self.add_error("is_shared", _describe_shared(titles))
        return data


class AddNameView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # it takes none at run time
    """Asks to which page a query is to be added as a name, and adds it."""

    page_title = "Add as another name"
    header_icon = ICON
    template_name = "conditions/search_report_add_name.html"
    form_class = AddNameForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Wagtail's refusal for whoever may edit no condition."""
        if not may_see_searches(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        initial = {"term": self.request.GET.get("term", "")}
        if self.request.GET.get("kind") in TermKind.values:
            initial["kind"] = self.request.GET["kind"]
        return initial

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: AddNameForm) -> HttpResponse:
        """Add the name, and say what became of it."""
        data = form.cleaned_data
        try:
            added = add_name(
                data["page"].pk, data["term"], TermKind(data["kind"]), self.request.user
            )
        except NameRefusedError as refusal:
            form.add_error("page", str(refusal))
            return self.form_invalid(form)
        _tell(self.request, added)
        return redirect("search_report:index")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("search_report:index"), "label": TITLE},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "media": context["form"].media}


def disarm_formula(text: str) -> str:
    """`text` so that a spreadsheet takes it for text, whatever it begins with."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _describe_shared(titles: Sequence[str]) -> str:
    have = "has" if len(titles) == 1 else "have"
    return (
        f"{name_some(titles)} {have} this name already. If readers may mean any of these pages by "
        "it, tick the box: they then get all of them."
    )


def _build_search_url(term: str) -> str:
    return f"{settings.SITE_URL}/search/?{urlencode({'q': term})}"


def _build_add_url(row: dict[str, Any]) -> str:
    parameters = {"term": row["term"]}
    if row["corrections"]:
        parameters["kind"] = TermKind.MISSPELLING.value
    return f"{reverse('search_report:add_name')}?{urlencode(parameters)}"


def _tell(request: HttpRequest, added: AddedName) -> None:
    """Say whether readers find the page by its new name, and if not, what to do."""
    page = added.page
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    buttons = [messages.button(editor, "Edit page")]
    done = format_html("“{}” is now a name of “{}”", added.term, page.title)
    if added.outcome == Outcome.PUBLISHED:
        if get_public_pages().filter(pk=page.pk).exists():
            done = format_html("{}. Readers find the page by it from now on.", done)
            buttons.insert(0, messages.button(page.full_url, "View live", new_window=True))
        messages.success(request, done, buttons=buttons)
        return
    waits = {
        Outcome.NOT_LIVE: "Readers find the page by it once the page is published.",
        Outcome.HAS_NEWER_DRAFT: (
            "The page has a newer draft with other changes, so the name was added to that draft "
            "and not published. Readers find the page by it once the draft is."
        ),
        Outcome.MAY_NOT_PUBLISH: (
            "It is saved as a draft. Open the page and submit it: readers find the page by the "
            "name once a moderator has published it."
        ),
        Outcome.IS_INCOMPLETE: "It is saved as a draft, because the page cannot be published: ",
    }
    reasons = " ".join(map(str, added.problems)) if added.outcome == Outcome.IS_INCOMPLETE else ""
    text = format_html("{}. {}{}", done, waits[added.outcome], reasons)
    messages.warning(request, text, buttons=buttons)
