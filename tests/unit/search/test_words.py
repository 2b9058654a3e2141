"""How text becomes words, and which forms of a word are one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.search.highlights import find_ranges
from cms.search.words import build_keys, fold, iterate_words, stem

# Letters, marks and signs that are no plain ASCII, besides whatever hypothesis thinks of.
TEXTS = st.text(max_size=40) | st.text(
    alphabet="aAeéÉßœﬁ\u0301\u0308\u200d'\u2019`-. ()😀🏽אب\u202eﷺ½Ⅱ", max_size=40
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ménière\u2019s disease", ["menieres", "disease"]),
        (unicodedata.normalize("NFD", "Ménière\u2019s"), ["menieres"]),
        ("Straße, Sjögren, œdema, ﬁbro", ["strasse", "sjogren", "oedema", "fibro"]),
        ("non-Hodgkin (B12)", ["non", "hodgkin", "b12"]),
        ("😀 -- '' _", []),
        ("x" * 60, ["x" * 40]),
    ],
)
def test_fold__keeps_the_words_as_somebody_would_type_them(text: str, words: list[str]) -> None:
    assert fold(text) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("headache", "headaches"),
        ("neuropathy", "neuropathies"),
        ("toe", "toes"),
        ("shoe", "shoes"),
        ("tumour", "tumors"),
        ("oedema", "edema"),
        ("anaemia", "anemia"),
        ("diarrhoea", "diarrhea"),
        ("paralysed", "paralyzed"),
        ("ii", "2"),
    ],
)
def test_stem__of_all_forms_of_a_word__is_one(forms: tuple[str, ...]) -> None:
    assert len(set(map(stem, forms))) == 1


@pytest.mark.parametrize(
    "others", [("toe", "tea"), ("shoe", "she"), ("als", "a"), ("colic", "colon")]
)
def test_stem__of_other_words__is_another(others: tuple[str, str]) -> None:
    assert stem(others[0]) != stem(others[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.L.S.", "als"),
        ("multiple sclerosis", "multiplesclerosis"),
        ("Head-aches", "headache"),
        ("Lou Gehrig's disease", "lou gehrigs diseases"),
    ],
)
def test_keys__of_a_name_in_other_forms__are_shared(one: str, other: str) -> None:
    assert set(build_keys(fold(one))) & set(build_keys(fold(other)))


@settings(max_examples=200, database=None)
@given(TEXTS)
def test_words__of_any_text__stand_where_they_say(text: str) -> None:
    found = list(iterate_words(text))

    assert [word.text for word in found if word.text] == fold(text)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert fold(text[word.start : word.end]) == [word.text]
    assert [word.start for word in found] == sorted({word.start for word in found})


@settings(max_examples=200, database=None)
@given(TEXTS, TEXTS)
def test_ranges__in_any_text__are_in_order_and_apart(text: str, query: str) -> None:
    words = fold(query)
    ranges = find_ranges(text, set(map(stem, words)), words[-1] if words else "")

    ends = [0]
    for part in ranges:
        assert ends[-1] <= part["start"] < part["end"] <= len(text)
        ends.append(part["end"])


@pytest.mark.parametrize(
    ("text", "start", "shown"),
    [
        ("😀😀 Ménière's (MÉNIÈRE)", "", ["Ménière's", "MÉNIÈRE"]),
        (
            unicodedata.normalize("NFD", "é Ménière é"),
            "",
            [unicodedata.normalize("NFD", "Ménière")],
        ),
        ("Carpal tunnel, tunnels, tuna", "tun", ["tun", "tun", "tun"]),
        ("Anaemia", "anem", ["Anaem"]),
        ("Tumour, tumors", "tumor", ["Tumour", "tumor"]),
        ("Lou Gehrig's, Gehrig\u2019s", "gehrig", ["Gehrig", "Gehrig"]),
        ("Lou Gehrig's disease", "gehrigs", ["Gehrig's"]),
        ("Me\u0301nie\u0300re's", "me", ["Me\u0301"]),
        ("🏽é", "x", []),
    ],
)
def test_ranges__are_in_code_points(text: str, start: str, shown: list[str]) -> None:
    stems = set() if start else {stem("menieres")}

    ranges = find_ranges(text, stems, start)

    assert [text[part["start"] : part["end"]] for part in ranges] == shown
