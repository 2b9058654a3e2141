"""The blocks of an imaginary condition page, every type of them, in the shapes of the contract.

The words are here to fill a page in a realistic way; nobody should take them as advice.
"""

from typing import Any

Json = dict[str, Any]


def build_image(origin: str, alt: str = "A calm room with a massage table") -> Json:
    sources = [
        {
            "mime_type": mime,
            "width": width,
            "height": width * 9 // 16,
            "url": f"{origin}/media/{name}",
        }
        for mime, name in (("image/webp", "room.webp"), ("image/svg+xml", "room.svg"))
        for width in (400, 800)
    ]
    return {"id": 5, "alt": alt, "width": 1600, "height": 900, "sources": sources}


def build_card(page_id: int, title: str, path: str, summary: str = "") -> Json:
    return {
        "id": page_id,
        "type": "conditions.ConditionPage",
        "title": title,
        "path": path,
        "html_url": f"http://localhost:3150{path}",
        "summary": summary,
        "image": None,
    }


PERSON = {"id": 3, "name": "Dana Demo", "credentials": "BCTMB", "role": "Massage therapist (demo)"}


def build_phase(phase: str, label: str, advice: str, **fields: Any) -> Json:
    return {
        "phase": phase,
        "label": label,
        "advice": advice,
        "max_pressure": None,
        "speed": None,
        "heat": None,
        "max_minutes": None,
        "note": "",
        "positions": [],
        "techniques_suited": [],
        "techniques_to_avoid": [],
        **fields,
    }


def build_guidance() -> Json:
    return {
        "heading": "Is massage safe?",
        "summary": (
            "Often yes, when the work is gentle and slow and the room is cool. Wait until a flare "
            "has passed. What is right today depends on how you feel today."
        ),
        "phases": [
            build_phase(
                "acute",
                "During a flare",
                "avoid",
                max_pressure=0,
                heat="avoid",
                note="Wait until the flare has passed and your doctor agrees.",
                techniques_to_avoid=["deep_tissue", "hot_stone"],
            ),
            build_phase(
                "subacute",
                "While a flare settles",
                "ask_first",
                max_pressure=1,
                speed="slow",
                heat="avoid",
                max_minutes=20,
                note="Short visits. Stop at once if a spasm starts.",
                positions=["side_lying", "in_bed"],
                techniques_suited=["still_touch", "gliding"],
                techniques_to_avoid=["tapping", "friction", "stretching"],
            ),
            build_phase(
                "remission",
                "In remission",
                "modify",
                max_pressure=2,
                speed="slow",
                heat="avoid",
                max_minutes=45,
                note="Slow, even strokes. Keep the room cool and have water at hand.",
                positions=["supine", "side_lying", "seated", "wheelchair"],
                techniques_suited=["gliding", "kneading", "still_touch", "energy_work"],
                techniques_to_avoid=["deep_tissue", "tapping"],
            ),
            build_phase("chronic", "Between visits", "ok", max_pressure=3, heat="mild_only"),
        ],
        "areas": [
            {
                "area": "Areas without feeling",
                "rule": "gentle_only",
                "max_pressure": 1,
                "reason": "You may not notice when pressure is too much.",
            },
            {
                "area": "Where a needle went in",
                "rule": "avoid",
                "max_pressure": None,
                "reason": "The skin may be sore for a few days.",
            },
            {
                "area": "Legs that go into spasm",
                "rule": "energy_only",
                "max_pressure": None,
                "reason": "Touch can set off a spasm.",
            },
        ],
        "pain_tolerance": "Stay within what is comfortable. Say so at once if anything hurts.",
        "see_doctor_first": "if_unsure",
    }


def build_red_flags(urgency: str = "emergency") -> Json:
    return {
        "heading": {"emergency": "Call for help", "urgent": "See a doctor today"}.get(
            urgency, "Make an appointment"
        ),
        "urgency": urgency,
        "signs": ["Sudden trouble with breathing", "Sudden loss of sight", "New weakness"],
        "what_to_do": "Call 911. Do not drive yourself.",
    }


