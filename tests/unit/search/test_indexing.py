"""What is written into the index, when, and what goes again."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.search import indexing
from cms.search.choices import FacetName
from cms.search.documents import Facet
from cms.search.entries.symptoms import split_wordings
from cms.search.indexing import is_index_outdated, rebuild_index, remove_pages
from cms.search.models import (
    FacetValue,
    IndexedName,
    IndexedPage,
    KnownWord,
    KnownWordPart,
    Symptom,
    SymptomName,
)
from tests.factories.pages import build_site
from tests.factories.search import build_condition, build_indexed_page, find_ids, write_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    return build_site()


@contextmanager
def assert_nothing_written() -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    written = [query["sql"] for query in queries if query["sql"].startswith(("INS", "UPD", "DEL"))]
    assert written == []


def count_rows() -> dict[str, int]:
    tables = (IndexedPage, IndexedName, Symptom, SymptomName, KnownWord, KnownWordPart, FacetValue)
    return {table.__name__: table._default_manager.count() for table in tables}


def test_page__indexed_again_unchanged__writes_nothing(home: Page) -> None:
    page = build_condition(home, "Gout", symptoms=["Fever"], text="Crystals.")

    with assert_nothing_written():
        indexing.update_page(page)
        rebuild_index()


def test_page__indexed_again_changed__has_its_new_content_alone(home: Page) -> None:
    page = build_indexed_page(home, "Gout", "Podagra", symptoms=["Fever"], text="Crystals.")
    write_document(page, "Asthma", "Wheeziness", symptoms=["Cough"], text="Airways.")

    assert find_ids("podagra") == find_ids("fever") == find_ids("crystals") == []
    assert find_ids("wheeziness") == find_ids("cough") == find_ids("airways") == [page.pk]
    assert not KnownWord.objects.filter(text__in=["gout", "podagra", "fever", "crystals"]).exists()
    assert not Symptom.objects.filter(text="Fever").exists()


def test_page__indexed_again_with_one_other_word__keeps_its_other_rows(home: Page) -> None:
    page = build_indexed_page(home, "Gout", "Podagra", symptoms=["Fever"], text="Sharp crystals.")
    before = fetch_rows()
    write_document(page, "Gout", "Podagra", symptoms=["Fever"], text="Blunt crystals.")

    gone, new = before - fetch_rows(), fetch_rows() - before
    assert {values[-1] for table, _pk, values in gone if table == "IndexedPassage"} == {
        "Sharp crystals."
    }
    assert {table for table, _pk, _values in gone} == {
        "IndexedPassage", "IndexedWord", "KnownWord", "KnownWordPart", "PageSpelling", "IndexedPage"
    }  # fmt: skip
    assert {values[1] for table, _pk, values in gone if table == "IndexedWord"} == {"sharp"}
    assert {values[1] for table, _pk, values in new if table == "IndexedWord"} == {"blunt"}


def test_page__of_another_version__is_written_anew(home: Page) -> None:
    page = build_indexed_page(home, "Gout", text="Crystals.")
    IndexedPage.objects.update(version=0)
    before = set(page.search_entry.words.values_list("pk", flat=True))
    write_document(page, "Gout", text="Crystals.")

    assert before
    assert before.isdisjoint(page.search_entry.words.values_list("pk", flat=True))


def fetch_rows() -> set[tuple[str, int, tuple[Any, ...]]]:
    """Every row of the index: its table, its key, and what else it holds."""
    return {
        (model.__name__, pk, tuple(map(str, values)))
        for model in apps.get_app_config("search").get_models()
        if model.__module__ == IndexedPage.__module__
        for pk, *values in model._default_manager.values_list(
            "pk", *(each.attname for each in model._meta.concrete_fields if not each.primary_key)
        )
    }


def test_words_symptoms_and_facets__of_a_removed_page__go_unless_another_has_them(
    home: Page,
) -> None:
    facets = [
        Facet(FacetName.BODY_SYSTEM, "joints", "Joints"),
        Facet(FacetName.ADVICE, "any:ok", "At any time: yes"),
    ]
    stays = build_indexed_page(home, "Gout", symptoms=["Fever"], text="Toes.", facets=facets[:1])
    before = count_rows()
    goes = build_indexed_page(
        home, "Podagra", symptoms=["Fever", "Chills (shivers)"], text="Toe.", facets=facets
    )

    remove_pages([goes.pk, 987654321])

    assert count_rows() == before
    assert find_ids("fever") == find_ids("toe") == [stays.pk]


def test_rebuilding__follows_what_passed_django_by(home: Page) -> None:
    hidden = build_condition(home, "Gout", text="Crystals.")
    shown = build_condition(home, "Asthma", text="Airways.", live=False)
    Page.objects.filter(pk=hidden.pk).update(live=False)
    Page.objects.filter(pk=shown.pk).update(live=True)
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert out.getvalue() == "Pages in the search index: 2.\n"
    assert find_ids("crystals") == []
    assert find_ids("airways") == [shown.pk]


def test_rebuilding__everything__writes_unchanged_pages_too(home: Page) -> None:
    page = build_condition(home, "Gout", also={"Podagra": "synonym"})
    IndexedName.objects.all().delete()

    call_command("rebuild_search", stdout=StringIO())
    assert not IndexedName.objects.exists()

    call_command("rebuild_search", "--all", stdout=StringIO())
    assert {name.text for name in page.search_entry.names.all()} == {"Gout", "Podagra"}


def test_index__empty_or_of_another_version__is_outdated(
    home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_condition(home, "Gout")
    assert not is_index_outdated()

    monkeypatch.setattr(indexing, "INDEX_VERSION", indexing.INDEX_VERSION + 1)
    assert is_index_outdated()
    rebuild_index()
    assert not is_index_outdated()

    IndexedPage.objects.all().delete()
    assert is_index_outdated()
    Page.objects.update(live=False)
    assert not is_index_outdated()


@pytest.mark.parametrize(
    ("symptom", "wordings"),
    [
        ("Tremor", ["Tremor"]),
        ("Tremor (shaky hands)", ["Tremor", "shaky hands"]),
        ("Pain [sharp] (stabbing) at night", ["Pain at night", "sharp", "stabbing"]),
        ("(shaky hands)", ["shaky hands"]),
        ("Tremor ()", ["Tremor"]),
        ("Tremor (shaky", ["Tremor (shaky"]),
        ("()", []),
    ],
)
def test_wordings__of_a_symptom__are_outside_and_inside_of_brackets(
    symptom: str, wordings: list[str]
) -> None:
    assert sorted(split_wordings(symptom)) == sorted(wordings)


@pytest.mark.parametrize(
    "content",
    [
        {"symptoms": ["()", "...", "", "x" * 300, "x" * 300 + " y"], "text": "x" * 400},
        {"symptoms": ["Fever", "fever", "FEVER", "Fever"], "text": "😀 \u202e é e\u0301 ﷽ ﷺ"},
        {"names": ["...", "😀", "", "é" * 200, "the", "ﷺ" * 60], "text": ""},
        {"names": ["Gout", "gout", "Gouts", "GOUT!"], "cautions": ["heat", "heat", "y" * 300]},
    ],
)
def test_odd_content__is_indexed(home: Page, content: dict[str, Any]) -> None:
    names = content.pop("names", ["Gout"])
    page = build_indexed_page(home, "Gout", *names, **content)

    assert find_ids("gout") == [page.pk]
