"""Answers of a small imaginary CMS, in the shapes of the contract."""

from collections.abc import Sequence

from tests.web.block_content import PERSON, Json, build_blocks, build_card, build_image

MS_PATH = "/conditions/multiple-sclerosis/"
_NO_COMMENTS = {"mode": "hidden", "closes_at": None, "total": 0, "thread_total": 0, "threads": []}


def build_meta(page_type: str, path: str) -> Json:
    return {
        "type": page_type,
        "detail_url": "http://127.0.0.1/api/v2/pages/1/",
        "html_url": f"http://localhost:3150{path}",
        "slug": path.strip("/").rpartition("/")[2],
        "show_in_menus": False,
        "seo_title": "",
        "search_description": "",
        "first_published_at": "2026-01-31T09:30:00Z",
        "alias_of": None,
        "parent": None,
    }


def build_resolved(
    page: Json,
    breadcrumbs: list[Json],
    more_to_explore: Sequence[Json] = (),
    comments: Json | None = None,
) -> Json:
    return {
        "type": "page",
        "page": page,
        "breadcrumbs": breadcrumbs,
        "related": [],
        "more_to_explore": list(more_to_explore),
        "comments": comments or _NO_COMMENTS,
        "seo": {
            "title": page["title"],
            "description": page["summary"],
            "canonical_url": f"http://localhost:3150{page['path']}",
            "image": None,
            "noindex": False,
        },
        "tags": [f"page:{page['id']}"],
    }


def build_explore_card(name: str, kind: str, text: str) -> Json:
    path = f"/conditions/{name.lower()}/"
    card = build_card(40 + len(name), f"Massage for {name}", path, "Slow and light suits many.")
    return {"page": card, "reason": {"kind": kind, "text": text}}


EXPLORE_CARDS = [
    build_explore_card("Stroke", "pinned", ""),
    build_explore_card("Dystonia", "symptoms", "Both: tremor, fatigue"),
    build_explore_card("Neuropathy", "body_systems", "Same body system: nervous system"),
    build_explore_card("Lupus", "cautions", "Shares a caution: heat"),
]

HOME_CRUMB = {"title": "Home", "path": "/"}
INDEX_CRUMB = {"title": "Conditions A to Z", "path": "/conditions/"}


def build_condition(origin: str) -> Json:
    return {
        "id": 12,
        "meta": build_meta("conditions.ConditionPage", MS_PATH),
        "title": "Massage for Multiple Sclerosis",
        "path": MS_PATH,
        "summary": "Gentle, slow massage in a cool room suits many people, but not in a flare.",
        "last_published_at": "2026-01-31T09:30:00Z",
        "condition_name": "Multiple Sclerosis",
        "also_known_as": [
            {"term": "MS", "kind": "abbreviation"},
            {"term": "disseminated sclerosis", "kind": "synonym"},
        ],
        "hero_image": build_image(origin, "A calm room"),
        "body_systems": [{"id": 1, "name": "Nervous system", "slug": "nervous-system"}],
        "icd10_code": "G35",
        "author": PERSON,
        "reviewed_by": {"id": 4, "name": "Robin Demo", "credentials": "RN", "role": "Nurse"},
        "last_reviewed": "2026-09-30",
        "review_due": "2027-09-30",
        "is_demo": True,
        "body": build_blocks(origin),
    }


def build_index() -> Json:
    return {
        "id": 11,
        "meta": build_meta("conditions.ConditionIndexPage", "/conditions/"),
        "title": "Conditions A to Z",
        "path": "/conditions/",
        "summary": "Guides to massage with a health condition.",
        "last_published_at": None,
        "intro": "<p>Choose a letter, or look through the whole list.</p>",
        "letters": [
            {"letter": "A", "count": 1},
            {"letter": "F", "count": 1},
            {"letter": "M", "count": 1},
            {"letter": "P", "count": 1},
        ],
    }


def build_home(origin: str) -> Json:
    cta = [block for block in build_blocks(origin) if block["type"] == "call_to_action"]
    return {
        "id": 10,
        "meta": build_meta("pages.HomePage", "/"),
        "title": "Massage Aha!",
        "path": "/",
        "summary": "Is massage safe for you now? Plain guides to massage with a health condition.",
        "last_published_at": None,
        "hero_heading": "Is massage safe for you now?",
        "hero_text": "Plain guides for people who live with a health condition, and for those who "
        "care for them.",
        "hero_image": None,
        "featured": [
            build_card(item["id"], item["title"], item["path"], item["summary"])
            for item in LISTED_CONDITIONS
        ],
        "body": cta,
    }


def build_about(origin: str) -> Json:
    wanted = {"callout", "faq", "quote", "figure", "experience"}
    return {
        "id": 13,
        "meta": build_meta("pages.StandardPage", "/about/"),
        "title": "About these guides",
        "path": "/about/",
        "summary": "Who writes them and how.",
        "last_published_at": None,
        "intro": "Who writes these guides, and how they are kept up to date.",
        "body": [block for block in build_blocks(origin) if block["type"] in wanted],
    }


def build_listed(page_id: int, name: str, slug: str, summary: str, *terms: str) -> Json:
    return {
        "id": page_id,
        "meta": {
            "type": "conditions.ConditionPage",
            "html_url": f"http://localhost:3150/conditions/{slug}/",
        },
        "title": f"Massage for {name}",
        "path": f"/conditions/{slug}/",
        "summary": summary,
        "condition_name": name,
        "also_known_as": [{"term": term, "kind": "synonym"} for term in terms],
    }


LISTED_CONDITIONS = [
    build_listed(
        22,
        "Amyotrophic Lateral Sclerosis",
        "als",
        "Very light, short visits that never tire the muscles.",
        "ALS",
        "Lou Gehrig's disease",
    ),
    build_listed(23, "Fibromyalgia", "fm", "Start far below the pressure that feels right."),
    build_listed(
        12, "Multiple Sclerosis", "multiple-sclerosis", "Gentle and cool, not in a flare.", "MS"
    ),
    build_listed(21, "Parkinson's Disease", "pd", "Slow, steady work eases stiffness for many."),
]


def build_site() -> Json:
    return {
        "name": "Massage Aha!",
        "tagline": "Massage therapy in Kansas City, MO",
        "url": "http://localhost:3150",
        "practitioner": {
            "name": "Aaron Harris",
            "credentials": "BCTMB",
            "line": "by Aaron Harris, BCTMB",
        },
        "service_area": "Kansas City, MO",
        "contact": {
            "phone": "(816) 555-0100",
            "email": "hello@example.org",
            "booking_url": "https://example.org/book",
        },
        "logo": None,
        "colors": {
            "primary": "#1f5a58",
            "accent": "#b1582f",
            "background": "#fbf7f1",
            "text": "#2a2522",
            "dark": {
                "primary": "#8fcac4",
                "accent": "#eba583",
                "background": "#1b1918",
                "text": "#f1ebe4",
            },
        },
        "badge": {
            "kind": "transgender_ally_flag",
            "label": "Transgender Ally Flag",
            "placement": "header",
            "image": None,
            "link": None,
        },
        "menus": {
            "header": [
                {"label": "Home", "href": "/"},
                {"label": "Conditions A to Z", "href": "/conditions/"},
                {"label": "About", "href": "/about/"},
            ],
            "footer": [{"label": "About these guides", "href": "/about/"}],
        },
        "footer_text": "<p>These guides do not replace the advice of a doctor.</p>",
        "conditions_path": "/conditions/",
        "tags": ["site"],
    }
