"""What the previews add to the contract: the endpoint `preview/<token>/` and its shapes."""

from cms.comments.contract import COMMENT_LIST
from cms.contract.endpoints import Endpoint, Parameter, register_endpoint
from cms.contract.schemas import (
    Schema,
    build_object,
    nullable,
    ref,
    register_schema,
)
from cms.search.contract import MORE_TO_EXPLORE

_TEXT: Schema = {"type": "string"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}

_CHANGE: Schema = build_object(
    {
        "kind": {**_TEXT, "enum": ["added", "changed", "removed", "moved"]},
        "what": {**_TEXT, "description": "In an editor's words, such as “Summary”."},
        "block_id": {
            **nullable(_TEXT),
            "description": "Of the block that is meant, where it is one that the draft has.",
        },
    },
    "One difference between a draft and what readers see now.",
)
_INFO: Schema = build_object(
    {
        "kind": {
            **_TEXT,
            "enum": ["editor", "shared"],
            "description": "`editor`: for the one who edits; `shared`: for whoever has the link.",
        },
        "title": _TEXT,
        "author": {**_TEXT, "description": "Who made it; empty where nobody knows any more."},
        "created_at": _MOMENT,
        "expires_at": _MOMENT,
        "is_published": {
            "type": "boolean",
            "description": "Whether readers can see another version of the page now.",
        },
        "changes": {
            "type": "array",
            "items": ref("DraftChange"),
            "description": "Since the version that readers see; none where they see none.",
        },
    },
    "What is to be said of a draft beside it.",
)
_PREVIEW: Schema = build_object(
    {
        "page": ref("DraftPage"),
        "path": {**_TEXT, "description": "Where the page is, or will be, on the site."},
        "breadcrumbs": {"type": "array", "items": ref("Breadcrumb")},
        "related": {"type": "array", "items": ref("PageCard")},
        "more_to_explore": MORE_TO_EXPLORE,
        "comments": COMMENT_LIST,
        "seo": ref("Seo"),
        "site": {
            **nullable(ref("Site")),
            "description": "The branding to draw the page with; null stands for the public one.",
        },
        "draft": ref("DraftInfo"),
        "userbar": {
            **_TEXT,
            "contentMediaType": "text/html",
            "description": (
                "Wagtail's user bar, which checks the page and reports to the editor. It goes "
                "right before the end of the body. Empty in shared drafts."
            ),
        },
    },
    "A draft, for whoever has its token.",
)
_ENDPOINT = Endpoint(
    path="/api/v2/preview/{token}/",
    operation_id="preview",
    summary="A draft, for whoever has its token.",
    description=(
        "The token is all that it takes, and nothing lists tokens. The content is in the draft "
        "form of its schemas: nothing is required. An answer is never to be kept (`no-store`) nor "
        "indexed. `preview_not_found`: nobody has given such a token. `preview_ended`: its time is "
        "over, or the link was withdrawn."
    ),
    parameters=(
        Parameter("token", "As it stands in the link.", location="path", example="0.0:0"),
        Parameter(
            "in_preview_panel",
            "Whether the page is shown beside the editor, where the user bar is not drawn.",
            {"type": "string", "enum": ["true", "false"], "default": "false"},
        ),
    ),
    responses={200: ref("Preview"), 400: ref("Problem"), 404: ref("Problem"), 410: ref("Problem")},
)


def register() -> None:
    """Describe the endpoint and its shapes, at start-up."""
    register_schema("DraftChange", _CHANGE)
    register_schema("DraftInfo", _INFO)
    register_schema("Preview", _PREVIEW)
    register_endpoint(_ENDPOINT)
