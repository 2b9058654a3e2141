"""The filters of the page listing: Wagtail's own, made strict, and the A to Z's."""

import datetime
import re
import unicodedata
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.api.v2.filters import OrderingFilter
from wagtail.api.v2.utils import parse_boolean
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.core.errors import InvalidParameterError
from cms.core.query_parameters import parse_integer

OTHER_LETTER: Final = "#"
LONGEST_SEARCH: Final = 255
# Letters and digits of any script. Everything else separates words for both databases, and some
# of it is syntax for one of them.
_WORD: Final = re.compile(r"[^\W_]+")
_FILTERABLE: Final = (
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.IntegerField,
    models.TextField,
)
_UNFILTERABLE: Final = (StreamField, RichTextField)


def is_filterable(model: type[models.Model], name: str) -> bool:
    """Whether a listing of `model` may be filtered and ordered by its field `name`."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if isinstance(field, _UNFILTERABLE):
        return False
    related_model = field.related_model
    if related_model is not None:
        # A filter by another page would tell what a private one is referred to by.
        return bool(field.concrete) and not issubclass(related_model, Page)
    # "path" on the wire is the public path; the column of that name is a place in the tree.
    return isinstance(field, _FILTERABLE) and name != "path"


class StrictFieldsFilter(BaseFilterBackend):
    """Filters by the value of a field, such as `slug=fibromyalgia`."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The pages whose fields have exactly the values given."""
        names = view.get_available_fields(queryset.model, db_fields_only=True)
        for name, value in request.query_params.items():
            if name in names:
                field = queryset.model._meta.get_field(name)
                queryset = queryset.filter(**{name: _parse_value(field, name, str(value))})
        return queryset


class LetterFilter(BaseFilterBackend):
    """Filters by the place in the A to Z: `letter=m`, or `letter=#` for what starts otherwise."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The pages under the letter. Raises `InvalidParameterError` for more than one letter."""
        value = request.query_params.get("letter")
        if value is None:
            return queryset
        if "letter" not in {field.name for field in queryset.model._meta.get_fields()}:
            raise InvalidParameterError(
                "letter", "needs the parameter “type” with a page type that is listed A to Z"
            )
        return queryset.filter(letter=_parse_letter(value))


class StableOrdering(OrderingFilter):
    """Wagtail's `order`, with a last key that makes the order the same from page to page."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The pages in the order asked for; Wagtail refuses fields that are not served."""
        order = request.query_params.get("order", "")
        for name in order.split(","):
            if name.startswith("--") or _is_to_many(queryset.model, name.lstrip("-")):
                raise InvalidParameterError("order", f"cannot order by {name[:100]!r}")
        ordered = super().filter_queryset(request, queryset, view)
        return ordered.order_by(*ordered.query.order_by, "pk") if order != "random" else ordered


class WordSearchFilter(BaseFilterBackend):
    """Wagtail's search, by the words of `search` alone.

    Quotation marks, colons and the like are separators here: to the search backends they are
    syntax, on which one or the other fails (modelsearch 1.3, SQLite and PostgreSQL).
    """

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The pages that hold the words, the most relevant first unless an order is given."""
        operator = request.query_params.get("search_operator", "and").lower()
        if operator not in ("and", "or"):
            raise InvalidParameterError("search_operator", "must be “and” or “or”")
        if "search" not in request.query_params:
            return queryset
        words = _WORD.findall(request.query_params["search"][:LONGEST_SEARCH])
        if not words:
            return queryset.none()
        # As a subquery, the filters before may use fields that the index knows nothing of.
        allowed = queryset.model.objects.filter(pk__in=queryset.order_by().values("pk"))
        found = get_search_backend().search(" ".join(words), allowed, operator=operator)
        if "order" in request.query_params:
            return queryset.filter(pk__in=[page.pk for page in found])
        return found


def _parse_letter(value: str) -> str:
    if value == OTHER_LETTER:
        return value
    folded = unicodedata.normalize("NFKD", value)
    letter = "".join(char for char in folded if not unicodedata.combining(char)).upper()
    if not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
        raise InvalidParameterError("letter", "must be one letter from A to Z, or “#”")
    return letter


def _parse_value(field: Any, name: str, value: str) -> Any:
    if field.is_relation or isinstance(field, models.IntegerField):
        return parse_integer(name, value)
    try:
        if isinstance(field, models.BooleanField):
            return parse_boolean(value)
        parsed = field.to_python(value)
        if isinstance(parsed, datetime.datetime):
            parsed = (parsed if parsed.tzinfo else parsed.replace(tzinfo=datetime.UTC)).astimezone(
                datetime.UTC
            )
    except (ValueError, OverflowError, ValidationError):
        raise InvalidParameterError(name, "has a value that the field cannot have") from None
    return parsed


def _is_to_many(model: type[models.Model], name: str) -> bool:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return bool(field.many_to_many or field.one_to_many)
