"""Turns the OpenAPI document into what the page of `docs/` shows."""

import json
import re
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.comments.page import CommentedPage
from cms.contract.examples import build_examples, get_public_blocks
from cms.contract.schemas import Schema
from cms.core.public_pages import get_public_pages

_OR: Final = " or "
_CODE: Final = re.compile(r"`([^`]+)`")
# The endpoints that are about the others come after them.
_ABOUT_THE_CONTRACT: Final = ("get_schema", "get_docs")


def build_docs_context(openapi: dict[str, Any]) -> dict[str, Any]:
    """What the template of `docs/` needs: the endpoints and the schemas, in reading order."""
    endpoints = [
        _describe_endpoint(path, method, operation)
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
    ]
    info = openapi["info"]
    return {
        "title": info["title"],
        "version": info["version"],
        "description": format_prose(info["description"]),
        "endpoints": sorted(endpoints, key=lambda endpoint: endpoint["id"] in _ABOUT_THE_CONTRACT),
        "schemas": [
            _describe_schema(name, schema)
            for name, schema in openapi["components"]["schemas"].items()
        ],
    }


def format_prose(text: str) -> SafeString:
    """`text` as HTML, with what stands between backticks as code."""
    parts = _CODE.split(text)
    return format_html_join(
        "",
        "{}{}",
        (
            (part, _format_code(code))
            for part, code in zip(parts[::2], [*parts[1::2], ""], strict=True)
        ),
    )


def describe_type(schema: Schema) -> SafeString:
    """A schema in a few words of HTML, with links to the schemas that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return format_html('<a href="#schema-{}">{}</a>', name, name)
    if "const" in schema:
        return format_html("<code>{}</code>", json.dumps(schema["const"]))
    if "enum" in schema:
        return format_html_join(
            _OR, "<code>{}</code>", ((json.dumps(value),) for value in schema["enum"])
        )
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return format_html_join(_OR, "{}", ((describe_type(part),) for part in schema[union]))
    if "allOf" in schema:
        return describe_type(schema["allOf"][0])
    if schema.get("type") == "array":
        return format_html("list of {}", describe_type(schema.get("items", {})))
    if "properties" in schema:
        return format_html("object with {}", ", ".join(schema["properties"]))
    words = [str(schema.get("type", "any value")), *_describe_limits(schema)]
    return format_html("{}", ", ".join(words))


def _format_code(code: str) -> SafeString | str:
    return format_html("<code>{}</code>", code) if code else ""


def _describe_limits(schema: Schema) -> list[str]:
    limits = {
        "format": "{}",
        "contentMediaType": "{}",
        "minimum": "at least {}",
        "maximum": "at most {}",
        "maxLength": "at most {} characters",
        "pattern": "matching {}",
        "default": "{} unless given",
    }
    return [text.format(schema[name]) for name, text in limits.items() if name in schema]


def _describe_endpoint(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = operation["parameters"]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": format_prose(operation.get("description", "")),
        "parameters": [
            {
                "name": parameter["name"],
                "place": parameter["in"],
                "required": parameter["required"],
                "type": describe_type(parameter["schema"]),
                "description": format_prose(parameter["description"]),
                "example": parameter.get("example"),
            }
            for parameter in parameters
        ],
        "request": _describe_request(operation),
        "responses": [
            _describe_response(status, response)
            for status, response in operation["responses"].items()
        ],
        "try_url": _build_try_url(path, parameters) if method == "get" else None,
    }


def _describe_request(operation: dict[str, Any]) -> str:
    """The type of what is to be sent; "" where nothing is."""
    content = operation.get("requestBody", {}).get("content", {})
    return "".join(describe_type(body["schema"]) for body in content.values())


def _describe_response(status: str, response: dict[str, Any]) -> dict[str, Any]:
    content = response.get("content", {})
    media_type = next(iter(content), "")
    return {
        "status": status,
        "media_type": media_type,
        "type": describe_type(content[media_type]["schema"]) if media_type else "",
    }


def _build_try_url(path: str, parameters: list[dict[str, Any]]) -> str | None:
    query = {
        parameter["name"]: parameter["example"]
        for parameter in parameters
        if parameter["in"] == "query" and parameter["required"] and "example" in parameter
    }
    if "{id}" in path:
        # Of every page there is a detail; comments are of some types only.
        pages = get_public_pages().type(CommentedPage if "/comments/" in path else Page)
        page_id = pages.order_by("path").values_list("pk", flat=True).first()
        if page_id is None:
            return None
        path = path.replace("{id}", str(page_id))
    if "{" in path:
        return None
    return f"{path}?{urlencode(query, safe='/')}" if query else path


def _describe_schema(name: str, schema: Schema) -> dict[str, Any]:
    required = schema.get("required", ())
    labels = schema.get("x-labels", {})
    return {
        "name": name,
        "description": format_prose(schema.get("description", "")),
        "properties": [
            {
                "name": field,
                "required": field in required,
                "type": describe_type(field_schema),
                "description": format_prose(field_schema.get("description", "")),
            }
            for field, field_schema in schema.get("properties", {}).items()
        ],
        "choices": [
            {"value": json.dumps(value), "label": labels.get(str(value), "")}
            for value in schema.get("enum", ())
        ],
        "type": "" if "properties" in schema or "enum" in schema else describe_type(schema),
        "examples": _build_block_examples(schema),
    }


def _build_block_examples(schema: Schema) -> str:
    wire_name = schema.get("properties", {}).get("type", {}).get("const")
    block = get_public_blocks().get(wire_name) if wire_name else None
    if block is None:
        return ""
    is_draft = "/Draft" in str(schema["properties"]["value"])
    shown = {
        name: example
        for name, example in build_examples(wire_name, block).items()
        if name.startswith("draft") == is_draft
    }
    return json.dumps(shown, indent=2, ensure_ascii=False)
