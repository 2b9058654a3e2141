"""How long the servers take for the requests of a refresh, when nothing else is asked of them."""

import json
import statistics
import time
import urllib.request
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

_TIMES: Final = 20
_LEFT_OUT: Final = {"content-length", "connection", "accept-encoding", "host"}


@dataclass(frozen=True)
class Exchange:
    """What the panel sent: the form, with the editor's cookies."""

    url: str
    headers: dict[str, str]
    body: bytes


def time_servers(sent: Exchange, preview_url: str) -> dict[str, float]:
    """Median milliseconds of each request that a refresh is made of, by what it does."""
    headers = {
        name: value
        for name, value in sent.headers.items()
        if name.lower() not in _LEFT_OUT and not name.startswith(":")
    }
    times = {"keeping the form": _time(sent.url, headers, sent.body)}
    token = parse_qs(urlsplit(preview_url).query).get("preview", [""])[0]
    if not token:
        return {**times, "drawing the page": _time(preview_url, headers)}
    cms = "{0.scheme}://{0.netloc}".format(urlsplit(sent.url))
    api = f"{cms}/api/v2/preview/{token}/?in_preview_panel=true"
    times["the draft as JSON, the CMS's part of the page"] = _time(api, {})
    times["drawing the page, with that part"] = _time(preview_url, {})
    return times


def _time(url: str, headers: dict[str, str], body: bytes | None = None) -> float:
    taken = []
    for _number in range(_TIMES):
        request = urllib.request.Request(url, data=body, headers=headers)
        started = time.perf_counter()
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = response.read()
        taken.append((time.perf_counter() - started) * 1000)
        if response.headers.get_content_type() == "application/json":
            json.loads(answer)
    return statistics.median(taken)
