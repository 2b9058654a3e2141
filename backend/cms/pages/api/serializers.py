"""Pages on the wire: Wagtail's v2 form, from fields that fetch what they refer to in bulk."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from rest_framework.fields import Field
from wagtail.api.v2.serializers import PageSerializer
from wagtail.models import Page

from cms.contract.fields import TypedField
from cms.contract.references import References, Wanted, fetch_references
from cms.core.public_pages import build_public_path, build_public_url, get_public_pages

DETAIL_URL_NAME = "wagtailapi:pages:detail"


def build_detail_url(page_id: int) -> str:
    """The address of a page's detail, whatever host name the request has used."""
    return f"{settings.CMS_URL}{reverse(DETAIL_URL_NAME, args=(page_id,))}"


def build_page_name(page: Page) -> dict[str, Any]:
    """A page as another one names it: its parent, or the page that it is an alias of."""
    return {
        "id": page.pk,
        "meta": {
            "type": page.specific_class._meta.label,
            "detail_url": build_detail_url(page.pk),
            "html_url": build_public_url(build_public_path(page.url_path)),
        },
        "title": page.title,
    }


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


class ParentField(PageField):
    """The page above, or null where readers may not see it."""

    def to_representation(self, value: Page) -> dict[str, Any] | None:
        parent = self.context["named_pages"].get(get_parent_path(value))
        return build_page_name(parent) if parent else None


class AliasOfField(PageField):
    """The page that this one is a copy of, or null where readers may not see it."""

    def to_representation(self, value: Page) -> dict[str, Any] | None:
        original = self.context["named_pages"].get(value.alias_of_id)
        return build_page_name(original) if original else None


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
    for field in serializer.fields.values():
        if isinstance(field, TypedField):
            for page in pages:
                field.collect(str(field.field_name), page, wanted)
    references = fetch_references(wanted)
    context["references"] = references
    context["named_pages"] = _fetch_named_pages(serializer, pages)
    return [serializer.to_representation(page) for page in pages], references


def get_parent_path(page: Page) -> str:
    """The place in the tree (not the public path) of the page above."""
    return str(page.path[: -page.steplen])


def _prefetch_relations(serializer: PublicPageSerializer, pages: Sequence[Page]) -> None:
    relations = {
        field.name
        for field in serializer.Meta.model._meta.get_fields()
        if field.is_relation and (field.many_to_many or field.one_to_many)
    }
    prefetch_related_objects(pages, *sorted(relations & set(serializer.fields)))


def _fetch_named_pages(
    serializer: PublicPageSerializer, pages: Sequence[Page]
) -> Mapping[str | int, Page]:
    places = Q()
    if "alias_of" in serializer.fields:
        originals = {page.alias_of_id for page in pages if page.alias_of_id}
        places |= Q(pk__in=originals) if originals else Q()
    if "parent" in serializer.fields:
        places |= Q(path__in={get_parent_path(page) for page in pages})
    named: dict[str | int, Page] = {}
    if places:
        for page in get_public_pages().filter(places):
            named[page.pk] = named[page.path] = page
    return named
