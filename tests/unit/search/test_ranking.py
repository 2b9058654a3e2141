"""Which pages a query finds, in which order, and for which spelling."""

from typing import Any

import pytest
from wagtail.models import Page

from cms.search.answers import SearchRequest, build_answer
from cms.search.choices import NameKind
from cms.search.documents import Name
from cms.search.suggesting import suggest_pages
from tests.factories.pages import build_site
from tests.factories.search import build_indexed_page, find_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    # Indexed by its title, "Home", like any page.
    return build_site()


def search(query: str) -> dict[str, Any]:
    return build_answer(SearchRequest(query))


# Reasons


def test_ranking__by_the_best_reason(home: Page) -> None:
    # The worst first, so that the order in which they were made says nothing.
    build_indexed_page(home, "Words", text="Some have a tremor of the hands.")
    build_indexed_page(home, "Essential tremor")
    build_indexed_page(home, "Symptom", symptoms=["Tremor"])
    build_indexed_page(home, "Tremor disorder of some kind")
    build_indexed_page(home, "Exact", "Tremor")

    ranked = ["Exact", "Tremor disorder of some kind", "Symptom", "Essential tremor", "Words"]
    assert find_names("tremor") == ranked


def test_ranking__words_in_names_before_words_in_text(home: Page) -> None:
    build_indexed_page(home, "Text", text="A nerve is squeezed in the wrist. " * 9)
    build_indexed_page(home, "Squeezed nerve of the wrist")

    assert find_names("wrist nerve") == ["Squeezed nerve of the wrist", "Text"]


def test_ranking__the_words_of_a_name_in_another_order__are_the_name(home: Page) -> None:
    build_indexed_page(home, "Symptom", symptoms=["Diabetes, type 2"])
    build_indexed_page(home, "Type 1 diabetes", text="Not type 2 diabetes, which is another.")
    build_indexed_page(home, "Type 2 diabetes")

    assert find_names("diabetes, type II")[0] == "Type 2 diabetes"


def test_names__of_two_pages__have_both_first(home: Page) -> None:
    build_indexed_page(home, "MS clinic", "MS nurses", text="MS. MS. MS.", symptoms=["MS"])
    build_indexed_page(home, "Mitral stenosis", Name("MS", NameKind.ABBREVIATION))
    build_indexed_page(home, "Multiple sclerosis", Name("MS", NameKind.ABBREVIATION))

    assert set(find_names("Is it safe with M.S.?")[:2]) == {"Mitral stenosis", "Multiple sclerosis"}


@pytest.mark.parametrize(
    "question", ["massage for me", "Massage for ME?", "is it safe with ME", "m.e.", "all"]
)
def test_names__that_are_little_words__are_found(home: Page, question: str) -> None:
    build_indexed_page(home, "Massage for you", text="Is it safe for me? For all.")
    build_indexed_page(home, "Myalgic encephalomyelitis", "ME", "ALL")

    assert find_names(question)[0] == "Myalgic encephalomyelitis"


# Symptoms


def test_symptoms__pages_with_all_of_them__are_first(home: Page) -> None:
    build_indexed_page(home, "One", symptoms=["Fatigue"], text="Not joint pain, nor a rash.")
    build_indexed_page(home, "Two", symptoms=["Fatigue", "Joint pain"])
    build_indexed_page(home, "Three", symptoms=["Cough", "Rash", "Joint pain", "Fatigue"])

    assert find_names("fatigue and joint pains")[:2] == ["Two", "Three"]
    assert find_names("joint pain, rash, fatigue")[0] == "Three"
    assert find_names("rash fatigue massage?")[0] == "Three"


def test_symptoms__a_page_with_some_of_them__comes_after_names_with_all_words(home: Page) -> None:
    build_indexed_page(home, "Fatigue alone", symptoms=["Fatigue"])
    build_indexed_page(home, "Rash alone", symptoms=["Rash"])
    build_indexed_page(home, "Chronic fatigue rash")

    assert find_names("fatigue rash")[0] == "Chronic fatigue rash"