def build_blocks(origin: str) -> list[Json]:
    values: list[tuple[str, Json]] = [
        (
            "overview",
            {
                "heading": "What it is",
                "text": (
                    "<p>Nerves carry messages through the body, as wires carry current. A layer "
                    "called <b>myelin</b> wraps them and helps messages to travel fast.</p>"
                    "<p>In multiple sclerosis the body damages this layer by mistake. Messages "
                    'then arrive late, or not at all. <a href="http://localhost:3150/about/">Read '
                    "how these guides are written</a>.</p>"
                ),
            },
        ),
        (
            "section",
            {
                "role": "who_gets_it",
                "heading": "Who gets it",
                "text": "<p>It often begins between 20 and 40 years of age.</p>"
                "<ul><li>More women than men</li><li>More often far from the equator</li></ul>",
            },
        ),
        (
            "cycle",
            {
                "heading": "How it comes and goes",
                "pattern": "relapsing",
                "intro": "<p>For many people there are good months and bad weeks.</p>",
                "phases": [
                    {
                        "phase": "acute",
                        "label": "A flare",
                        "what_happens": "New symptoms come, or old ones get worse, over days.",
                    },
                    {
                        "phase": "subacute",
                        "label": "It settles",
                        "what_happens": "Swelling around the nerves goes down over weeks.",
                    },
                    {
                        "phase": "remission",
                        "label": "Remission",
                        "what_happens": "Symptoms fade, in part or in full, for months or years.",
                    },
                ],
            },
        ),
        (
            "symptoms",
            {
                "heading": "Symptoms",
                "intro": "<p>Nobody has all of these.</p>",
                "items": [
                    {"text": "Tiredness that rest does not cure", "note": "Often worse in heat."},
                    {"text": "Numbness or tingling", "note": ""},
                    {"text": "Blurred or double vision", "note": ""},
                    {"text": "Stiff muscles and spasms", "note": "Cold hands can set one off."},
                    {"text": "Weakness", "note": ""},
                    {"text": "Trouble with balance", "note": "Allow time to stand up."},
                    {"text": "Tremor", "note": ""},
                    {"text": "Pain", "note": ""},
                    {"text": "Trouble with memory", "note": ""},
                    {"text": "Low mood", "note": ""},
                ],
                "diagnosis_note": "Many conditions share these. Only a doctor can tell which.",
            },
        ),
        ("massage_guidance", build_guidance()),
        ("red_flags", build_red_flags("emergency")),
        ("red_flags", build_red_flags("urgent")),
        ("red_flags", build_red_flags("non_urgent")),
        (
            "do_dont",
            {
                "heading": "Do and don't",
                "dos": ["Keep the room cool", "Ask how today is", "Help the person to turn"],
                "donts": ["Use hot packs", "Stretch a tight muscle hard"],
            },
        ),
        (
            "diagnosis",
            {
                "heading": "How it is diagnosed",
                "who_diagnoses": "A nerve doctor (neurologist) makes the diagnosis.",
                "tests": [
                    {"name": "MRI scan", "description": "Pictures that show scars on nerves."},
                    {"name": "Lumbar puncture", "description": ""},
                ],
                "types": [
                    {"name": "Relapsing-remitting", "description": "Flares with recovery between."},
                    {"name": "Secondary progressive", "description": "Slowly worse, after years."},
                    {"name": "Primary progressive", "description": "Slowly worse from the start."},
                ],
            },
        ),
        (
            "figure",
            {
                "image": build_image(origin, "A nerve with its layer, and one whose layer is worn"),
                "caption": "Left: a healthy nerve. Right: the layer is worn away.",
                "credit": "Demo drawing",
            },
        ),
        (
            "experience",
            {
                "heading": "From experience",
                "person": PERSON,
                "text": "<p>What helps most is to ask, to go slowly, and to stop early.</p>",
                "places": ["home", "hospital", "hospice"],
            },
        ),
        *(
            (
                "callout",
                {
                    "tone": tone,
                    "heading": heading,
                    "text": "<p>Ask for a cool room when you book.</p>",
                },
            )
            for tone, heading in (
                ("caution", "Heat makes it worse"),
                ("tip", "Book a morning"),
                ("information", "About gentle touch"),
            )
        ),
        (
            "related_conditions",
            {
                "heading": "Conditions that look alike",
                "items": [
                    {
                        "page": build_card(
                            21, "Massage for Parkinson's Disease", "/conditions/pd/"
                        ),
                        "reason": "Shares tremor and stiffness",
                    },
                    {
                        "page": build_card(22, "Massage for ALS", "/conditions/als/"),
                        "reason": "Shares weakness",
                    },
                    {
                        "page": build_card(23, "Massage for Fibromyalgia", "/conditions/fm/"),
                        "reason": "Shares tiredness and pain",
                    },
                ],
            },
        ),
        (
            "faq",
            {
                "heading": "Questions people ask",
                "items": [
                    {"question": "May I come in my wheelchair?", "answer": "<p>Yes, please.</p>"},
                    {"question": "Will it hurt?", "answer": "<p>It should not. Say so.</p>"},
                ],
            },
        ),
        (
            "quote",
            {
                "text": "For one hour nobody asked me to be brave.",
                "attribution": "A demo client",
                "source_url": "",
            },
        ),
        (
            "sources",
            {
                "heading": "Sources",
                "items": [
                    {
                        "title": "Multiple sclerosis",
                        "publisher": "An example institute",
                        "url": "https://example.org/ms",
                        "checked_on": "2026-10-01",
                    },
                    {
                        "title": "Massage and the nervous system",
                        "publisher": "An example journal",
                        "url": "https://example.org/massage",
                        "checked_on": None,
                    },
                ],
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Book a mobile session",
                "text": "At home, in hospital or in a hospice, in greater Kansas City.",
                "button_label": "Book a session",
                "page": None,
                "url": "https://example.org/book",
            },
        ),
    ]
    return [
        {"type": name, "id": f"{number:08}-0000-4000-8000-000000000000", "value": value}
        for number, (name, value) in enumerate(values)
    ]
