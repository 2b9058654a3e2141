"""What can go wrong between this site and the CMS.

    CmsError
    ├── CmsAwayError      no answer, a late one, a server error, or one that makes no sense
    └── CmsRefusedError   the CMS understood and refused: a parameter is wrong

The first becomes a 503; the second is handled where the parameter came from.
"""


class CmsError(Exception):
    """The CMS did not give what was asked for."""


class CmsAwayError(CmsError):
    """The CMS cannot answer now. Readers see "back soon" (503), never "not found"."""


class CmsRefusedError(CmsError):
    """The CMS refused a parameter. `code` is its stable name for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The CMS refused the request: {code}")
        self.code = code