def test_symptoms__worded_in_brackets__stand_for_each_other(home: Page) -> None:
    build_indexed_page(home, "Text", text="Some people have shaky hands.")
    build_indexed_page(home, "Plain", symptoms=["Tremor"])
    build_indexed_page(home, "Both", symptoms=["Tremor (shaky hands)"])

    assert find_names("shaky hands")[:2] == ["Both", "Plain"]


def test_symptoms__a_kind_of_what_was_named__comes_after_it(home: Page) -> None:
    build_indexed_page(home, "Kind", symptoms=["Tremor at rest", "Stiff muscles"])
    build_indexed_page(home, "Itself", symptoms=["Cough", "Stiff muscles", "Tremor"])
    build_indexed_page(home, "Half", symptoms=["Stiff muscles"])

    assert find_names("tremor, stiff muscles")[:2] == ["Itself", "Kind"]


# Spelling


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("fibromialga", "fibromyalgia"),
        ("lou gerigs disease", "lou gehrigs disease"),
        ("massage for fibromylagia?", "massage for fibromyalgia"),
        ("widesprad pain", "widespread pain"),
        ("crystls", "crystals"),
    ],
)
def test_misspelling__is_corrected_by_names_symptoms_and_text__and_says_so(
    home: Page, typed: str, corrected: str
) -> None:
    build_indexed_page(
        home,
        "Fibromyalgia",
        "Lou Gehrig's disease",
        symptoms=["Widespread pain"],
        text="Crystals are seen.",
    )
    build_indexed_page(home, "Gout", text="A disease with pain.")

    answer = search(typed)

    assert (answer["query"], answer["corrected_query"]) == (typed, corrected)
    assert answer["results"][0]["name"] == "Fibromyalgia"


@pytest.mark.parametrize("typed", ["Colic", "colics", "massage for colic?", "Hepatitis C", "MG"])
def test_exact_name__like_another_name__is_not_corrected(home: Page, typed: str) -> None:
    for number in range(3):
        build_indexed_page(home, f"Colitis {number}", "MS", "Hepatitis B", text="Colitis. " * 9)
    build_indexed_page(home, "Exact", "Colic", "MG", "Hepatitis C")

    answer = search(typed)

    assert answer["corrected_query"] is None
    assert answer["results"][0]["name"] == "Exact"


@pytest.mark.parametrize("typed", ["cancr", "cysts", "warts", "mumps", "urethritis"])
def test_what_no_page_is_about__is_not_corrected_to_a_part_of_a_name_or_another_symptom(
    home: Page, typed: str
) -> None:
    build_indexed_page(
        home, "Carpal tunnel", "CTS", symptoms=["Aching parts", "Lumps"], text="A car. Arthritis."
    )

    assert search(typed)["corrected_query"] is None


def test_space_that_slipped__is_put_back(home: Page) -> None:
    build_indexed_page(home, "Fever", symptoms=["Widespread pain", "Weakness"])

    assert search("widesprea dweakness")["corrected_query"] == "widespread weakness"


def test_beginning_of_a_name__like_another_word__is_not_corrected(home: Page) -> None:
    build_indexed_page(home, "Colic")
    build_indexed_page(home, "Colitis")

    answer = search("colit")

    assert answer["corrected_query"] is None
    assert answer["results"][0]["name"] == "Colitis"


@pytest.mark.parametrize("typed", ["colon", "b27", "12345", "xq", "zzzzzzzz"])
def test_what_is_a_word_or_like_none__is_not_corrected(home: Page, typed: str) -> None:
    build_indexed_page(home, "Colic", "B12", text="The colon is long. 12346 xa")

    assert search(typed)["corrected_query"] is None


