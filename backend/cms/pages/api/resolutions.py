"""The answers of `resolve/` on the wire, and their schemas."""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from typing import Any

from wagtail.models import Page

from cms.comments.contract import COMMENT_LIST
from cms.comments.page import CommentedPage
from cms.comments.reading import fetch_comment_list, get_comments_tag
from cms.contract.references import References
from cms.contract.schemas import Schema, build_object, nullable, ref, register_schema
from cms.core.base_page import BasePage
from cms.pages.api.frames import build_breadcrumbs, build_seo, iterate_related
from cms.pages.api.views import build_page_detail
from cms.pages.resolve import Gone, NotFound, PageFound
from cms.pages.resolve_redirects import RedirectTo
from cms.search.contract import MORE_TO_EXPLORE
from cms.search.explore import fetch_more_to_explore

Wire = dict[str, Any]

_BREADCRUMB: Schema = build_object(
    {"title": {"type": "string"}, "path": {"type": "string"}},
    "A page above, by name.",
)
_SEO: Schema = build_object(
    {
        "title": {"type": "string"},
        "description": {"type": "string"},
        "canonical_url": {"type": "string", "format": "uri"},
        "image": nullable(ref("Image")),
        "noindex": {"type": "boolean"},
    },
    "What search engines and link previews are told.",
)
_MEMBERS: dict[str, tuple[str, Schema]] = {
    "page": (
        "ResolvedPage",
        build_object(
            {
                "type": {"type": "string", "const": "page"},
                "page": ref("Page"),
                "breadcrumbs": {
                    "type": "array",
                    "items": ref("Breadcrumb"),
                    "description": "The pages above, from the home page down.",
                },
                "related": {
                    "type": "array",
                    "items": ref("PageCard"),
                    "description": "The related conditions, in order, each once.",
                },
                "more_to_explore": MORE_TO_EXPLORE,
                "comments": COMMENT_LIST,
                "seo": ref("Seo"),
                "tags": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": (
                        "What the answer depends on, such as `page:12`: all that was read, and all "
                        "that was looked for and left out."
                    ),
                },
            },
            "A page is at this path.",
        ),
    ),
    "redirect": (
        "ResolvedRedirect",
        build_object(
            {
                "type": {"type": "string", "const": "redirect"},
                "location": {
                    "type": "string",
                    "description": "A path of the site, or an absolute address; percent-encoded.",
                },
                "permanent": {"type": "boolean"},
            },
            "What was asked for is somewhere else, or spelled otherwise.",
        ),
    ),
    "gone": (
        "ResolvedGone",
        build_object(
            {"type": {"type": "string", "const": "gone"}},
            "Everybody could once read a page here; it was deleted, unpublished or has expired.",
        ),
    ),
    "not_found": (
        "ResolvedNotFound",
        build_object({"type": {"type": "string", "const": "not_found"}}, "Nothing is here."),
    ),
}


def register_schemas() -> None:
    """Register `Resolution`, a union discriminated on `type`, and what it is made of."""
    register_schema("Breadcrumb", _BREADCRUMB)
    register_schema("Seo", _SEO)
    for name, schema in _MEMBERS.values():
        register_schema(name, schema)
    register_schema(
        "Resolution",
        {
            "description": "What is at a path of the site.",
            "oneOf": [ref(name) for name, _schema in _MEMBERS.values()],
            "discriminator": {
                "propertyName": "type",
                "mapping": {kind: ref(name)["$ref"] for kind, (name, _schema) in _MEMBERS.items()},
            },
        },
    )


@singledispatch
def build_resolution(resolution: object) -> Wire:
    """A resolution as `resolve/` answers it."""
    raise TypeError(f"Not a resolution: {resolution!r}")


@build_resolution.register
def _build_page(resolution: PageFound) -> Wire:
    page = resolution.page
    detail, references = build_page_detail(page)
    related = list(iterate_related(detail.get("body", [])))
    explore = fetch_more_to_explore(page, related)
    ancestors = list(
        Page.objects.ancestor_of(page).filter(depth__gt=1).values_list("pk", flat=True)
    )
    return {
        "type": "page",
        "page": detail,
        "breadcrumbs": build_breadcrumbs(page),
        "related": related,
        "more_to_explore": explore.cards,
        "comments": fetch_comment_list(page),
        "seo": build_seo(page, detail),
        "tags": _build_tags(page, ancestors, [detail, explore.cards], references, explore.tags),
    }


@build_resolution.register
def _build_redirect(resolution: RedirectTo) -> Wire:
    return {
        "type": "redirect",
        "location": resolution.location,
        "permanent": resolution.permanent,
    }


@build_resolution.register
def _build_gone(resolution: Gone) -> Wire:
    return {"type": "gone"}


@build_resolution.register
def _build_not_found(resolution: NotFound) -> Wire:
    return {"type": "not_found"}


def _build_tags(
    page: Page,
    ancestors: Iterable[int],
    shown: Sequence[Any],
    references: References,
    explore_tags: Iterable[str],
) -> list[str]:
    tags = {f"page:{page.pk}", *references.tags(), *explore_tags}
    if isinstance(page, CommentedPage):
        tags.add(get_comments_tag(page.pk))
    tags.update(f"page:{page_id}" for page_id in ancestors)
    # The pictures of cards are fetched with the cards, not as references of the page itself.
    tags.update(f"image:{image_id}" for image_id in _iterate_image_ids(shown))
    # Such as the index of conditions, whose letters are counted from other pages.
    tags.update(page.listing_tags if isinstance(page, BasePage) else ())
    return sorted(tags)


def _iterate_image_ids(wire: Any) -> Iterator[int]:
    if isinstance(wire, dict):
        if "sources" in wire and "alt" in wire:
            yield wire["id"]
        for value in wire.values():
            yield from _iterate_image_ids(value)
    elif isinstance(wire, list):
        for value in wire:
            yield from _iterate_image_ids(value)
