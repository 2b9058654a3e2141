"""The page endpoints as the contract describes them."""

from cms.contract.endpoints import Endpoint, Parameter, register_endpoint
from cms.contract.schemas import Schema, build_object, nullable, ref, register_schema
from cms.pages.api import resolutions
from cms.pages.api.redirects_view import MOST_REDIRECTS_AT_ONCE, USUAL_REDIRECTS

_INTEGER: Schema = {"type": "integer", "minimum": 0}
_PROBLEMS: dict[int, Schema | None] = {400: ref("Problem")}

_FIELDS = Parameter(
    "fields",
    "Which fields to serve: names with commas; `*` for all, `_,title` for none but the title, "
    "`-summary` to leave one out. A listing serves few unless it is told otherwise.",
    {"type": "string", "maxLength": 500},
    example="*",
)

LISTING = Endpoint(
    path="/api/v2/pages/",
    operation_id="list_pages",
    summary="The pages that everybody may read.",
    description=(
        "Wagtail's v2 listing. Besides the parameters below, the name of any served field that "
        "holds a plain value filters by it, such as `slug=fibromyalgia`. Wagtail's `find/` is "
        "left out, because `resolve/` answers for any path; its parameters for sites, languages "
        "and formats are too, because there is one of each."
    ),
    parameters=(
        Parameter(
            "type",
            "Page types with commas. With one type, its own fields can be served and filtered by.",
            example="conditions.ConditionPage",
        ),
        _FIELDS,
        Parameter(
            "letter",
            "The place in the A to Z: one letter in any case, or `#` for names that start with "
            "anything else. Needs `type=conditions.ConditionPage`.",
            {"type": "string", "minLength": 1},
            example="m",
        ),
        Parameter("search", "Words to look for, the most relevant page first.", example="tremor"),
        Parameter(
            "search_operator",
            "Whether pages must hold all words or any of them.",
            {"type": "string", "enum": ["and", "or"], "default": "and"},
        ),
        Parameter("order", "Fields with commas, `-` for descending, or `random`.", example="title"),
        Parameter("child_of", "The id of the page right above, or `root` for the home page."),
        Parameter("descendant_of", "The id of a page anywhere above, or `root`."),
        Parameter("ancestor_of", "The id of a page anywhere below.", _INTEGER),
        Parameter("offset", "How many to pass over.", {**_INTEGER, "default": 0}),
        Parameter(
            "limit", "How many to serve.", {**_INTEGER, "maximum": 100, "default": 20}, example=100
        ),
    ),
    responses={200: ref("PageListing"), **_PROBLEMS},
)
DETAIL = Endpoint(
    path="/api/v2/pages/{id}/",
    operation_id="get_page",
    summary="One page by its id.",
    parameters=(
        Parameter("id", "The id of the page.", {"type": "integer"}, location="path", example=12),
        _FIELDS,
    ),
    responses={200: ref("Page"), 404: ref("Problem"), **_PROBLEMS},
)
RESOLVE = Endpoint(
    path="/api/v2/resolve/",
    operation_id="resolve",
    summary="What is at a path of the site: a page, a redirect, or nothing.",
    description=(
        "One request for any address that a reader may try, with all that its page needs. Any "
        "path has an answer: a missing slash, another case, `..`, doubled slashes, needless "
        "percent-encoding redirect to the page's own path; what cannot be a path is `not_found`."
    ),
    parameters=(
        Parameter(
            "path",
            "The path as the reader's browser sent it, with or without its query.",
            required=True,
            example="/conditions/multiple-sclerosis/",
        ),
    ),
    responses={200: ref("Resolution"), **_PROBLEMS},
)
REDIRECTS = Endpoint(
    path="/api/v2/redirects/",
    operation_id="list_redirects",
    summary="Every redirect that leads somewhere readers may go.",
    description=(
        "What `resolve/` answers with a redirect because an editor wrote it, or a page moved. For "
        "a site that is written to files, whose host follows them by itself. Changes with the tag "
        "`paths`."
    ),
    parameters=(
        Parameter("offset", "How many to pass over.", {**_INTEGER, "default": 0}),
        Parameter(
            "limit",
            "How many to serve.",
            {**_INTEGER, "maximum": MOST_REDIRECTS_AT_ONCE, "default": USUAL_REDIRECTS},
        ),
    ),
    responses={200: ref("RedirectListing"), **_PROBLEMS},
)


def register() -> None:
    """Add the endpoints and their schemas to the contract."""
    register_schema("PageListingMeta", build_object({"total_count": {"type": "integer"}}))
    register_schema(
        "PageListingItemMeta",
        build_object(
            {
                "type": {"type": "string"},
                "detail_url": {"type": "string", "format": "uri"},
                "html_url": nullable({"type": "string", "format": "uri"}),
                "slug": {"type": "string"},
                "first_published_at": nullable({"type": "string", "format": "date-time"}),
            },
            "The fields of `PageMeta` that a listing has unless `fields` says otherwise.",
        ),
    )
    item = build_object(
        {
            "id": {"type": "integer"},
            "meta": ref("PageListingItemMeta"),
            "title": {"type": "string"},
        },
        "A page in a listing, with the fields that were asked for as the page's own schema has "
        "them. These are served unless `fields` says otherwise.",
    )
    register_schema("PageListingItem", item)
    register_schema(
        "PageListing",
        build_object(
            {
                "meta": ref("PageListingMeta"),
                "items": {"type": "array", "items": ref("PageListingItem")},
            },
            "A part of the pages; `total_count` counts all that the filters leave.",
        ),
    )
    redirect = build_object(
        {
            "path": {
                "type": "string",
                "description": "Percent-encoded, without a slash at the end, maybe with a query.",
            },
            "location": {
                "type": "string",
                "description": "A path of the site, or an absolute address; percent-encoded.",
            },
            "permanent": {"type": "boolean"},
        },
        "A redirect; its path leads nowhere else, with a slash at the end or without.",
    )
    register_schema("ListedRedirect", redirect)
    register_schema(
        "RedirectListing",
        build_object(
            {
                "meta": ref("PageListingMeta"),
                "items": {"type": "array", "items": ref("ListedRedirect")},
            },
            "A part of the redirects, in the order of their paths.",
        ),
    )
    resolutions.register_schemas()
    for endpoint in (LISTING, DETAIL, RESOLVE, REDIRECTS):
        register_endpoint(endpoint)