@pytest.mark.parametrize(
    "typed", ["parkingsons", "Parkingson", "massage for parkingsons", "pakinsons"]
)
def test_stored_misspelling__is_found__and_never_shown(home: Page, typed: str) -> None:
    page = build_indexed_page(
        home, "Parkinson's disease", Name("Parkingsons", NameKind.MISSPELLING), text="Movement."
    )

    answer = search(typed)
    shown = str(answer["results"]) + str(suggest_pages(typed)["suggestions"])

    assert [result["id"] for result in answer["results"]] == [page.pk]
    assert "arkings" not in shown.lower()
    assert "arkings" not in (answer["corrected_query"] or "")


def test_stored_misspelling__is_no_word_to_correct(home: Page) -> None:
    build_indexed_page(home, "Sciatica", Name("Siatika", NameKind.MISSPELLING))

    assert search("siatika")["corrected_query"] is None


def test_stored_misspelling__is_not_what_others_are_corrected_to(home: Page) -> None:
    build_indexed_page(home, "Sciatica", Name("Zyattika", NameKind.MISSPELLING))

    answer = search("zyatika")

    assert answer["corrected_query"] is None
    assert answer["results"] == answer["nearest"] == suggest_pages("zyatik")["suggestions"] == []


# Words without meaning


def test_words_without_meaning__do_not_drown_the_rest(home: Page) -> None:
    build_indexed_page(
        home, "Prices", text="Massage is safe. Can I get a deep tissue massage? " * 9
    )
    build_indexed_page(home, "Gout", text="A joint hurts.")
    build_indexed_page(home, "Arthritis", text="As with gout, joints hurt.")

    assert find_names("can I get a deep tissue massage with gout, is it safe") == [
        "Gout",
        "Arthritis",
    ]


def test_words_without_meaning__alone__are_words_like_any(home: Page) -> None:
    build_indexed_page(home, "Prices", text="A deep tissue massage costs more.")

    assert find_names("deep tissue massage") == ["Prices"]


def test_swapped_letters__are_corrected_to_words_of_the_text(home: Page) -> None:
    build_indexed_page(home, "Gout", text="People get tired.")

    assert search("tierd")["corrected_query"] == "tired"


@pytest.mark.parametrize("typed", ["lupus", "liver", "chemo", "prices", "measles", "cushing"])
def test_what_no_page_is_about__is_not_corrected_to_words_of_the_text(
    home: Page, typed: str
) -> None:
    text = "The lungs live on. Check the places, if you could. Measures. Pushing."
    build_indexed_page(home, "Gout", text=text)

    assert search(typed)["corrected_query"] is None


# Words that no page has


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("lupus", ["lupus"]),
        ("Massage for Lupus with a rash?", ["lupus"]),
        ("rash, measles, measles and mumps", ["measles", "mumps"]),
        ("rashes", []),
        ("hepatitis b rash 5", []),
        # A name, the beginning of one, and what is corrected to one.
        ("fibromyalgia", []),
        ("fibromy", []),
        ("fibromialga", []),
        ("parkingsons", []),
        ("parkingsons rash", []),
        # What may be corrected to something else.
        ("concussion", ["concussion"]),
        ("massage", []),
    ],
)
def test_missing_words__are_those_that_no_page_has(
    home: Page, typed: str, missing: list[str]
) -> None:
    build_indexed_page(home, "Fibromyalgia", symptoms=["Confusion"], text="Not a rash.")
    build_indexed_page(
        home, "Hepatitis B", Name("Parkingsons", NameKind.MISSPELLING), text="With a rash."
    )

    assert search(typed)["missing_words"] == missing


def test_missing_words__beside_others__have_the_nearest_names(home: Page) -> None:
    build_indexed_page(home, "Rash")
    build_indexed_page(home, "Fibrositis")
    build_indexed_page(home, "Fibromyalgia", text="Not a rash.")

    answer = search("fibrolipoma rash")

    assert answer["missing_words"] == ["fibrolipoma"]
    assert [page["name"] for page in answer["results"]] == ["Rash", "Fibromyalgia"]
    assert [page["name"] for page in answer["nearest"]] == ["Fibrositis"]
