"""Conditions for the search to find: single ones, and a little library with judged queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.models import Page

from cms.conditions.models import AlsoKnownAs, BodySystem, ConditionIndexPage, ConditionPage
from cms.search.answers import SearchRequest, build_answer
from cms.search.choices import NameKind, PassageKind
from cms.search.documents import Name, Passage, SearchDocument
from cms.search.indexing import write_documents
from tests.factories.conditions import ConditionPageFactory, build_block, build_guidance
from tests.factories.pages import StandardPageFactory


def build_condition(
    index: ConditionIndexPage,
    name: str,
    *,
    also: Mapping[str, str] | None = None,
    symptoms: Sequence[str] = (),
    text: str = "",
    systems: Iterable[BodySystem] = (),
    phases: Sequence[dict[str, Any]] = (),
    **fields: Any,
) -> ConditionPage:
    """A live condition page. `also` has its other names, each with its kind."""
    body = [build_guidance(*phases)]
    if text:
        body.append(build_block("overview", heading="What it is", text=f"<p>{text}</p>"))
    if symptoms:
        items = [{"text": symptom, "note": ""} for symptom in symptoms]
        body.append(
            build_block("symptoms", heading="Symptoms", items=items, diagnosis_note="Ask a doctor.")
        )
    page: ConditionPage = ConditionPageFactory(
        parent=index, condition_name=name, body=body, **fields
    )
    terms = (also or {}).items()
    page.also_known_as.set([AlsoKnownAs(term=term, kind=kind) for term, kind in terms])
    page.body_systems.set(systems)
    page.save()
    return page


def write_document(
    page: Page, *names: str | Name, symptoms: Sequence[str] = (), text: str = "", **more: Any
) -> None:
    """Index any live page as if it had this content. The first of the names is its own."""
    as_names = [
        name
        if isinstance(name, Name)
        else Name(name, NameKind.NAME if place == 0 else NameKind.SYNONYM)
        for place, name in enumerate(names)
    ]
    document = SearchDocument(
        title=page.title,
        summary="",
        names=as_names,
        symptoms=symptoms,
        passages=[Passage(text, PassageKind.TEXT)] if text else [],
        **more,
    )
    write_documents([(page, document)])


def build_indexed_page(parent: Page, *names: str | Name, **content: Any) -> Page:
    """A live page that is indexed as if it had this content: quick to build."""
    page: Page = StandardPageFactory(parent=parent)
    write_document(page, *names, **content)
    return page


def find_ids(query: str, **parameters: Any) -> list[int]:
    """The ids of the pages that `search/` answers, in order."""
    answer = build_answer(SearchRequest(query, **{"limit": 50, **parameters}))
    return [result["id"] for result in answer["results"]]


def find_names(query: str, **parameters: Any) -> list[str]:
    """The names of the pages that `search/` answers, in order."""
    answer = build_answer(SearchRequest(query, **{"limit": 50, **parameters}))
    return [result["name"] for result in answer["results"]]


@dataclass(frozen=True)
class LibraryCondition:
    """A condition of the library: its name, other names with their kinds, symptoms and text."""

    name: str
    symptoms: Sequence[str]
    text: str
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class JudgedQuery:
    """What a reader may type, of which kind it is, and the condition, or those, that are meant."""

    kind: str
    text: str
    answers: frozenset[str]


def _condition(name: str, symptoms: str, text: str, **also: str) -> LibraryCondition:
    terms = {term.strip(): kind for kind, terms in also.items() for term in terms.split(";")}
    return LibraryCondition(name, [one.strip() for one in symptoms.split(";")], text, terms)


# Written for these tests: short, and no guide to anything.
LIBRARY: Final = (
    _condition(
        "Multiple sclerosis",
        "Fatigue; Blurred vision; Numbness; Muscle spasms; Trouble walking",
        "The covering of nerves in the brain and spine is damaged, so messages travel badly.",
        abbreviation="MS",
        synonym="Disseminated sclerosis",
    ),
    _condition(
        "Amyotrophic lateral sclerosis",
        "Muscle weakness; Muscle twitching; Trouble swallowing; Slurred speech",
        "The nerves that move muscles stop working, one group after another.",
        abbreviation="ALS; MND",
        synonym="Motor neurone disease",
        lay_term="Lou Gehrig's disease",
    ),
    _condition(
        "Parkinson's disease",
        "Tremor at rest; Stiff muscles; Slow movement; Trouble walking",
        "Cells that make dopamine are lost, and movement becomes small and slow.",
        abbreviation="PD",
        synonym="Paralysis agitans",
        lay_term="Shaking palsy",
        misspelling="Parkingsons",
    ),
    _condition(
        "Essential tremor",
        "Tremor (shaky hands); Shaky voice",
        "The hands shake while they are used, as when somebody drinks or writes.",
        abbreviation="ET",
    ),
    _condition(
        "Fibromyalgia",
        "Widespread pain; Fatigue; Poor sleep; Trouble concentrating (brain fog)",
        "Pain is felt all over the body, and touch may hurt on some days.",
        abbreviation="FMS",
        synonym="Fibromyalgia syndrome",
        misspelling="Fibromialgia",
    ),
    _condition(
        "Myalgic encephalomyelitis",
        "Fatigue; Feeling worse after effort; Poor sleep; Trouble concentrating (brain fog)",
        "Even little effort is followed by days of exhaustion.",
        abbreviation="ME; CFS",
        synonym="Chronic fatigue syndrome",
    ),
    _condition(
        "Rheumatoid arthritis",
        "Joint pain; Swollen joints; Morning stiffness; Fatigue",
        "The body's defences attack the lining of joints, mostly in hands and feet.",
        abbreviation="RA",
    ),
    _condition(
        "Osteoarthritis",
        "Joint pain; Joint stiffness; Grinding joints",
        "Cartilage wears thin, mostly in knees, hips and hands.",
        abbreviation="OA",
        lay_term="Wear and tear arthritis",
    ),
    _condition(
        "Gout",
        "Sudden joint pain; Swollen big toe; Red, hot skin",
        "Crystals of uric acid settle in a joint, often that of the big toe.",
        synonym="Gouty arthritis",
        lay_term="Rich man's disease",
    ),
    _condition(
        "Ankylosing spondylitis",
        "Back pain; Morning stiffness; Red eyes",
        "Joints of the spine become inflamed and may grow together.",
        abbreviation="AS",
        synonym="Bekhterev's disease",
    ),
    _condition(
        "Sciatica",
        "Leg pain; Numbness; Back pain; Tingling",
        "The large nerve of the leg is pressed or irritated near the spine.",
        synonym="Lumbar radiculopathy",
        lay_term="Pinched nerve in the back",
    ),
    _condition(
        "Carpal tunnel syndrome",
        "Numb fingers; Tingling; Weak grip",
        "A nerve is squeezed where it passes through the wrist.",
        abbreviation="CTS",
        synonym="Median nerve compression",
    ),
    _condition(
        "Lateral epicondylitis",
        "Elbow pain; Weak grip",
        "Tendons of the forearm hurt where they begin.",
        lay_term="Tennis elbow",
    ),
    _condition(
        "Adhesive capsulitis",
        "Shoulder pain; Shoulder stiffness",
        "The joint becomes stiff over months, and frees itself slowly.",
        lay_term="Frozen shoulder",
    ),
    _condition(
        "Plantar fasciitis",
        "Heel pain; Pain with the first steps",
        "The band under the foot hurts, most of all in the morning.",
        lay_term="Policeman's heel",
        misspelling="Planter fasciitis",
    ),
    _condition(
        "Migraine",
        "Throbbing headache; Nausea; Sensitivity to light; Blurred vision",
        "Attacks last from hours to days, and some people see flashes before one.",
        lay_term="Sick headache",
    ),
    _condition(
        "Tension headache",
        "Dull headache; Tight neck",
        "A band seems to press around the head.",
        synonym="Tension-type headache",
    ),
    _condition(
        "Ménière's disease",
        "Dizziness (vertigo); Ringing in the ears; Hearing loss; Nausea",
        "Pressure in the inner ear rises in attacks.",
        synonym="Endolymphatic hydrops",
    ),
    _condition(
        "Peripheral neuropathy",
        "Numb feet; Tingling; Burning pain",
        "Nerves far from the spine are damaged, often those of the feet.",
        abbreviation="PN",
        synonym="Polyneuropathy",
    ),
    _condition(
        "Type 1 diabetes",
        "Thirst; Weight loss; Fatigue",
        "The body makes no insulin any more, so it has to be given.",
        abbreviation="T1D",
        synonym="Juvenile diabetes",
    ),
    _condition(
        "Type 2 diabetes",
        "Thirst; Slow healing; Blurred vision",
        "Insulin does not work well enough, and sugar stays in the blood.",
        abbreviation="T2D",
        synonym="Adult-onset diabetes",
    ),
    _condition(
        "Deep vein thrombosis",
        "Swollen calf; Calf pain; Warm skin",
        "A clot sits in a large vein, and may travel to the lungs.",
        abbreviation="DVT",
        lay_term="Blood clot in the leg",
    ),
    _condition(
        "Lymphedema",
        "Swollen arm; Heavy limb; Tight skin",
        "Lymph does not drain, often after surgery or radiation.",
        synonym="Lymphoedema",
    ),
    _condition(
        "Hepatitis A",
        "Yellow skin (jaundice); Tiredness; Dark urine",
        "A virus inflames the liver for some weeks, and then is gone.",
        abbreviation="HAV",
    ),
    _condition(
        "Hepatitis B",
        "Yellow skin (jaundice); Tiredness; Itching",
        "A virus inflames the liver, and may stay for life.",
        abbreviation="HBV",
    ),
    _condition(
        "Decompression sickness",
        "Joint pain; Dizziness; Skin rash",
        "Bubbles form in the blood after a dive that ended too fast.",
        abbreviation="DCS",
        lay_term="The bends",
    ),
    _condition(
        "Shingles",
        "Blisters; Burning pain; Itching",
        "The virus of chickenpox wakes up in a nerve, and a stripe of skin hurts.",
        synonym="Herpes zoster",
    ),
    _condition(
        "Eczema",
        "Itching; Dry skin; Skin rash",
        "Skin is dry and inflamed, often in the bends of arms and knees.",
        synonym="Atopic dermatitis",
    ),
    _condition(
        "Anaemia",
        "Tiredness; Pale skin; Shortness of breath",
        "The blood carries too little oxygen.",
        lay_term="Low iron; Tired blood",
    ),
    _condition(
        "Asthma",
        "Shortness of breath; Wheezing; Coughing",
        "Airways narrow in attacks, often after dust, pollen or cold air.",
        synonym="Reactive airway disease",
    ),
)  # fmt: skip

_JUDGED: Final = {
    "exact": {
        "Multiple Sclerosis": "Multiple sclerosis",
        "parkinsons disease": "Parkinson's disease",
        "meniere\u2019s disease": "Ménière's disease",
        "migraines": "Migraine",
        "anemia": "Anaemia",
        "diabetes type 2": "Type 2 diabetes",
        "hepatitis a": "Hepatitis A",
        "carpal-tunnel syndrome": "Carpal tunnel syndrome",
    },
    "abbreviation": {
        "ms": "Multiple sclerosis",
        "A.L.S.": "Amyotrophic lateral sclerosis",
        "RA": "Rheumatoid arthritis",
        "me": "Myalgic encephalomyelitis",
        "AS": "Ankylosing spondylitis",
        "dvt": "Deep vein thrombosis",
    },
    "synonym": {
        "lou gehrigs": "Amyotrophic lateral sclerosis",
        "tennis elbow": "Lateral epicondylitis",
        "frozen shoulders": "Adhesive capsulitis",
        "lymphoedema": "Lymphedema",
        "herpes zoster": "Shingles",
        "bends": "Decompression sickness",
        "blood clots leg": "Deep vein thrombosis",
    },
    "prefix": {
        "fibro": "Fibromyalgia",
        "carpal t": "Carpal tunnel syndrome",
        "plantar": "Plantar fasciitis",
        "ankylos": "Ankylosing spondylitis",
        "oste": "Osteoarthritis",
        "endolymph": "Ménière's disease",
    },
    "question": {
        "massage for sciatica safe?": "Sciatica",
        "can I have a massage with gout": "Gout",
        "is it safe with the bends": "Decompression sickness",
        "is massage ok for hepatitis B?": "Hepatitis B",
        "deep tissue massage and shingles": "Shingles",
        "what is frozen shoulder": "Adhesive capsulitis",
        "Massage for AS?": "Ankylosing spondylitis",
    },
    "misspelling": {
        "fibromialga": "Fibromyalgia",
        "parkinsins": "Parkinson's disease",
        "multiple sclerosus": "Multiple sclerosis",
        "siatica": "Sciatica",
        "osteoarthrites": "Osteoarthritis",
        "migrane": "Migraine",
        "carpel tunnel": "Carpal tunnel syndrome",
        "planter fasciitis": "Plantar fasciitis",
        "tenis elbow": "Lateral epicondylitis",
        "ecszema": "Eczema",
    },
    "symptoms": {
        "fatigue and joint pain": "Rheumatoid arthritis",
        "shaky hands": "Essential tremor",
        "tremor, trouble walking": "Parkinson's disease",
        "vertigo nausea": "Ménière's disease",
        "brain fog, widespread pain": "Fibromyalgia",
        "back pain, numbness and tingling": "Sciatica",
        "itching and jaundice": "Hepatitis B",
        "thirst, blurred vision": "Type 2 diabetes",
        "weak grip, tingling": "Carpal tunnel syndrome",
        "wheezing": "Asthma",
    },
}  # fmt: skip
JUDGED_QUERIES: Final = tuple(
    JudgedQuery(kind, text, frozenset({name}))
    for kind, queries in _JUDGED.items()
    for text, name in queries.items()
)


def build_library(index: ConditionIndexPage) -> dict[str, ConditionPage]:
    """The conditions of the library as live pages, by name."""
    return {
        condition.name: build_condition(
            index,
            condition.name,
            also=condition.also,
            symptoms=condition.symptoms,
            text=condition.text,
        )
        for condition in LIBRARY
    }


def get_reciprocal_rank(found: Sequence[str], answers: frozenset[str]) -> float:
    """One through the place of the first of the answers among the first ten; 0 for none."""
    places = (place for place, name in enumerate(found[:10], start=1) if name in answers)
    return next((1 / place for place in places), 0.0)
