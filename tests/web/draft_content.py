"""Drafts of an imaginary CMS, as `preview/<token>/` answers them, and the tokens that open them."""

import json
from collections.abc import Iterator

from tests.web import content
from tests.web.block_content import Json
from web.routes.styleguide import EXAMPLE_FOLDER


def build_token(number: int) -> str:
    """A token of the right form, another for each number."""
    return f"{number:032x}.1793000000:{'aB3_-' * 8}{number:03}"


SHARED, EDITOR, EMPTY, NEVER_SAVED, BRANDING, INDEX, HOME, STANDARD, ENDED, UNKNOWN = (
    build_token(number) for number in range(10)
)
_CONDITION = "conditions.ConditionPage"
# As different from the public colours as can be.
DRAFT_COLORS = {
    "primary": "#7a1f4b",
    "accent": "#2b4fa2",
    "background": "#ffffff",
    "text": "#101010",
    "dark": {
        "primary": "#e08ab0",
        "accent": "#9ab4ee",
        "background": "#101010",
        "text": "#f0f0f0",
    },
}
CHANGES = [
    {"kind": "changed", "what": "Summary", "block_id": None},
    {
        "kind": "added",
        "what": "Symptoms: Symptoms",
        "block_id": "00000003-0000-4000-8000-000000000000",
    },
    {"kind": "removed", "what": "Callout: An old hint", "block_id": "no-longer-here"},
]


def address(path: str, token: str, more: str = "") -> str:
    """The address of the draft that `token` opens."""
    return f"{path}?preview={token}{more}"


def build_previews(origin: str) -> Json:
    """Every draft that tests need, by its token."""
    condition = content.build_condition(origin)
    home, index = content.HOME_CRUMB, content.INDEX_CRUMB
    return {
        SHARED: build_preview(condition, [home, index], kind="shared", changes=CHANGES),
        EDITOR: build_preview(condition, [home, index]),
        EMPTY: build_preview(build_empty_condition(), [home, index]),
        NEVER_SAVED: build_preview(
            {**build_empty_condition(), "id": None, "path": "/conditions/draft/"},
            [home, index],
            kind="shared",
            is_published=False,
        ),
        BRANDING: {
            **build_preview(content.build_home(origin), []),
            "site": {**content.build_site(), "name": "Another name", "colors": DRAFT_COLORS},
        },
        INDEX: build_preview(content.build_index(), [home]),
        HOME: build_preview(content.build_home(origin), []),
        STANDARD: build_preview(content.build_about(origin), [home], kind="shared"),
        ENDED: "ended",
    }


def build_preview(page: Json, breadcrumbs: list[Json], **info: object) -> Json:
    """The draft of `page`; `info` goes into what is said beside it."""
    meta = page["meta"]
    is_new = page["id"] is None
    return {
        "page": {
            **page,
            "meta": {
                "type": meta["type"],
                "slug": meta["slug"],
                "html_url": None if is_new else meta["html_url"],
                "seo_title": "",
                "search_description": "",
                "show_in_menus": False,
                "first_published_at": None if is_new else meta["first_published_at"],
            },
        },
        "path": page["path"],
        "breadcrumbs": breadcrumbs,
        "related": [],
        "more_to_explore": content.EXPLORE_CARDS if meta["type"] == _CONDITION else [],
        "seo": {
            "title": page["title"],
            "description": page["summary"],
            "canonical_url": f"http://localhost:3150{page['path']}",
            "image": None,
            "noindex": True,
        },
        "site": None,
        "draft": {
            "kind": "editor",
            "title": page["title"],
            "author": "Dana Demo",
            "created_at": "2026-11-22T18:05:00Z",
            "expires_at": "2026-11-29T06:05:00Z",
            "is_published": True,
            "changes": [],
            **info,
        },
        "userbar": "",
    }


def build_empty_condition() -> Json:
    """A condition page right after it was begun, with every block that there is, all empty."""
    return {
        "id": 12,
        "meta": content.build_meta("conditions.ConditionPage", content.MS_PATH),
        "title": "",
        "path": content.MS_PATH,
        "summary": "",
        "last_published_at": None,
        "condition_name": "",
        "also_known_as": [],
        "hero_image": None,
        "body_systems": [],
        "icd10_code": "",
        "author": None,
        "reviewed_by": None,
        "last_reviewed": None,
        "review_due": None,
        "is_demo": False,
        "body": [block for _name, block in iterate_empty_blocks()],
    }


def iterate_empty_blocks() -> Iterator[tuple[str, Json]]:
    """Every block as the contract's examples have it when nothing is filled in."""
    for file in sorted(EXAMPLE_FOLDER.glob("*.json")):
        for block in json.loads(file.read_text("utf-8"))["draft_empty"]:
            yield file.stem, block
