"""Comparing what the public address of a page shows with what the API says of it now."""

from http import HTTPStatus
from typing import Final

from cms.core.public_pages import build_public_path, encode_path
from cms.live.models import Outcome, Publication
from cms.live.public_page import (
    NoAnswerError,
    NoAnswerInTimeError,
    PublicAnswer,
    fetch_public_answer,
)
from cms.pages.api.resolutions import build_resolution
from cms.pages.resolve import PageFound, resolve_path
from cms.pages.resolve_redirects import RedirectTo

_MISSING: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def check_publication(publication: Publication, seconds: float) -> Outcome:
    """Ask the public address once, waiting so many seconds at most, and note what it shows."""
    path = encode_path(build_public_path(publication.page.url_path))
    status: int | None = None
    try:
        answer = fetch_public_answer(path, seconds)
    except NoAnswerInTimeError:
        outcome = Outcome.TIMED_OUT
    except NoAnswerError:
        outcome = Outcome.REFUSED
    else:
        status, outcome = answer.status, compare(path, answer)
    Publication.objects.filter(pk=publication.pk).update(outcome=outcome, status=status)
    return outcome


def compare(path: str, answer: PublicAnswer) -> Outcome:
    """Whether `answer` is what a reader should get at `path` now."""
    resolution = resolve_path(path)
    if isinstance(resolution, RedirectTo):
        # Followed within the site: whatever it leads to is there.
        return Outcome.AGREES if answer.status < HTTPStatus.BAD_REQUEST else Outcome.OTHER_STATUS
    if not isinstance(resolution, PageFound):
        return Outcome.AGREES if answer.status in _MISSING else Outcome.OTHER_STATUS
    if answer.status != HTTPStatus.OK:
        return Outcome.OTHER_STATUS
    if not answer.version:
        return Outcome.NO_VERSION
    is_newest = answer.version == build_resolution(resolution)["version"]
    return Outcome.AGREES if is_newest else Outcome.OTHER_VERSION
