"""Single requests over a connection that stays open, as a browser's does."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

_TIMEOUT = 30.0


@dataclass(frozen=True)
class Reply:
    """What a server answered; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Asker:
    """Asks one server, one request after another."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "", parts.port)
        self._connection: http.client.HTTPConnection | None = None
        self._known: dict[str, Reply] = {}

    def look(self, path: str) -> bytes:
        """What is at `path` now, asked for as by a browser that has seen it before."""
        known = self._known.get(path)
        headers = {} if known is None else {"If-None-Match": known.headers.get("etag", "")}
        reply = self.get(path, headers)
        if known is None or reply.status != HTTPStatus.NOT_MODIFIED:
            self._known[path] = known = reply
        return known.body

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        """What is at `path`. Raises `OSError` where there is no answer."""
        try:
            return self._get(path, headers or {})
        except (http.client.HTTPException, ConnectionError):
            # The server has closed a connection that stood idle.
            self.close()
            try:
                return self._get(path, headers or {})
            except http.client.HTTPException as error:
                raise OSError(str(error)) from error

    def close(self) -> None:
        """Use a new connection from now on, which may lead to another worker."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _get(self, path: str, headers: Mapping[str, str]) -> Reply:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(*self._place, timeout=_TIMEOUT)
        self._connection.request("GET", path, headers=dict(headers))
        response = self._connection.getresponse()
        body = response.read()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, body)
