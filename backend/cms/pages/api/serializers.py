"""Pages on the wire: Wagtail's v2 form, from fields that fetch what they refer to in bulk."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import Length, Substr
from django.urls import reverse
from rest_framework.fields import Field
from wagtail.api.v2.serializers import PageSerializer
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.contract.fields import TypedField
from cms.contract.references import References, Wanted, fetch_references
from cms.core.prepared_queries import PreparedQuery
from cms.core.public_pages import build_public_path, build_public_url

DETAIL_URL_NAME = "wagtailapi:pages:detail"

_PARENT_ID: Final = "parent_id_in_listing"
_PARENTS: Final = PreparedQuery(
    lambda paths: Page.objects.filter(path__in=paths, depth__gt=1).values_list("path", "pk"),
    "the place of a page in the tree",
)


def build_detail_url(page_id: int) -> str:
    """The address of a page's detail, whatever host name the request has used."""
    return f"{settings.CMS_URL}{reverse(DETAIL_URL_NAME, args=(page_id,))}"


class PageField(Field[Any, Any, Any, Any]):
    """A read-only field that is built from the whole page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)


class TypeField(PageField):
    """Such as `conditions.ConditionPage`, also where only the base page was fetched."""

    def to_representation(self, value: Page) -> str | None:
        return value.specific_class._meta.label if value.specific_class else None


class DetailUrlField(PageField):
    """The address of the page's detail."""

    def to_representation(self, value: Page) -> str:
        return build_detail_url(value.pk)


class HtmlUrlField(PageField):
    """The address of the page on the public site."""

    def to_representation(self, value: Page) -> str:
        return build_public_url(build_public_path(value.url_path))


class NamedPageField(PageField):
    """Another page by its name, or null where there is none that readers may see."""

    def get_page_id(self, page: Page) -> int | None:
        """The id of the other page."""
        raise NotImplementedError

    def to_representation(self, value: Page) -> dict[str, Any] | None:
        references: References = self.context["references"]
        card = references.get_or_none("page", self.get_page_id(value))
        if card is None:
            return None
        return {
            "id": card["id"],
            "meta": {
                "type": card["type"],
                "detail_url": build_detail_url(card["id"]),
                "html_url": card["html_url"],
            },
            "title": card["title"],
        }


class ParentField(NamedPageField):
    """The page above, or null where readers may not see it."""

    def get_page_id(self, page: Page) -> int | None:
        parent_ids: Mapping[str, int] = self.context["parent_ids"]
        return parent_ids.get(get_parent_path(page))


class AliasOfField(NamedPageField):
    """The page that this one is a copy of, or null where readers may not see it."""

    def get_page_id(self, page: Page) -> int | None:
        original_id: int | None = page.alias_of_id
        return original_id


class PublicPageSerializer(PageSerializer):
    """Wagtail's page serializer, with every link and every reference limited to public pages."""

    field_prototypes: ClassVar[dict[str, Field[Any, Any, Any, Any]]]

    type = TypeField()
    detail_url = DetailUrlField()
    html_url = HtmlUrlField()
    parent = ParentField()
    alias_of = AliasOfField()

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """The fields: copies of those that were put together once for the class."""
        own = type(self)
        if "field_prototypes" not in vars(own):
            own.field_prototypes = super().get_fields()
        return copy.deepcopy(own.field_prototypes)


def serialize_pages(
    serializer_class: type[PublicPageSerializer], pages: Sequence[Page], context: dict[str, Any]
) -> tuple[list[dict[str, Any]], References]:
    """The wire form of `pages`, which `serializer_class` fits, and what they refer to.

    Everything that its fields refer to is fetched for all pages together.
    """
    serializer = serializer_class(context=context)
    _prefetch_relations(serializer, pages)
    wanted = Wanted()
    context["parent_ids"] = _fetch_parent_ids(pages) if "parent" in serializer.fields else {}
    for field in serializer.fields.values():
        if isinstance(field, TypedField):
            for page in pages:
                field.collect(str(field.field_name), page, wanted)
        elif isinstance(field, NamedPageField):
            wanted.update("page", map(field.get_page_id, pages))
    references = fetch_references(wanted)
    context["references"] = references
    return [serializer.to_representation(page) for page in pages], references


def get_parent_path(page: Page) -> str:
    """The place in the tree (not the public path) of the page above."""
    return str(page.path[: -page.steplen])


def annotate_parents(pages: PageQuerySet) -> PageQuerySet:
    """`pages`, each with the id of the page above: a listing needs no query of its own for them."""
    path = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    parent = Page.objects.order_by().filter(path=path, depth__gt=1)
    return pages.annotate(**{_PARENT_ID: Subquery(parent.values("pk")[:1])})


def _fetch_parent_ids(pages: Sequence[Page]) -> Mapping[str, int]:
    """The ids of the pages above `pages`, by their place in the tree."""
    if all(hasattr(page, _PARENT_ID) for page in pages):
        return {get_parent_path(page): getattr(page, _PARENT_ID) for page in pages}
    return dict(_PARENTS.fetch({get_parent_path(page) for page in pages}))


def _prefetch_relations(serializer: PublicPageSerializer, pages: Sequence[Page]) -> None:
    relations = {
        field.name
        for field in serializer.Meta.model._meta.get_fields()
        if field.is_relation and (field.many_to_many or field.one_to_many)
    }
    prefetch_related_objects(pages, *sorted(relations & set(serializer.fields)))
