"""The HTTP client of the CMS: one pooled session, short timeouts, one retry, JSON out."""

import logging
from collections.abc import Mapping
from typing import Any, Final, Self

import aiohttp
import msgspec

from web.api.errors import CmsAwayError, CmsMissingError, CmsRefusedError

logger = logging.getLogger(__name__)

_MOST_CONNECTIONS: Final = 50
_CONNECT_SECONDS: Final = 2.0


class CmsClient:
    """Reads the CMS's public API. Use it as an asynchronous context manager.

    Every method raises `CmsAwayError` when the CMS cannot answer.
    """

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        self._api = f"{base_url}/api/v2/"
        self._timeout = aiohttp.ClientTimeout(
            total=timeout_seconds, connect=min(_CONNECT_SECONDS, timeout_seconds)
        )
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

    async def get(self, endpoint: str, parameters: Mapping[str, str] | None = None) -> Any:
        """The JSON answer of `endpoint`, such as `site/`.

        A connection that breaks is tried once more: a pooled one may have been closed by the CMS
        the moment before. A timeout is not, since that would double the reader's wait.
        Raises `CmsRefusedError` when a parameter is wrong, and `CmsMissingError` when the CMS says
        why there is nothing at `endpoint`.
        """
        try:
            return await self._get_once(endpoint, parameters or {})
        except (aiohttp.ServerTimeoutError, TimeoutError) as error:
            raise CmsAwayError(f"{endpoint}: no answer in time") from error
        except aiohttp.ClientConnectionError:
            logger.info("The connection to the CMS broke; asking once more for %s", endpoint)
        except aiohttp.ClientError as error:
            raise CmsAwayError(f"{endpoint}: {error!r}") from error
        try:
            return await self._get_once(endpoint, parameters or {})
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CmsAwayError(f"{endpoint}: {error!r}") from error

    async def _get_once(self, endpoint: str, parameters: Mapping[str, str]) -> Any:
        if self._session is None:
            raise RuntimeError("CmsClient is used outside its `async with`.")
        async with self._session.get(
            self._api + endpoint, params=parameters, allow_redirects=False
        ) as response:
            body = await response.read()
        code = _read_problem_code(body) if response.status in {400, 404, 410} else ""
        if code:
            raise CmsRefusedError(code) if response.status == 400 else CmsMissingError(code)
        # A 404 without a reason too: the endpoint is missing, so it is not our CMS that answers.
        if response.status != 200:
            raise CmsAwayError(f"{endpoint}: answered {response.status}")
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise CmsAwayError(f"{endpoint}: the answer is not JSON") from error


def _read_problem_code(body: bytes) -> str:
    try:
        problem = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return ""
    code = problem.get("code") if isinstance(problem, dict) else None
    return code if isinstance(code, str) else ""
