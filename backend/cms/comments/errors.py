"""Why a comment is refused. Their places among all errors: `core/errors.py`.

BadRequestError
└── InvalidCommentError              400  invalid_comment
ForbiddenError
└── CommentsClosedError              403  comments_closed
ConflictError
└── IdempotencyKeyReusedError        409  idempotency_key_reused
"""

from collections.abc import Mapping

from cms.core.errors import BadRequestError, ConflictError, ForbiddenError


class InvalidCommentError(BadRequestError):
    """Fields of a comment are wrong; `errors` says of each what to do."""

    code = "invalid_comment"

    def __init__(self, errors: Mapping[str, str]) -> None:
        names = ", ".join(errors)
        super().__init__(f"These fields are wrong: {names}.", errors, errors=errors)


class CommentsClosedError(ForbiddenError):
    """The page takes no comments, or none any more."""

    code = "comments_closed"

    def __init__(self) -> None:
        super().__init__("Responses to this page are closed.")


class IdempotencyKeyReusedError(ConflictError):
    """A key that came with another comment before."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "This idempotency key came with another comment. A new comment needs a new key."
        )
