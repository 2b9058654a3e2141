"""The HTTP client of the CMS: one pooled session, short timeouts, one retry, JSON out."""

import logging
from collections.abc import Mapping
from typing import Any, Final, Self

import aiohttp
import msgspec

from web.api.errors import (
    COMMENT_ERRORS,
    CmsAwayError,
    CmsError,
    CmsMissingError,
    CmsRefusedError,
)

logger = logging.getLogger(__name__)

_MOST_CONNECTIONS: Final = 50
_CONNECT_SECONDS: Final = 2.0
_SITE_KEY_HEADER: Final = "X-Site-Key"
_SEEN_HEADER: Final = "X-Seen-Change"
_REPORT_HEADER: Final = "X-Site-Report"
# Where the CMS does not say how long somebody has to wait.
_WAIT_SECONDS: Final = 60


class CmsClient:
    """Asks the CMS's public API. Use it as an asynchronous context manager.

    Every method raises `CmsAwayError` when the CMS cannot answer. `site_key` is the key by which
    the CMS knows this site, "" where it has none.
    """

    def __init__(self, base_url: str, timeout_seconds: float, site_key: str = "") -> None:
        self._api = f"{base_url}/api/v2/"
        self._timeout = aiohttp.ClientTimeout(
            total=timeout_seconds, connect=min(_CONNECT_SECONDS, timeout_seconds)
        )
        self._site_key = site_key
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_MOST_CONNECTIONS),
            timeout=self._timeout,
            headers={"Accept": "application/json"},
            # No cookie is ever wanted, whatever the CMS sends.
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(self, *_exception: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def is_known(self) -> bool:
        """Whether the CMS may know this site, and believe what it says of its readers."""
        return bool(self._site_key)

    async def get(
        self, endpoint: str, parameters: Mapping[str, str] | None = None, *, seen: str = ""
    ) -> Any:
        """The JSON answer of `endpoint`, such as `site/`; none older than the change `seen`, which
        is a cursor of `changes/`.

        A connection that breaks is tried once more: a pooled one may have been closed by the CMS
        the moment before. A timeout is not, since that would double the reader's wait.
        Raises `CmsRefusedError` when a parameter is wrong, and `CmsMissingError` when the CMS says
        why there is nothing at `endpoint`.
        """
        headers = {_SEEN_HEADER: seen} if seen else {}
        return await self._ask("GET", endpoint, params=parameters or {}, headers=headers)

    async def poll(self, endpoint: str, after: str, report: str = "") -> Any:
        """The JSON answer of a feed after the cursor `after`; None where nothing is new.

        `report` says how this site is, to a CMS that knows it. Raises as `get` does.
        """
        headers = {}
        if after:
            headers["If-None-Match"] = f'"{after}"'
        if self._site_key and report:
            headers |= {_SITE_KEY_HEADER: self._site_key, _REPORT_HEADER: report}
        parameters = {"after": after} if after else {}
        return await self._ask("GET", endpoint, params=parameters, headers=headers)

    async def post(self, endpoint: str, value: msgspec.Struct, headers: Mapping[str, str]) -> Any:
        """The JSON answer of `endpoint` to `value`, sent as JSON with the reader's `headers`.

        Tried once more as with `get`, so `value` needs an idempotency key.
        Raises `CommentError` as well.
        """
        own = {"Content-Type": "application/json"}
        if self._site_key:
            own[_SITE_KEY_HEADER] = self._site_key
        return await self._ask(
            "POST",
            endpoint,
            data=msgspec.json.encode(value),
            headers={**headers, **own},
            # It would stand for the reader's.
            skip_auto_headers=["User-Agent"],
        )

    async def _ask(self, method: str, endpoint: str, **request: Any) -> Any:
        try:
            return await self._ask_once(method, endpoint, request)
        except (aiohttp.ServerTimeoutError, TimeoutError) as error:
            raise CmsAwayError(f"{endpoint}: no answer in time") from error
        except aiohttp.ClientConnectionError:
            logger.info("The connection to the CMS broke; asking once more for %s", endpoint)
        except aiohttp.ClientError as error:
            raise CmsAwayError(f"{endpoint}: {_describe(error)}") from error
        try:
            return await self._ask_once(method, endpoint, request)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CmsAwayError(f"{endpoint}: {_describe(error)}") from error

    async def _ask_once(self, method: str, endpoint: str, request: Mapping[str, Any]) -> Any:
        if self._session is None:
            raise RuntimeError("CmsClient is used outside its `async with`.")
        async with self._session.request(
            method, self._api + endpoint, allow_redirects=False, **request
        ) as response:
            body = await response.read()
        if 400 <= response.status < 500:
            wait = response.headers.get("Retry-After", "")
            problem = _read_problem_or_none(response.status, body, wait)
            if problem is not None:
                raise problem
        if response.status == 304:
            return None
        # A 404 without a reason too: the endpoint is missing, so it is not our CMS that answers.
        if response.status != (201 if method == "POST" else 200):
            raise CmsAwayError(f"{endpoint}: answered {response.status}")
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise CmsAwayError(f"{endpoint}: the answer is not JSON") from error


def _describe(error: Exception) -> str:
    """The error without what was sent: the `repr` of some holds the headers of the request."""
    return f"{type(error).__name__}: {error}"


def _read_problem_or_none(status: int, body: bytes, wait: str) -> CmsError | None:
    """The error that the CMS's problem stands for; None where it does not say what is wrong."""
    try:
        problem = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    code = problem.get("code") if isinstance(problem, dict) else None
    if not isinstance(code, str) or not code:
        return None
    if kind := COMMENT_ERRORS.get(code):
        is_number = wait.isascii() and wait.isdecimal() and len(wait) < 7
        return kind(_read_fields(problem), int(wait) if is_number else _WAIT_SECONDS)
    if status == 400:
        return CmsRefusedError(code)
    return CmsMissingError(code) if status in {404, 410} else None


def _read_fields(problem: dict[str, Any]) -> dict[str, str]:
    try:
        errors = msgspec.convert(problem.get("errors", []), list[dict[str, Any]])
    except msgspec.ValidationError:
        return {}
    return {str(each.get("field", "")): str(each.get("detail", "")) for each in errors}
