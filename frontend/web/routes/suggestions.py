"""Suggestions for the search box: JSON for this site's own script.

The script asks this site and never the CMS, so that the security policy names no other place.
"""

import logging
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.api.errors import CmsError
from web.api.models import SearchMatch, SuggestedPage
from web.api.suggestions import fetch_suggestions
from web.rendering.marks import split_at_ranges
from web.rendering.text import safe_href
from web.routes.search import NEVER_STORED, clean_query
from web.services import get_services

logger = logging.getLogger(__name__)

_HEADERS: Final = {"Cache-Control": NEVER_STORED}


async def show_suggestions(request: Request) -> Response:
    """The names that the reader may mean; 503, and soon, when the CMS cannot say."""
    query = clean_query(request.query_params.get("q", ""))
    # Without a letter or a digit there is nothing to look for.
    if not any(sign.isalnum() for sign in query):
        return JSONResponse({"suggestions": []}, headers=_HEADERS)
    try:
        found = await fetch_suggestions(get_services(request).client, query)
    except CmsError as error:
        logger.warning("No suggestions: %s", error)
        return JSONResponse({"code": "cms_away"}, 503, _HEADERS)
    return JSONResponse({"suggestions": [build_suggestion(page) for page in found]}, 200, _HEADERS)


def build_suggestion(page: SuggestedPage) -> dict[str, Any]:
    """`page` as the script draws it: texts in pieces, of which every second one was typed."""
    return {
        "path": safe_href(page.path),
        "name": split_at_ranges(page.name, page.ranges),
        "note": build_note(page.match) if page.match else [],
    }


def build_note(match: SearchMatch) -> list[str]:
    """Why the page is suggested, where its name does not show it: "also called: MS", in pieces."""
    first, *rest = split_at_ranges(match.text, match.ranges)
    reason = "symptom" if match.kind == "symptom" else "also called"
    return [f"{reason}: {first}", *rest]
