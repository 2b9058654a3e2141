"""What can go wrong between this site and the CMS.

    CmsError
    ├── CmsAwayError                no answer, a late one, a server error, or one without sense
    ├── CmsRefusedError             the CMS understood and refused: a parameter is wrong
    ├── CmsMissingError             the CMS has nothing there, and says why
    └── CommentError                a comment was not taken, or its form not given out
        ├── CommentInvalidError     a field is wrong, and each says what to do
        ├── CommentsClosedError     the page takes none now
        ├── CommentTooLongError     it is more than the CMS reads
        ├── CommentKeyReusedError   its idempotency key came with other words before
        └── CommentsTooManyError    somebody has to wait

The first becomes a 503; so do the others, unless they are handled where the question came from.
"""

from collections.abc import Mapping
from typing import ClassVar


class CmsError(Exception):
    """The CMS did not give what was asked for."""


class CmsAwayError(CmsError):
    """The CMS cannot answer now. Readers see "back soon" (503), never "not found"."""


class CmsRefusedError(CmsError):
    """The CMS refused a parameter. `code` is its stable name for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The CMS refused the request: {code}")
        self.code = code


class CmsMissingError(CmsError):
    """The CMS has nothing at an address (404, 410). `code` is its stable name for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The CMS has nothing there: {code}")
        self.code = code


class CommentError(CmsError):
    """The CMS did not take a comment. `code` is its stable name for the reason.

    `fields` says of each wrong field what to do; `retry_after` is in seconds.
    """

    code: ClassVar[str]

    def __init__(self, fields: Mapping[str, str], retry_after: int) -> None:
        # No word of the comment: what an error says is logged.
        super().__init__(f"The CMS took no comment: {self.code}")
        self.fields = fields
        self.retry_after = retry_after


class CommentInvalidError(CommentError):
    """Fields are wrong."""

    code = "invalid_comment"


class CommentsClosedError(CommentError):
    """The page takes no comments now."""

    code = "comments_closed"


class CommentTooLongError(CommentError):
    """There is more of it than the CMS reads."""

    code = "request_too_large"


class CommentKeyReusedError(CommentError):
    """The idempotency key came with other words before."""

    code = "idempotency_key_reused"


class CommentsTooManyError(CommentError):
    """The reader, or everybody, has sent many."""

    code = "too_many_requests"


COMMENT_ERRORS: Mapping[str, type[CommentError]] = {
    kind.code: kind
    for kind in (
        CommentInvalidError,
        CommentsClosedError,
        CommentTooLongError,
        CommentKeyReusedError,
        CommentsTooManyError,
    )
}
