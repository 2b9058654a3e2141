"""What the branding adds to the contract: the endpoint `site/` and its shapes."""

from cms.branding.choices import BadgeKind, BadgePlacement
from cms.contract.endpoints import Endpoint, register_endpoint
from cms.contract.schemas import (
    Schema,
    build_object,
    nullable,
    ref,
    register_schema,
    register_vocabulary,
)

_TEXT: Schema = {"type": "string"}
_COLOR: Schema = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}
_PALETTE: dict[str, Schema] = {
    "primary": {**_COLOR, "description": "Links and buttons; the background is readable on it."},
    "accent": {**_COLOR, "description": "Lines and symbols: at least 3:1 on the background."},
    "background": _COLOR,
    "text": {**_COLOR, "description": "At least 4.5:1 on the background."},
}


def register() -> None:
    """Describe the endpoint and its shapes, at start-up."""
    for name, schema in _build_schemas().items():
        register_schema(name, schema)
    register_endpoint(
        Endpoint(
            path="/api/v2/site/",
            operation_id="site",
            summary="The name, looks and menus of the public site.",
            responses={200: ref("Site"), 400: ref("Problem")},
        )
    )


def _build_schemas() -> dict[str, Schema]:
    return {
        "Practitioner": build_object(
            {
                "name": _TEXT,
                "credentials": _TEXT,
                "line": {**_TEXT, "description": "Such as “by Aaron Harris, BCTMB”."},
            },
            "Whose practice it is. All are empty where nobody is named.",
        ),
        "Contact": build_object(
            {"phone": _TEXT, "email": _TEXT, "booking_url": _TEXT},
            "How to reach the practice; each may be empty.",
        ),
        "Palette": build_object(_PALETTE, "The four colours of one mode."),
        "Colors": build_object(
            {**_PALETTE, "dark": ref("Palette")}, "The colours of light mode, and of dark mode."
        ),
        "Badge": build_object(
            {
                "kind": register_vocabulary(BadgeKind),
                "label": {**_TEXT, "minLength": 1, "description": "Its accessible name."},
                "placement": register_vocabulary(BadgePlacement),
                "image": nullable(ref("Image")),
                "link": nullable(ref("PageCard")),
            },
            "The ally badge; `image` is there for `own_image` alone.",
        ),
        "MenuItem": build_object(
            {
                "label": {**_TEXT, "minLength": 1},
                "href": {
                    **_TEXT,
                    "minLength": 1,
                    "description": "A path on the public site, or an absolute address elsewhere.",
                },
            },
            "One entry of a menu.",
        ),
        "Menus": build_object(
            {
                "header": {"type": "array", "items": ref("MenuItem")},
                "footer": {"type": "array", "items": ref("MenuItem")},
            },
            "The menus, in the order of their entries.",
        ),
        "Site": _build_site_schema(),
    }


def _build_site_schema() -> Schema:
    return build_object(
        {
            "name": {**_TEXT, "minLength": 1},
            "tagline": _TEXT,
            "url": {**_TEXT, "format": "uri", "description": "Of the public site."},
            "practitioner": ref("Practitioner"),
            "service_area": _TEXT,
            "contact": ref("Contact"),
            "logo": nullable(ref("Image")),
            "colors": ref("Colors"),
            "badge": nullable(ref("Badge")),
            "menus": ref("Menus"),
            "footer_text": {**_TEXT, "contentMediaType": "text/html"},
            "conditions_path": {
                **_TEXT,
                "description": "Of the A to Z of conditions; empty while it is not published.",
            },
            "tags": {
                "type": "array",
                "items": _TEXT,
                "description": "What the answer depends on, such as `site` and `page:12`.",
            },
        },
        "The branding of the public site.",
    )
