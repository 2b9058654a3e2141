"""Views whose answers are kept: a hit costs neither SQL nor a framework's view."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from rest_framework.response import Response

from cms.changes.cursors import parse_cursor_or_none
from cms.changes.stored_answers import StoredAnswer, build_stored_answer, stored_answers
from cms.core.public_api import CACHE_CONTROL

View = Callable[..., HttpResponse]

CACHE_TAG_HEADER: Final = "Cache-Tag"
_SEEN: Final = "HTTP_X_SEEN_CHANGE"
_LONGEST_KEY: Final = 2500
_ALLOW: Final = "GET, HEAD, OPTIONS"


def build_tagged_response(body: Any, tags: Iterable[str]) -> Response:
    """A response that may be kept until one of `tags` changes."""
    return Response(body, headers={CACHE_TAG_HEADER: ",".join(sorted(tags))})


def keep_answers(view: View) -> View:
    """`view`, which answers from memory what it has answered before, with an `ETag`.

    Its responses say in `Cache-Tag` what they were made from; one without is not kept. The same
    address has the same answer for everybody.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not _takes_json(request):
            return view(request, *args, **kwargs)
        position = None
        key = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
        if stored_answers.is_on:
            position = stored_answers.catch_up(parse_cursor_or_none(request.META.get(_SEEN, "")))
            stored = stored_answers.get_or_none(key)
            if stored is not None:
                return _respond(request, stored)
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or CACHE_TAG_HEADER not in response.headers:
            return response
        body = (response.render() if isinstance(response, Response) else response).content
        stored = build_stored_answer(body, response.headers[CACHE_TAG_HEADER].split(","))
        if position is not None and len(key) <= _LONGEST_KEY:
            stored_answers.keep(key, stored, position)
        return _respond(request, stored)

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _takes_json(request: HttpRequest) -> bool:
    accept = request.META.get("HTTP_ACCEPT", "")
    # Anything else is the view's to weigh, or to refuse.
    return accept in ("", "*/*", "application/json") or ("*/*" in accept and ";q=0" not in accept)


def _respond(request: HttpRequest, stored: StoredAnswer) -> HttpResponse:
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if stored.etag in known or known == "*":
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(stored.body, content_type="application/json")
        response.headers["Content-Length"] = str(len(stored.body))
    response.headers["ETag"] = stored.etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers[CACHE_TAG_HEADER] = stored.cache_tag
    response.headers["Allow"] = _ALLOW
    return response
