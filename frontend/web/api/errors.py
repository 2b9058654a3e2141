"""What can go wrong between this site and the CMS.

    CmsError
    ├── CmsAwayError      no answer, a late one, a server error, or one that makes no sense
    ├── CmsRefusedError   the CMS understood and refused: a parameter is wrong
    └── CmsMissingError   the CMS has nothing there, and says why

The first becomes a 503; so do the others, unless they are handled where the question came from.
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


class CmsMissingError(CmsError):
    """The CMS has nothing at an address (404, 410). `code` is its stable name for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The CMS has nothing there: {code}")
        self.code = code
