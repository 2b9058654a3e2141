"""What can go wrong with pictures.

ImagesError
└── UnreadablePictureError   the original is not there, or is not a picture
"""


class ImagesError(Exception):
    """Something is wrong with a picture."""


class UnreadablePictureError(ImagesError):
    """The original of a picture is not there, or cannot be decoded."""
