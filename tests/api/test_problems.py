"""Every error under `/api/v2/` is a problem with a stable code."""

from typing import Any

import pytest
from django.test import Client

from cms.pages.api import resolve_view
from tests.api.public_endpoints import get_methods, iterate_endpoint_paths
from tests.factories.conditions import build_index

pytestmark = pytest.mark.django_db


def fetch_problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code
    assert {"type", "title", "detail", "code"} <= problem.keys()
    return problem


@pytest.mark.parametrize("path", list(iterate_endpoint_paths()))
def test_every_endpoint__unknown_parameters__are_named(client: Client, path: str) -> None:
    problem = fetch_problem(client.get(path.replace("{id}", "1") + "?zzz=1&aaa=2&_=3"))

    assert problem["code"] == "unknown_parameter"
    assert problem["parameters"] == ["_", "aaa", "zzz"]
    assert "aaa" in problem["detail"]


@pytest.mark.parametrize("path", list(iterate_endpoint_paths()))
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_every_endpoint__writing_method_without_json__is_refused(
    client: Client, path: str, method: str
) -> None:
    response = client.generic(method.upper(), path.replace("{id}", "1"))

    is_taken = method.upper() in get_methods(path)
    code = "unsupported_media_type" if is_taken else "method_not_allowed"
    assert fetch_problem(response)["code"] == code
    assert response["Allow"] == get_methods(path)


@pytest.mark.parametrize("path", list(iterate_endpoint_paths()))
def test_every_endpoint__format_that_it_does_not_have__is_not_acceptable(
    client: Client, path: str
) -> None:
    response = client.get(path.replace("{id}", "1"), headers={"accept": "image/png"})

    assert fetch_problem(response)["code"] == "not_acceptable"


@pytest.mark.parametrize("path", list(iterate_endpoint_paths()))
def test_every_endpoint__options__says_the_methods(client: Client, path: str) -> None:
    response = client.options(path.replace("{id}", "1"))

    assert (response.status_code, response["Allow"]) == (204, get_methods(path))


@pytest.mark.parametrize(
    "path", ["", "nothing/", "nothing", "pages", "pages/x/", "pages/-1/", "pages/find/", "resolve"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_unknown_endpoint__any_method__is_a_problem(client: Client, path: str, method: str) -> None:
    problem = fetch_problem(client.generic(method, f"/api/v2/{path}"))

    assert problem["code"] == "unknown_endpoint"


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html,*/*;q=0.8", ""])
def test_accept__any_that_allows_json__has_the_same_bytes(client: Client, accept: str) -> None:
    build_index()

    response = client.get("/api/v2/pages/", headers={"accept": accept})

    assert response["Content-Type"] == "application/json"
    assert response.content == client.get("/api/v2/pages/").content


def test_failure__inside_a_view__tells_nothing_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(path: str) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(resolve_view, "resolve_path", fail)
    client.raise_request_exception = False
    response = client.get("/api/v2/resolve/?path=/")

    problem = fetch_problem(response)
    assert (problem["status"], problem["code"]) == (500, "internal_error")
    assert b"swordfish" not in response.content
    assert "swordfish" in caplog.text
    assert response["Cache-Control"] == "no-store"


def test_foreign_host_name__is_a_problem(client: Client) -> None:
    response = client.get("/api/v2/pages", headers={"host": "evil.example"})

    assert fetch_problem(response)["code"] in {"bad_request", "unknown_endpoint"}


def test_too_many_parameters__is_a_problem(client: Client) -> None:
    query = "&".join(f"a{number}=1" for number in range(20_000))

    problem = fetch_problem(client.get(f"/api/v2/pages/?{query}"))

    assert problem["status"] == 400
    assert len(problem.get("parameters", [])) <= 20
