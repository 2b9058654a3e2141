"""Readers who send a response each, and again until somebody says that it arrived."""

import http.client
import json
import random
import time
import urllib.request
import uuid
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from scripts.instance import Instance

PATIENCE: Final = 120.0
_PAUSE: Final = 0.05
_TIMEOUT: Final = 10.0


class StreamError(Exception):
    """The stream could not be sent as it was meant; the message says why."""


class Sender:
    """A reader with one response. `chance`, from 0 to 1, decides how they go about it."""

    def __init__(self, instance: Instance, number: int, page_id: int, chance: float) -> None:
        mine = random.Random(chance)  # noqa: S311  # not a secret
        parts = urlsplit(instance.cms_url)
        self._place = (parts.hostname or "", parts.port)
        self._path = f"/api/v2/pages/{page_id}/comments/"
        self.text = f"Response {number}, {uuid.uuid4().hex}"
        has_key = mine.random() < 0.75
        self._body = json.dumps(
            {
                "name": f"Reader {number}",
                "text": self.text,
                "idempotency_key": uuid.uuid4().hex if has_key else "",
            }
        ).encode()
        # Each is a household of its own, so that no limit stops them.
        self._headers = {
            "Content-Type": "application/json",
            "X-Site-Key": instance.environment.get("SITE_KEY", ""),
            "X-Reader-Address": f"2001:db8:{number:x}::1",
        }
        self._sends_again = mine.random() < 0.25
        self.tries = 0
        self.is_acknowledged = False

    def send(self) -> None:
        """Send it until it is acknowledged. Raises `StreamError` where it is refused for good."""
        deadline = time.monotonic() + PATIENCE
        while not self._try():
            if time.monotonic() > deadline:
                raise StreamError(f"No answer within {PATIENCE:.0f} seconds.")
            time.sleep(_PAUSE)
        self.is_acknowledged = True
        if self._sends_again:
            self._try()

    def _try(self) -> bool:
        """Send it once; whether it was acknowledged."""
        self.tries += 1
        connection = http.client.HTTPConnection(*self._place, timeout=_TIMEOUT)
        try:
            connection.request("POST", self._path, self._body, self._headers)
            response = connection.getresponse()
            said = response.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if response.status not in (HTTPStatus.CREATED, *range(500, 600)):
            raise StreamError(f"The CMS refused a response ({response.status}): {said!r}")
        return response.status == HTTPStatus.CREATED


def fetch_page_ids(cms_url: str) -> list[int]:
    """The conditions that take responses."""
    url = f"{cms_url}/api/v2/pages/?type=conditions.ConditionPage&limit=100"
    with urllib.request.urlopen(url, timeout=30) as response:
        return [page["id"] for page in json.load(response)["items"]]
