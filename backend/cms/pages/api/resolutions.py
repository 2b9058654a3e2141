"""The answers of `resolve/` on the wire, and their schemas."""

import hashlib
from functools import singledispatch
from typing import Any

from rest_framework.renderers import JSONRenderer

from cms.comments.contract import COMMENT_LIST
from cms.comments.page import CommentedPage
from cms.comments.reading import COMMENT_SETTINGS_TAG, fetch_comment_list, get_comments_tag
from cms.contract.schemas import Schema, build_object, nullable, ref, register_schema
from cms.pages.api.frames import (
    build_breadcrumbs,
    build_seo,
    fetch_pages_above,
    iterate_related,
)
from cms.pages.api.tags import PATHS_TAG, build_page_tags
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
_TAGS: Schema = {
    "type": "array",
    "items": {"type": "string"},
    "description": (
        "What the answer depends on, such as `page:12`: all that was read, and all that was looked "
        "for and left out."
    ),
}
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
                "tags": _TAGS,
                "version": {
                    "type": "string",
                    "description": "Another one whenever anything else in the answer is.",
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
                "tags": _TAGS,
            },
            "What was asked for is somewhere else, or spelled otherwise.",
        ),
    ),
    "gone": (
        "ResolvedGone",
        build_object(
            {"type": {"type": "string", "const": "gone"}, "tags": _TAGS},
            "Everybody could once read a page here; it was deleted, unpublished or has expired.",
        ),
    ),
    "not_found": (
        "ResolvedNotFound",
        build_object(
            {"type": {"type": "string", "const": "not_found"}, "tags": _TAGS}, "Nothing is here."
        ),
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
    above = fetch_pages_above(page)
    tags = build_page_tags(page, detail, references, (each.page_id for each in above))
    tags.update(explore.tags)
    if isinstance(page, CommentedPage):
        tags.update((get_comments_tag(page.pk), COMMENT_SETTINGS_TAG))
    answer = {
        "type": "page",
        "page": detail,
        "breadcrumbs": build_breadcrumbs(above),
        "related": related,
        "more_to_explore": explore.cards,
        "comments": fetch_comment_list(page),
        "seo": build_seo(page, detail),
        "tags": sorted(tags),
    }
    return {**answer, "version": _build_version(answer)}


@build_resolution.register
def _build_redirect(resolution: RedirectTo) -> Wire:
    return {
        "type": "redirect",
        "location": resolution.location,
        "permanent": resolution.permanent,
        "tags": [PATHS_TAG],
    }


@build_resolution.register
def _build_gone(resolution: Gone) -> Wire:
    return {"type": "gone", "tags": [PATHS_TAG]}


@build_resolution.register
def _build_not_found(resolution: NotFound) -> Wire:
    return {"type": "not_found", "tags": [PATHS_TAG]}


def _build_version(answer: Wire) -> str:
    return hashlib.sha256(JSONRenderer().render(answer)).hexdigest()[:16]
