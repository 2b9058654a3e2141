"""`GET /api/v2/changes/`: what changed for readers after a cursor."""

import datetime
from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

from cms.changes.cursors import Cursor, parse_cursor_or_none
from cms.changes.feed import MOST_CHANGES, ChangeSet, fetch_changes, get_position
from cms.changes.reports import note_report
from cms.changes.site_reports import REPORT_HEADER, parse_report_or_none
from cms.core.errors import InvalidParameterError
from cms.core.public_api import PublicEndpoint
from cms.core.query_parameters import parse_integer
from cms.core.site_key import has_site_key

Wire = dict[str, Any]


class ChangesView(PublicEndpoint):
    """The feed. A poll that finds nothing new costs one query."""

    query_parameters = ("after", "limit")

    def get(self, request: Request) -> Response:
        """The changes after the cursor. Raises `InvalidParameterError` for one that is none."""
        query = request.query_params
        limit = parse_integer(
            "limit", query.get("limit", str(MOST_CHANGES)), minimum=1, maximum=MOST_CHANGES
        )
        if "after" not in query:
            return _respond(ChangeSet(get_position()))
        after = parse_cursor_or_none(query["after"])
        if after is None:
            raise InvalidParameterError("after", "must be the cursor of an earlier answer")
        _note_report(request._request, after)
        found = fetch_changes(after, limit)
        if found.cursor == after and _is_known(request._request, after):
            return Response(status=304, headers={"ETag": f'"{after}"'})
        return _respond(found)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response, which no cache may keep."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "no-store"
        return final


def _respond(found: ChangeSet) -> Response:
    body: Wire = {
        "cursor": str(found.cursor),
        "start_over": found.start_over,
        "has_more": found.has_more,
        "changes": [
            {"number": change.number, "at": _format(change.at), "tags": change.tags}
            for change in found.changes
        ],
    }
    return Response(body, headers={"ETag": f'"{found.cursor}"'})


def _format(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def _is_known(request: HttpRequest, cursor: Cursor) -> bool:
    return f'"{cursor}"' in request.headers.get("If-None-Match", "")


def _note_report(request: HttpRequest, applied: Cursor) -> None:
    report = parse_report_or_none(request.headers.get(REPORT_HEADER, ""))
    if report is not None and has_site_key(request):
        note_report(report.name, applied, report.pages, report.refreshed)
