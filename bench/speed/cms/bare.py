"""Django views that send what they have in memory: the most that Django and the server can do."""

from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

FILE_NAME: Final = "bare.json"


@cache
def _read_bytes() -> bytes:
    return (Path(settings.DATA_DIR) / FILE_NAME).read_bytes()


def send_bytes(_request: HttpRequest) -> HttpResponse:
    """The bytes of `bare.json`, which are read once."""
    return HttpResponse(_read_bytes(), content_type="application/json")


def send_not_modified(_request: HttpRequest) -> HttpResponse:
    """304, whatever was asked."""
    return HttpResponseNotModified()
