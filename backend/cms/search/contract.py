"""What the search adds to the contract: `search/`, `search/suggest/` and their shapes."""

from typing import Final

from cms.contract.endpoints import Endpoint, Parameter, register_endpoint
from cms.contract.schemas import (
    Schema,
    build_object,
    nullable,
    ref,
    register_schema,
    register_vocabulary,
)
from cms.search.choices import ExploreReasonKind, FacetName, MatchKind

LONGEST_QUERY: Final = 200
MOST_RESULTS: Final = 50
RESULTS: Final = 10
LAST_OFFSET: Final = 1000
MOST_SUGGESTIONS: Final = 8
MOST_TO_EXPLORE: Final = 6
# The choice depends on every page that has something in common with another, or may come to.
EXPLORE_TAG: Final = "listing:explore"

MORE_TO_EXPLORE: Final[Schema] = {
    "type": "array",
    "items": ref("ExploreCard"),
    "maxItems": MOST_TO_EXPLORE,
    "description": (
        "Pages that a reader of this one may want next, the best first. Only conditions have any; "
        "those of `related` are not among them."
    ),
}
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_QUERY = Parameter(
    "q",
    f"What the reader has typed: 1 to {LONGEST_QUERY} characters. Nothing in it is syntax.",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY},
    required=True,
    example="shaky hands",
)


def _list(schema: Schema, description: str = "", **more: int) -> Schema:
    described = {"description": description} if description else {}
    return {"type": "array", "items": schema, **more, **described}


