"""Asking the public address of a page what it shows, as a reader would."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

VERSION_HEADER: Final = "X-Content-Version"
# A site may want a slash more or less.
_MOST_REDIRECTS: Final = 3
_LONGEST_VERSION: Final = 200


@dataclass(frozen=True)
class PublicAnswer:
    """What the public address answered; `version` is "" where the site names none."""

    status: int
    version: str


class NoAnswerError(Exception):
    """The public address could not be connected to, or broke off."""


class NoAnswerInTimeError(NoAnswerError):
    """It took too long."""


def fetch_public_answer(path: str, seconds: float) -> PublicAnswer:
    """What the site answers at `path`, percent-encoded, within so many seconds in all.

    Only SITE_URL's own host and port is asked, without cookies, and no body is read.

    Raises:
        NoAnswerInTimeError: it took longer.
        NoAnswerError: nobody answered.
    """
    try:
        return asyncio.run(asyncio.wait_for(_fetch(f"{settings.SITE_URL}{path}"), seconds))
    except (TimeoutError, httpx.TimeoutException) as error:
        raise NoAnswerInTimeError from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise NoAnswerError(str(error)) from error


async def _fetch(url: str) -> PublicAnswer:
    # A wait in all is set by the caller: httpx's own would begin anew with every byte.
    async with httpx.AsyncClient(timeout=None, trust_env=False) as client:  # noqa: S113
        for _ in range(_MOST_REDIRECTS):
            answer, location = await _ask(client, url)
            target = urljoin(url, location)
            if not location or not _is_of_site(target):
                break
            url = target
        return answer


async def _ask(client: httpx.AsyncClient, url: str) -> tuple[PublicAnswer, str]:
    # Each request is its own: what the answer sets as a cookie is not sent with the next one.
    client.cookies.clear()
    headers = {"Accept": "text/html", "Cache-Control": "no-cache"}
    async with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
        version = response.headers.get(VERSION_HEADER, "")[:_LONGEST_VERSION]
        location = response.headers.get("Location", "") if _redirects(response.status_code) else ""
        return PublicAnswer(response.status_code, version), location


def _redirects(status: int) -> bool:
    return HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST


def _is_of_site(url: str) -> bool:
    own, other = urlsplit(settings.SITE_URL), urlsplit(url)
    return (own.scheme, own.netloc) == (other.scheme, other.netloc)
