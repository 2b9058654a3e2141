"""`search/` and `search/suggest/`: a reader's words, and the pages that answer them."""

import re
from typing import Final

from rest_framework.request import Request
from rest_framework.response import Response

from cms.core.errors import InvalidParameterError
from cms.core.public_api import PublicEndpoint
from cms.core.query_parameters import parse_integer
from cms.search.answers import SearchRequest, answer_search
from cms.search.contract import LAST_OFFSET, LONGEST_QUERY, MOST_RESULTS, RESULTS
from cms.search.suggesting import suggest_pages

# Values that no page has any more find nothing; what can be no value is refused.
_SLUG: Final = re.compile(r"[-\w]{1,80}", re.ASCII)
_ADVICE: Final = re.compile(r"[a-z0-9_]{1,40}:[a-z0-9_]{1,40}")


class SearchView(PublicEndpoint):
    """Ranked results."""

    query_parameters = ("q", "body_system", "advice", "offset", "limit")
    # It separates words, as everything does that is no letter or digit.
    null_characters_allowed = True

    def get(self, request: Request) -> Response:
        """The results. Raises `InvalidParameterError`."""
        parameters = request.query_params
        search = SearchRequest(
            query=read_query(request),
            body_system=_read_value(request, "body_system", _SLUG),
            advice=_read_value(request, "advice", _ADVICE),
            offset=parse_integer("offset", parameters.get("offset", "0"), maximum=LAST_OFFSET),
            limit=parse_integer(
                "limit", parameters.get("limit", str(RESULTS)), minimum=1, maximum=MOST_RESULTS
            ),
        )
        return Response(answer_search(search))


class SuggestView(PublicEndpoint):
    """Typeahead."""

    query_parameters = ("q",)
    null_characters_allowed = True

    def get(self, request: Request) -> Response:
        """The suggestions. Raises `InvalidParameterError`."""
        return Response(suggest_pages(read_query(request)))


def _read_value(request: Request, name: str, form: re.Pattern[str]) -> str:
    """The value of a facet, or "". Raises `InvalidParameterError`."""
    value = request.query_params.get(name, "")
    if value and not form.fullmatch(value):
        raise InvalidParameterError(
            name, "must be one of the values that the facets of a search name"
        )
    return value


def read_query(request: Request) -> str:
    """The reader's words on one line. Raises `InvalidParameterError` for none or too many."""
    query = request.query_params.get("q")
    if query is None:
        raise InvalidParameterError("q", "is missing: give the words to look for, as in ?q=tremor")
    if len(query) > LONGEST_QUERY:
        raise InvalidParameterError("q", f"may have {LONGEST_QUERY} characters at most")
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in query).split())
    if not line:
        raise InvalidParameterError("q", "is empty: give the words to look for, as in ?q=tremor")
    return line