def _register_schemas() -> None:
    register_schema(
        "TextRange",
        build_object(
            {"start": _COUNT, "end": _COUNT},
            "A part of the text beside it, in Unicode characters (code points) from 0; `end` is "
            "the first that is not part of it.",
        ),
    )
    register_schema(
        "SearchMatch",
        build_object(
            {
                "kind": register_vocabulary(MatchKind),
                "text": {**_TEXT, "description": "The name or the symptom, as the page has it."},
                "ranges": _list(ref("TextRange")),
            },
            "Why a page was found: a name of it or a symptom.",
        ),
    )
    register_schema(
        "SearchFragment",
        build_object(
            {
                "text": {**_TEXT, "description": "Plain text."},
                "ranges": _list(ref("TextRange"), "What to highlight."),
                "heading": {**_TEXT, "description": "Of the block; empty for the summary."},
                "block_id": {
                    **nullable(_TEXT),
                    "description": "Of the block that it is from, for a link right to it.",
                },
            },
            "A piece of a page's text that answers the query.",
        ),
    )
    register_schema(
        "SearchResult",
        build_object(
            {
                "id": {"type": "integer"},
                "type": {**_TEXT, "description": "Such as `conditions.ConditionPage`."},
                "title": _TEXT,
                "name": {**_TEXT, "description": "Of the condition, or the title again."},
                "path": _TEXT,
                "html_url": {**_TEXT, "format": "uri"},
                "summary": _TEXT,
                "is_promoted": {
                    "type": "boolean",
                    "description": "Whether an editor wants it first for this query.",
                },
                "promotion": {**_TEXT, "description": "The editor's words for it, or empty."},
                "matches": _list(ref("SearchMatch"), "The most telling first.", maxItems=4),
                "fragments": _list(ref("SearchFragment"), maxItems=2),
            },
            "A page that answers a query.",
        ),
    )
    register_schema(
        "SearchLink",
        build_object(
            {"title": _TEXT, "url": {**_TEXT, "format": "uri"}, "description": _TEXT},
            "An address elsewhere that an editor wants first for this query.",
        ),
    )
    register_schema(
        "SearchFacetValue",
        build_object(
            {
                "value": {**_TEXT, "description": "For the parameter of the facet's name."},
                "label": _TEXT,
                "count": _COUNT,
                "is_selected": {"type": "boolean"},
            },
            "A value by which results can be narrowed, with how many are left then.",
        ),
    )
    register_schema(
        "SearchFacet",
        build_object(
            {
                "name": register_vocabulary(FacetName),
                "label": _TEXT,
                "values": _list(ref("SearchFacetValue"), "The most frequent first."),
            },
            "One way to narrow the results.",
        ),
    )
    register_schema(
        "SuggestedPage",
        build_object(
            {
                "id": {"type": "integer"},
                "type": _TEXT,
                "name": _TEXT,
                "path": _TEXT,
                "html_url": {**_TEXT, "format": "uri"},
                "match": {
                    **nullable(ref("SearchMatch")),
                    "description": "The other name that was typed; null where it is the name.",
                },
                "ranges": _list(ref("TextRange"), "What of `name` was typed."),
            },
            "A page that the reader may mean.",
        ),
    )
    register_schema(
        "SearchResults",
        build_object(
            {
                "query": {**_TEXT, "description": "As it was understood, on one line."},
                "corrected_query": {
                    **nullable(_TEXT),
                    "description": "What was looked for instead of a misspelling.",
                },
                "missing_words": _list(
                    _TEXT,
                    "Words of the query that no page has, in lower case: the results answer the "
                    "others, or what these may be misspellings of.",
                ),
                "total": {**_COUNT, "description": "How many pages answer the query."},
                "is_total_exact": {
                    "type": "boolean",
                    "description": "False where there are more than were counted.",
                },
                "links": _list(ref("SearchLink")),
                "results": _list(ref("SearchResult"), "The best first."),
                "facets": _list(ref("SearchFacet")),
                "nearest": _list(
                    ref("SuggestedPage"),
                    "Where nothing was found, or no page has some word: the nearest names.",
                    maxItems=8,
                ),
            },
            "A part of the pages that answer a query.",
        ),
    )
    register_schema(
        "ExploreReason",
        build_object(
            {
                "kind": register_vocabulary(ExploreReasonKind),
                "text": {
                    **_TEXT,
                    "description": "One line, such as “Both: tremor, fatigue”; empty for `pinned`.",
                },
            },
            "Why a page is worth a look.",
        ),
    )
    register_schema(
        "ExploreCard",
        build_object(
            {"page": ref("PageCard"), "reason": ref("ExploreReason")},
            "A page that a reader may want next, and why.",
        ),
    )
    register_schema(
        "Suggestions",
        build_object(
            {
                "query": _TEXT,
                "suggestions": _list(ref("SuggestedPage"), maxItems=MOST_SUGGESTIONS),
            },
            "The pages that a reader who is still typing may mean.",
        ),
    )


def register() -> None:
    """Describe the endpoints and their shapes, at start-up."""
    _register_schemas()
    register_endpoint(
        Endpoint(
            path="/api/v2/search/",
            operation_id="search",
            summary="The pages that answer a reader's words, the best first.",
            description=(
                "Names, other names and abbreviations come first, then beginnings of names, "
                "symptoms and text. Accents, case, punctuation and plurals do not matter. A word "
                "that no page has is corrected."
            ),
            parameters=(
                _QUERY,
                Parameter(
                    "body_system",
                    "Only conditions of this body system: a `value` of that facet.",
                    example="nervous-system",
                ),
                Parameter(
                    "advice",
                    "Only conditions with this advice in this phase: a `value` of that facet.",
                    example="remission:modify",
                ),
                Parameter(
                    "offset",
                    "How many to pass over.",
                    {"type": "integer", "minimum": 0, "maximum": LAST_OFFSET, "default": 0},
                ),
                Parameter(
                    "limit",
                    "How many to serve.",
                    {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": RESULTS},
                ),
            ),
            responses={200: ref("SearchResults"), 400: ref("Problem")},
        )
    )
    register_endpoint(
        Endpoint(
            path="/api/v2/search/suggest/",
            operation_id="suggest",
            summary="The names that a reader who is still typing may mean.",
            parameters=(_QUERY,),
            responses={200: ref("Suggestions"), 400: ref("Problem")},
        )
    )
