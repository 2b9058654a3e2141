"""What keeps a build from being done.

BuildError
├── FolderRefusedError      the folder holds what no build has written
├── BuildRunningError       another build writes into the same folder
├── CmsNotReachedError      the CMS does not answer, or has no feed of changes
└── UnsafePathError         no file may stand for the path
"""


class BuildError(Exception):
    """The build ends here; the message says what to do."""


class FolderRefusedError(BuildError):
    """The folder holds what no build has written."""


class BuildRunningError(BuildError):
    """Another build writes into the same folder."""


class CmsNotReachedError(BuildError):
    """The CMS does not answer, or has no feed of changes."""


class UnsafePathError(BuildError):
    """No file may stand for the path."""
