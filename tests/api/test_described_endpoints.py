"""What is mounted is described, and what is described is mounted."""

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from cms.conditions.models import ConditionPage
from cms.contract.endpoints import get_endpoints
from tests.api.public_endpoints import iterate_endpoint_paths
from tests.factories.comments import build_thread
from tests.factories.conditions import build_index
from tests.factories.drafts import build_api_url, build_snapshot
from tests.factories.large_pages import build_large_condition


def test_every_mounted_endpoint__is_described_beside_its_view() -> None:
    described = {endpoint.path for endpoint in get_endpoints()}
    mounted = set(iterate_endpoint_paths())

    assert mounted - described == set(), "call register_endpoint() beside the view"
    assert described - mounted == set(), "mount the view in cms/config/api.py"


@pytest.mark.django_db
def test_schema__served_document__is_valid_openapi(client: Client) -> None:
    document = client.get("/api/v2/schema/").json()

    validate(document)
    assert document["openapi"].startswith("3.1")


@pytest.mark.django_db
def test_answers__of_each_endpoint__fit_their_schemas(client: Client) -> None:
    page: ConditionPage = build_large_condition(
        build_index(), blocks=8, images=2, links=2, related=2
    )
    build_thread(page)
    document = client.get("/api/v2/schema/").json()
    registry: Registry[object] = Registry().with_resource(
        "urn:openapi", Resource(contents=document, specification=DRAFT202012)
    )
    urls = {
        "/api/v2/pages/": "/api/v2/pages/",
        "/api/v2/pages/{id}/": f"/api/v2/pages/{page.pk}/",
        "/api/v2/pages/{id}/comments/": f"/api/v2/pages/{page.pk}/comments/",
        "/api/v2/pages/{id}/comments/form/": f"/api/v2/pages/{page.pk}/comments/form/",
        "/api/v2/site/": "/api/v2/site/",
        "/api/v2/resolve/": f"/api/v2/resolve/?path={page.public_path}",
        "/api/v2/search/": "/api/v2/search/?q=name",
        "/api/v2/search/suggest/": "/api/v2/search/suggest/?q=name",
        "/api/v2/preview/{token}/": build_api_url(build_snapshot(page)),
    }

    for path, url in urls.items():
        place = f"#/paths/{path.replace('/', '~1')}/get/responses/200/content"
        reference = {"$ref": f"urn:openapi{place}/application~1json/schema"}
        validator = Draft202012Validator(reference, registry=registry)
        errors = [error.message for error in validator.iter_errors(client.get(url).json())]
        assert errors == [], path
