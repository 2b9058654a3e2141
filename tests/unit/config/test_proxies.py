"""Whose word counts for the reader's address and scheme."""

from typing import Any

import pytest
from django.test import RequestFactory
from granian.utils.proxies import wrap_wsgi_with_proxy_headers


def ask(trusted: list[str], sender: str) -> dict[str, Any]:
    """What an application is told of a request that `sender` forwards for somebody else."""
    seen: dict[str, Any] = {}
    application = wrap_wsgi_with_proxy_headers(
        lambda environ, _start: seen.update(environ), trusted_hosts=trusted
    )
    headers = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}
    request = RequestFactory().get("/", REMOTE_ADDR=sender, **headers)
    application(request.environ, None)
    return seen


def test_proxy_headers__from_anybody__are_not_believed() -> None:
    seen = ask(trusted=[], sender="10.0.0.1")
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("10.0.0.1", "http")


@pytest.mark.parametrize("trusted", ["10.0.0.1", "10.0.0.0/8"])
def test_proxy_headers__from_a_listed_proxy__are_believed(trusted: str) -> None:
    seen = ask(trusted=[trusted], sender="10.0.0.1")
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("203.0.113.9", "https")
