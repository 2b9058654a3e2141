"""What comments add to the contract: three endpoints and their shapes."""

from typing import Final

from cms.comments.choices import CommentsMode
from cms.comments.leaving import LONGEST_KEY
from cms.comments.models.comment import LONGEST_NAME, LONGEST_TEXT
from cms.contract.endpoints import Endpoint, Parameter, register_endpoint
from cms.contract.schemas import (
    Schema,
    build_object,
    nullable,
    ref,
    register_schema,
    register_vocabulary,
)

MOST_THREADS: Final = 100
THREADS: Final = 50

COMMENT_LIST: Final[Schema] = ref("CommentList")
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_PAGE_ID = Parameter("id", "Of the page.", {"type": "integer"}, location="path", example=12)

_REPLY: dict[str, Schema] = {
    "id": {"type": "integer"},
    "name": {**_TEXT, "minLength": 1, "maxLength": LONGEST_NAME},
    "is_therapist": {"type": "boolean", "description": "Whether the practice itself wrote it."},
    "sent_at": _MOMENT,
    "is_edited": {
        "type": "boolean",
        "description": "Whether it was edited afterwards, such as to take private details out.",
    },
    "is_removed": {
        "type": "boolean",
        "description": "Whether the words were removed; `text` says so, for the replies' sake.",
    },
    "text": {**_TEXT, "description": "Plain text; an empty line parts paragraphs."},
    "html": {
        **_TEXT,
        "contentMediaType": "text/html",
        "description": "The same as paragraphs, with links that are `nofollow ugc`.",
    },
}
_LIST: Schema = build_object(
    {
        "mode": ref("CommentsMode"),
        "closes_at": {
            **nullable(_MOMENT),
            "description": "When an open page closes by itself; null where it does not.",
        },
        "total": {**_COUNT, "description": "Of all approved comments of the page, with replies."},
        "thread_total": {**_COUNT, "description": "Of those that are no replies."},
        "threads": {
            "type": "array",
            "items": ref("Comment"),
            "description": "The oldest first. Those that a page carries are the first 100.",
        },
    },
    "What readers see of the comments of a page: the approved ones.",
)
_FORM: Schema = build_object(
    {
        "token": {**_TEXT, "description": "To be sent back as `form_token`."},
        "page_title": _TEXT,
        "page_path": {**_TEXT, "description": "On the public site."},
        "reply_to": {
            **nullable(ref("CommentReply")),
            "description": "The comment that was asked for with the parameter `reply_to`.",
        },
        "uses_akismet": {
            "type": "boolean",
            "description": "Whether comments are sent to Akismet; readers are to be told.",
        },
    },
    "What a form needs to be filled in.",
)
_SUBMISSION: Schema = {
    "description": "A reader's comment.",
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "text"],
    "properties": {
        "name": {**_TEXT, "minLength": 1, "maxLength": LONGEST_NAME},
        "email": {**_TEXT, "description": "Never shown, never served; may be empty."},
        "text": {**_TEXT, "minLength": 1, "maxLength": LONGEST_TEXT, "description": "No HTML."},
        "reply_to": {
            **nullable({"type": "integer"}),
            "description": "The id of an approved comment of this page that is no reply itself.",
        },
        "idempotency_key": {
            **_TEXT,
            "maxLength": LONGEST_KEY,
            "description": (
                "Made up for one filled-in form, such as a UUID: another try with it stores "
                "nothing twice. Without one, the same words of the same sender to the same page "
                "within 10 minutes count as one."
            ),
        },
        "form_token": {**_TEXT, "description": "From `pages/{id}/comments/form/`."},
        "honeypot": {
            **_TEXT,
            "description": "What was typed into a field that people do not see.",
        },
    },
}
_RECEIPT: Schema = build_object(
    {
        "state": {**_TEXT, "enum": ["held"]},
        "detail": {**_TEXT, "description": "For the reader."},
    },
    "The comment was stored. It appears once it has been read.",
)


def register() -> None:
    """Describe the endpoints and their shapes, at start-up."""
    register_vocabulary(CommentsMode)
    register_schema("CommentReply", build_object(_REPLY, "A reply to a comment, approved."))
    register_schema(
        "Comment",
        build_object(
            {
                **_REPLY,
                "replies": {
                    "type": "array",
                    "items": ref("CommentReply"),
                    "description": "The oldest first.",
                },
            },
            "A reader's comment, approved, with its replies.",
        ),
    )
    register_schema("CommentList", _LIST)
    register_schema("CommentForm", _FORM)
    register_schema("CommentSubmission", _SUBMISSION)
    register_schema("CommentReceipt", _RECEIPT)
    for endpoint in _ENDPOINTS:
        register_endpoint(endpoint)


_ENDPOINTS: Final = (
    Endpoint(
        path="/api/v2/pages/{id}/comments/",
        operation_id="list_comments",
        summary="The approved comments of a page.",
        parameters=(
            _PAGE_ID,
            Parameter(
                "limit",
                "How many threads.",
                {"type": "integer", "minimum": 1, "maximum": MOST_THREADS, "default": THREADS},
            ),
            Parameter("offset", "How many threads to leave out.", {**_COUNT, "default": 0}),
        ),
        responses={200: COMMENT_LIST, 400: ref("Problem"), 404: ref("Problem")},
    ),
    Endpoint(
        path="/api/v2/pages/{id}/comments/",
        method="post",
        operation_id="leave_comment",
        summary="Leave a comment, to be read by a person before it appears.",
        description=(
            "JSON of at most 64 kB; an `Origin` that is not the site's is refused. "
            "`invalid_comment` names each wrong field; `comments_closed`: the page takes none; "
            "`idempotency_key_reused`: the key came with other words; 429 says in `Retry-After` "
            "when to come again. A front end that knows SITE_KEY sends it as `X-Site-Key`, and "
            "the reader's address as `X-Reader-Address`; limits then count per reader."
        ),
        parameters=(_PAGE_ID,),
        request=ref("CommentSubmission"),
        responses={
            201: ref("CommentReceipt"),
            **{status: ref("Problem") for status in (400, 403, 404, 409, 413, 415, 429)},
        },
    ),
    Endpoint(
        path="/api/v2/pages/{id}/comments/form/",
        operation_id="comment_form",
        summary="What a form needs that is about to be filled in. Never to be kept.",
        parameters=(
            _PAGE_ID,
            Parameter("reply_to", "The comment that the reader replies to.", {"type": "integer"}),
        ),
        responses={
            200: ref("CommentForm"),
            **{status: ref("Problem") for status in (400, 403, 404)},
        },
    ),
)
