"""`docs/`: the contract as a page for people."""

import re

import pytest
from django.test import Client

from cms.contract.endpoints import get_endpoints
from cms.contract.openapi import build_openapi

pytestmark = pytest.mark.django_db


def test_docs__list_every_endpoint_and_schema(client: Client) -> None:
    html = client.get("/api/v2/docs/", headers={"accept": "text/html"}).content.decode()

    assert all(f'id="{endpoint.operation_id}"' in html for endpoint in get_endpoints())
    assert all(f'id="schema-{name}"' in html for name in build_openapi()["components"]["schemas"])


def test_docs__links_within__lead_somewhere(client: Client) -> None:
    html = client.get("/api/v2/docs/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert len(ids) == len(set(ids))


def test_docs__need_nothing_but_their_own_style_sheet(client: Client) -> None:
    response = client.get("/api/v2/docs/")
    html = response.content.decode()

    assert "<script" not in html
    assert " style=" not in html
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)


def test_docs__try_it_links__are_answered(client: Client) -> None:
    html = client.get("/api/v2/docs/").content.decode()

    for url in re.findall(r'Try it: <a href="([^"]+)"', html):
        assert client.get(url.replace("&amp;", "&")).status_code == 200, url
