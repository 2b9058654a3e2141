"""Wagtail's `limit` and `offset`, read strictly."""

from typing import Any, Final

from django.conf import settings
from django.db.models import Count, QuerySet, Subquery, Value
from rest_framework.request import Request
from wagtail.api.v2.pagination import WagtailPagination

from cms.core.query_parameters import parse_integer

DEFAULT_LIMIT = 20
# More than any listing will hold, and less than a database refuses.
LARGEST_OFFSET = 2**31 - 1
_TOTAL: Final = "total_in_listing"


class StrictPagination(WagtailPagination):
    """A part of a listing. Raises `InvalidParameterError` for numbers that it cannot read."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """The part of `queryset` that is asked for; `total_count` counts all of it."""
        query = request.query_params
        offset = parse_integer("offset", query.get("offset", "0"), maximum=LARGEST_OFFSET)
        limit = parse_integer(
            "limit", query.get("limit", str(DEFAULT_LIMIT)), maximum=settings.WAGTAILAPI_LIMIT_MAX
        )
        self.view = view
        if not isinstance(queryset, QuerySet):
            self.total_count = queryset.count()
            return queryset[offset : offset + limit]
        # In the same query: the database counts once, not for each row.
        items = list(queryset.annotate(**{_TOTAL: Subquery(_count(queryset))})[offset:][:limit])
        self.total_count = getattr(items[0], _TOTAL) if items else queryset.count()
        return items


def _count(queryset: QuerySet[Any]) -> QuerySet[Any, Any]:
    rows = queryset.order_by().values("pk").annotate(one=Value(1))
    counted: QuerySet[Any, Any] = rows.values("one").annotate(total=Count("pk")).values("total")
    return counted
