"""The whole contract as one OpenAPI 3.1 document."""

from typing import Any

from cms.contract.endpoints import Endpoint, Parameter, get_endpoints
from cms.contract.pages import register_draft_page_schemas, register_page_schemas
from cms.contract.schemas import Schema, build_object, get_registered_schemas, ref, register_schema

# Raised by hand: the first number with a change that breaks a reader, the second otherwise.
CONTRACT_VERSION = "1.4.0"

_PROBLEM: Schema = {
    **build_object(
        {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What went wrong, and what to do."},
            "code": {"type": "string", "description": "Stable; for programs to compare."},
        },
        "An error, as RFC 9457 describes it.",
    )
}
_PROBLEM["properties"]["parameters"] = {
    "type": "array",
    "items": {"type": "string"},
    "description": "The parameters that the error is about, where it is about some.",
}
_PROBLEM["properties"]["errors"] = {
    "type": "array",
    "items": ref("FieldProblem"),
    "description": "The fields of what was sent that are wrong, where some are.",
}
_FIELD_PROBLEM: Schema = build_object(
    {
        "field": {"type": "string", "description": "The name of the field, as it was sent."},
        "detail": {"type": "string", "description": "What to do about it."},
    },
    "What is wrong with one field of what was sent.",
)


def build_openapi() -> dict[str, Any]:
    """The OpenAPI document: every registered endpoint, every schema, in a stable order."""
    register_schema("FieldProblem", _FIELD_PROBLEM)
    register_schema("Problem", _PROBLEM)
    register_page_schemas()
    register_draft_page_schemas()
    paths: dict[str, Any] = {}
    for endpoint in get_endpoints():
        paths.setdefault(endpoint.path, {})[endpoint.method] = _build_operation(endpoint)
    schemas = get_registered_schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Condition library",
            "version": CONTRACT_VERSION,
            "description": (
                "Guides to health conditions for massage, as structured content. Public: no key, "
                "no cookie. Ignore fields, block types and choices that you do not know; a "
                "`massage_guidance` or `red_flags` block that you cannot read whole must not be "
                "shown in part."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {name: schemas[name] for name in sorted(schemas)}},
    }


def _build_operation(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "operationId": endpoint.operation_id,
        "summary": endpoint.summary,
        **({"description": endpoint.description} if endpoint.description else {}),
        "parameters": [_build_parameter(parameter) for parameter in endpoint.parameters],
        **({"requestBody": _build_request(endpoint.request)} if endpoint.request else {}),
        "responses": {
            str(status): _build_response(endpoint, status, schema)
            for status, schema in sorted(endpoint.responses.items())
        },
    }


def _build_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.location,
        "description": parameter.description,
        "required": parameter.required or parameter.location == "path",
        "schema": parameter.schema,
        **({"example": parameter.example} if parameter.example is not None else {}),
    }


def _build_request(schema: Schema) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _build_response(endpoint: Endpoint, status: int, schema: Schema | None) -> dict[str, Any]:
    if status >= 400:
        return {
            "description": "A problem; `code` says which.",
            "content": {"application/problem+json": {"schema": schema or ref("Problem")}},
        }
    content = {endpoint.media_type: {"schema": schema}} if schema else {}
    return {"description": "The answer.", **({"content": content} if content else {})}
