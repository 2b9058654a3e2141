"""Sending comments to the API, as a site does."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cms.comments.addresses import READER_ADDRESS_HEADER
from cms.core.site_key import SITE_KEY_HEADER


def build_url(page_id: int) -> str:
    """Where the comments of a page are."""
    return f"/api/v2/pages/{page_id}/comments/"


def send(client: Client, page_id: int, *, reader: str = "", **fields: Any) -> HttpResponse:
    """Send a comment with these fields; `reader` is an address that the site vouches for."""
    headers = {"Origin": settings.SITE_URL}
    if reader:
        headers |= {SITE_KEY_HEADER: settings.SITE_KEY, READER_ADDRESS_HEADER: reader}
    body = json.dumps({"name": "Ann", "text": "Thank you, this helped.", **fields})
    return send_raw(client, page_id, body.encode(), headers=headers)


def send_raw(
    client: Client,
    page_id: int,
    body: bytes,
    content_type: str = "application/json",
    **options: Any,
) -> HttpResponse:
    """Send these bytes."""
    return client.post(build_url(page_id), body, content_type=content_type, **options)  # type: ignore[return-value]
