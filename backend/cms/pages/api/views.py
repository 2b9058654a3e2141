"""The page endpoints: Wagtail's v2 listing and detail, for what everybody may read."""

from collections.abc import Collection
from functools import cache, cached_property
from typing import Any, ClassVar, Final

from django.db.models import Model
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.filters import AncestorOfFilter, ChildOfFilter, DescendantOfFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from cms.changes.stored_views import build_tagged_response, keep_answers
from cms.contract.fields import BodyField
from cms.contract.references import References
from cms.core.errors import InvalidParameterError, NotFoundError
from cms.core.public_api import PublicEndpoint
from cms.core.public_pages import get_public_pages
from cms.pages.api.filters import (
    LetterFilter,
    StableOrdering,
    StrictFieldsFilter,
    WordSearchFilter,
    is_filterable,
)
from cms.pages.api.pagination import StrictPagination
from cms.pages.api.serializers import PublicPageSerializer, annotate_parents, serialize_pages
from cms.pages.api.tags import build_page_tags, fetch_ancestor_ids

# The parser of `fields` calls itself for every bracket.
LONGEST_FIELDS: Final = 500


class PublicPagesViewSet(PublicEndpoint, PagesAPIViewSet):
    """Pages as Wagtail's v2 API serves them, made safe for a public that is not logged in.

    Wagtail's `find/` is left out, because `resolve/` answers for any path; so are its parameters
    for several sites, languages and formats, of which there is one each.
    """

    base_serializer_class = PublicPageSerializer
    pagination_class = StrictPagination
    filter_backends: ClassVar[list[Any]] = [
        StrictFieldsFilter,
        LetterFilter,
        ChildOfFilter,
        AncestorOfFilter,
        DescendantOfFilter,
        StableOrdering,
        WordSearchFilter,  # last, because search results cannot be filtered
    ]
    known_query_parameters = frozenset(
        {
            "ancestor_of",
            "child_of",
            "descendant_of",
            "fields",
            "letter",
            "limit",
            "offset",
            "order",
            "search",
            "search_operator",
            "type",
        }
    )
    detail_query_parameters = frozenset({"fields"})
    meta_fields: ClassVar[list[str]] = [
        field for field in PagesAPIViewSet.meta_fields if field != "locale"
    ]

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """The listing and the detail."""
        listing, _detail, _find = super().get_urlpatterns()
        # A view set, which says what each method is answered by.
        as_view: Any = cls.as_view
        view = keep_answers(as_view({"get": "detail_view"}))
        return [listing, path("<int:pk>/", view, name="detail")]

    @classmethod
    def get_detail_default_fields(cls, model: type[Model]) -> list[str]:
        """Every field; Wagtail's own would take out the language, which is not among them."""
        return cls.get_available_fields(model)

    @classmethod
    def get_available_fields(cls, model: type[Model], db_fields_only: bool = False) -> list[str]:
        """The fields that are served, or those of them that a listing may be filtered by."""
        names: list[str] = super().get_available_fields(model)
        return [name for name in names if not db_fields_only or is_filterable(model, name)]

    def get_known_query_parameters(self) -> Collection[str]:
        """Those of Wagtail that make sense here, and the fields of the page type asked for."""
        if self.action != "listing_view":
            return self.detail_query_parameters
        fields = self.get_available_fields(self.get_queryset().model, db_fields_only=True)
        return self.known_query_parameters.union(fields)

    def check_query_parameters(self, queryset: PageQuerySet) -> None:
        """Nothing: every public endpoint has checked them already."""

    @cached_property
    def base_queryset(self) -> PageQuerySet:
        """What everybody may read, whoever asks."""
        return get_public_pages()

    def get_base_queryset(self) -> PageQuerySet:
        """What everybody may read; the pages of `child_of` and the like are looked up here too."""
        return self.base_queryset

    def get_root_page(self) -> Page:
        """The page that `root` stands for: the site's home, whatever the host name."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            raise InvalidParameterError("child_of", "cannot be “root”: there is no home page yet")
        return site.root_page

    def get_serializer_class(self) -> Any:
        """The serializer of the fields asked for."""
        if len(self.request.GET.get("fields", "")) > LONGEST_FIELDS:
            raise InvalidParameterError("fields", f"is longer than {LONGEST_FIELDS} characters")
        return super().get_serializer_class()

    def get_serializer_context(self) -> dict[str, Any]:
        """What Wagtail's serializers ask for; references are added when the pages are known."""
        return build_serializer_context(self)

    def get_renderer_context(self) -> dict[str, Any]:
        """Without Wagtail's indentation, which would be a third of the bytes."""
        return {**super().get_renderer_context(), "indent": None}

    def listing_view(self, request: Request) -> Response:
        """A part of the pages that the parameters leave."""
        queryset = self.get_queryset()
        serializer_class = self.get_serializer_class()
        fields = serializer_class().fields
        if not any(isinstance(field, BodyField) for field in fields.values()):
            queryset = queryset.defer_streamfields()
        if "parent" in fields:
            queryset = annotate_parents(queryset)
        pages = list(self.paginate_queryset(self.filter_queryset(queryset)))
        items, _references = serialize_pages(serializer_class, pages, self.get_serializer_context())
        response: Response = self.get_paginated_response(items)
        return response

    def detail_view(self, request: Request, pk: int) -> Response:
        """One page. Raises `NotFoundError` for one that readers may not see."""
        page = get_public_pages().filter(pk=pk).first()
        if page is None:
            raise NotFoundError("No page that readers may see has this id.")
        self._cached_object = page.specific
        (detail,), references = serialize_pages(
            self.get_serializer_class(), [self._cached_object], self.get_serializer_context()
        )
        tags = build_page_tags(
            self._cached_object, detail, references, fetch_ancestor_ids(self._cached_object)
        )
        return build_tagged_response(detail, tags)


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PublicPagesViewSet)


def build_page_detail(page: Page) -> tuple[dict[str, Any], References]:
    """The detail of a page in its specific class, as `pages/<id>/` answers it, and what it
    refers to.
    """
    context = build_serializer_context(PublicPagesViewSet())
    page_type: Any = type(page)
    (detail,), references = serialize_pages(_get_detail_serializer(page_type), [page], context)
    return detail, references


@cache
def _get_detail_serializer(page_type: type[Page]) -> Any:
    return PublicPagesViewSet._get_serializer_class(router, page_type, [], show_details=True)


def build_serializer_context(view: PublicPagesViewSet) -> dict[str, Any]:
    """The context of Wagtail's serializers; no request, so that none can change an answer."""
    return {"view": view, "router": router}
