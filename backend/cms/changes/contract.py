"""The feed as the contract describes it."""

from typing import Final

from cms.changes.feed import MOST_CHANGES
from cms.contract.endpoints import Endpoint, Parameter, register_endpoint
from cms.contract.schemas import Schema, build_object, ref, register_schema

_CURSOR: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9a-f]{8}-[0-9]{1,19}-[0-9a-f]{8}$",
}
_CHANGE: Final = build_object(
    {
        "number": {"type": "integer", "minimum": 0},
        "at": {"type": "string", "format": "date-time"},
        "tags": {
            "type": "array",
            "items": {"type": "string"},
            "description": (
                "What changed: whatever was made from an answer with one of these tags is old. "
                "`all` stands for every tag."
            ),
        },
    },
    "Something that readers can notice.",
)
_FEED: Final = build_object(
    {
        "cursor": {**_CURSOR, "description": "To be sent as `after` the next time."},
        "start_over": {
            "type": "boolean",
            "description": "Nothing that was known before can be relied upon: fetch all anew.",
        },
        "has_more": {"type": "boolean", "description": "There is more after `cursor` already."},
        "changes": {
            "type": "array",
            "items": ref("Change"),
            "description": "The oldest first.",
        },
    },
    "What changed for readers after a cursor.",
)
CHANGES: Final = Endpoint(
    path="/api/v2/changes/",
    operation_id="list_changes",
    summary="What changed for readers, in order.",
    description=(
        "To be asked again and again: with `If-None-Match` and the cursor in quotation marks, the "
        "answer is 304 as long as nothing changed. Requests for pages may carry the newest cursor "
        "in `X-Seen-Change`: their answer is then no older. A site that knows SITE_KEY may send it "
        "as `X-Site-Key`, and `X-Site-Report: name=…;pages=…;refreshed=…` with it: what it has "
        "applied is what it asks after."
    ),
    parameters=(
        Parameter("after", "The cursor of an earlier answer; none to begin now.", _CURSOR),
        Parameter(
            "limit",
            "How many changes at most.",
            {
                "type": "integer",
                "minimum": 1,
                "maximum": MOST_CHANGES,
                "default": MOST_CHANGES,
            },
        ),
    ),
    responses={200: ref("ChangeSet"), 304: None, 400: ref("Problem")},
)


def register() -> None:
    """Add the endpoint and its schemas to the contract."""
    register_schema("Change", _CHANGE)
    register_schema("ChangeSet", _FEED)
    register_endpoint(CHANGES)
