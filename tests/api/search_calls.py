"""How tests call the search: any text that a reader may send, and what must come back."""

from functools import cache
from typing import Any, Final

from django.test import Client
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cms.contract.openapi import build_openapi
from cms.core.problems import PROBLEM_MEDIA_TYPE
from tests.factories.pages import build_site
from tests.factories.search import build_indexed_page

# Words that the index of `build_any_page` has, and signs that mean something somewhere.
_PIECES: Final = st.sampled_from(
    [
        *"\0'\"%_*^:-()[]{}|&!,;/\\+~<>=?#.`\u2019",
        *("AND", "OR", "NOT", "NEAR", "tremor", "trémor", "tremr", "shaky", "MS", "massage"),
        *("\u0301", "\u200d", "\u202e", "\ufeff", "\U0001f600", "\u05d0", "\ufdfa", " ", "\n"),
    ]
)
# Everything that a URL can carry; half of a surrogate pair is no character.
_CHARACTERS: Final = st.characters(exclude_categories=["Cs"])
CALLS: Final = st.text(_CHARACTERS, max_size=203) | st.lists(_PIECES, max_size=40).map("".join)


def build_any_page() -> None:
    """A page that many of `CALLS` find, one way or another."""
    build_indexed_page(
        build_site(),
        "Essential tremor",
        "MS",
        "trémor",
        symptoms=["Tremor (shaky hands)"],
        text="Massage is fine, and not near.",
    )


def ask(url: str, **parameters: Any) -> dict[str, Any]:
    """An answer with results."""
    response = Client().get(url, parameters)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def fetch_problem(url: str, **parameters: Any) -> dict[str, Any]:
    """An answer that refuses the request."""
    response = Client().get(url, parameters)
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == PROBLEM_MEDIA_TYPE
    problem: dict[str, Any] = response.json()
    return problem


def assert_fits(url: str, text: str, schema: str) -> None:
    """The answer for `text` is of the schema, or it is a problem because of its length."""
    response = Client().get(url, {"q": text})
    assert response.status_code in {200, 400}, response.content
    answer = response.json()
    if response.status_code == 200:
        _get_validator(schema).validate(answer)
        assert 1 <= len(answer["query"]) <= len(text) <= 200
        return
    assert response["Content-Type"] == PROBLEM_MEDIA_TYPE
    _get_validator("Problem").validate(answer)
    is_empty = not any(sign.isprintable() and not sign.isspace() for sign in text)
    assert is_empty or len(text) > 200


@cache
def _get_validator(schema: str) -> Draft202012Validator:
    components = build_openapi()["components"]
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": components}
    )
