"""What can go wrong with a draft on the site.

ApiError                          status  code
├── NotFoundError                    404  not_found
│   └── PreviewNotFoundError         404  preview_not_found
└── GoneError                        410  gone
    └── PreviewEndedError            410  preview_ended

LostPageError    its page was deleted, or its content no longer fits the page's fields
"""

from typing import Final

from cms.core.errors import GoneError, NotFoundError

# The same for every end, so that it tells nothing of the draft.
ENDED: Final = "This link has expired or was withdrawn. Ask whoever sent it for a new one."


class PreviewNotFoundError(NotFoundError):
    """The token is none of ours."""

    code = "preview_not_found"


class PreviewEndedError(GoneError):
    """The token was ours; it has expired, was revoked, or its page was deleted."""

    code = "preview_ended"


class LostPageError(Exception):
    """The draft has no place on the site any more, or its content no longer fits."""
