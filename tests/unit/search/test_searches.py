"""What is kept of readers' searches, and what is not."""

import datetime
import threading
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.search import searches
from cms.search.answers import SearchRequest, answer_search
from cms.search.models import SearchCount
from cms.search.searches import OTHERS, build_term, record_search, write_searches
from tests.factories.pages import build_site
from tests.factories.search import build_indexed_page

DAY = datetime.timedelta(days=1)
PERSONAL = (
    "maya.lindqvist@example.com",
    "maya\uff20example",
    "call 555 0134 22",
    "born 04/12/1985",
    "https://example.com/results",
    "www.example",
    "example.com massage",
    "my " * 40 + "story",
)


@pytest.fixture(autouse=True)
def nothing_waiting() -> Iterator[None]:
    """No search of another test is written with those of this one."""
    searches.waiting.take()
    yield
    searches.waiting.take()


def fetch_counts() -> dict[str, tuple[int, int, int]]:
    rows = SearchCount.objects.values_list("key", "searches", "corrected", "found_nothing")
    return {key: tuple(counts) for key, *counts in rows}  # type: ignore[misc]


@pytest.mark.django_db
def test_searches__of_the_same_words__are_counted_as_one_query() -> None:
    for query in ("Ménière\u2019s disease", "  meniere's   DISEASE ", "menieres disease"):
        record_search(query, 3, None)
    write_searches()

    assert fetch_counts() == {"menieres disease": (3, 0, 0)}
    row = SearchCount.objects.get()
    assert row.text == "Ménière\u2019s disease"
    assert row.day == timezone.localdate()


@pytest.mark.django_db
def test_searches__say_whether_anything_was_found() -> None:
    record_search("gout", 4, None)
    record_search("gowt", 4, "gout")
    record_search("gowt", 0, "gout")
    record_search("xyzzy", 0, None)
    write_searches()

    assert fetch_counts() == {"gout": (1, 0, 0), "gowt": (2, 1, 1), "xyzzy": (1, 0, 1)}


@pytest.mark.django_db
def test_searches__with_a_word_that_no_page_has__are_counted_as_such() -> None:
    build_indexed_page(build_site(), "Gout", text="Not a rash.")
    for query in ("gout", "lupus rash", "lupus rash", "lupus"):
        answer_search(SearchRequest(query))
    write_searches()

    lacking = dict(SearchCount.objects.values_list("key", "lacked_words"))
    assert lacking == {"gout": 0, "lupus rash": 2, "lupus": 1}


@pytest.mark.django_db
def test_searches__written_by_several_processes__add_up() -> None:
    for _ in range(3):
        record_search("gout", 1, None)
        write_searches()

    assert fetch_counts() == {"gout": (3, 0, 0)}


@pytest.mark.django_db
@pytest.mark.parametrize("query", [*PERSONAL, "🙂", "\x00", "?!"])
def test_searches__that_may_say_who_somebody_is__are_counted_without_their_words(
    query: str,
) -> None:
    record_search(query, 0, None)
    write_searches()

    assert fetch_counts() == {"": (1, 0, 1)}
    assert SearchCount.objects.get().text == ""


@pytest.mark.parametrize("query", ["G43.909", "covid 19", "e.coli", "type 2 diabetes", "c5-c6"])
def test_searches__with_a_code_or_a_number__are_kept(query: str) -> None:
    assert build_term(query).text == query


@given(st.text(max_size=300))
def test_searches__whatever_is_typed__fits_what_is_stored(query: str) -> None:
    term = build_term(query)

    assert len(term.key) <= 200
    assert len(term.text) <= 80
    assert bool(term.key) == bool(term.text)
    assert term.text == "" or term.text.isprintable()
    record_search(query, 0, None)


@pytest.mark.django_db
def test_a_flood_of_queries__fills_neither_the_memory_nor_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searches, "MOST_TERMS_WAITING", 4)
    monkeypatch.setattr(searches, "MOST_TERMS_A_DAY", 6)
    for number in range(10):
        record_search(f"flood {number}", 0, None)
    write_searches()
    for number in range(10, 14):
        record_search(f"flood {number}", 0, None)
    record_search("flood 1", 0, None)
    write_searches()

    counts = fetch_counts()
    assert set(counts) == {"", *(f"flood {n}" for n in (0, 1, 2, 3, 10, 11))}
    assert counts["flood 0"] == (1, 0, 1)
    assert sum(found[0] for found in counts.values()) == 15


@pytest.mark.django_db
def test_a_query_that_is_known_today__is_counted_though_the_day_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searches, "MOST_TERMS_A_DAY", 1)
    for query in ("gout", "sciatica", "gout"):
        record_search(query, 1, None)
        write_searches()

    assert fetch_counts() == {"gout": (2, 0, 0), "": (1, 0, 0)}


@pytest.mark.django_db
def test_searches__that_cannot_be_written__are_written_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any) -> None:
        raise DatabaseError("locked")

    record_search("gout", 1, None)
    with monkeypatch.context() as patched:
        patched.setattr(searches, "_add_to_day", fail)
        with pytest.raises(DatabaseError):
            write_searches()
    record_search("gout", 1, None)
    write_searches()

    assert fetch_counts() == {"gout": (2, 0, 0)}


@pytest.mark.django_db
def test_a_search__costs_no_query_of_the_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        for number in range(50):
            record_search(f"term {number}", 1, None)

    assert len(queries) == 0


@pytest.mark.django_db
def test_a_search_that_cannot_be_counted__is_answered_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(query: str) -> None:
        raise ValueError(query)

    monkeypatch.setattr(searches, "build_term", fail)

    record_search("gout", 1, None)

    assert "A search was not counted" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_searches__are_written_by_a_thread_a_little_later__and_at_exit(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCHES_WRITTEN_AFTER = 0.01
    at_exit: list[Callable[[], None]] = []

    def note(_owner: None, write: Callable[[], None], exitpriority: int) -> None:
        at_exit.append(write)

    monkeypatch.setattr(searches, "Finalize", note)
    for query in ("gout", "sciatica"):
        record_search(query, 1, None)
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join()

    assert fetch_counts() == {"gout": (1, 0, 0), "sciatica": (1, 0, 0)}
    settings.SEARCHES_WRITTEN_AFTER = None
    record_search("gout", 1, None)
    [write] = at_exit
    write()
    assert fetch_counts()["gout"] == (2, 0, 0)


@pytest.mark.django_db
def test_searches__are_forgotten_after_90_days() -> None:
    today = timezone.localdate()
    for days in (0, 90, 91, 400):
        SearchCount.objects.create(day=today - days * DAY, key="gout", text="gout", searches=1)
    output = StringIO()

    call_command("delete_old_searches", stdout=output)

    assert output.getvalue() == "Old counts of searches: 2.\n"
    kept = SearchCount.objects.order_by("day").values_list("day", flat=True)
    assert list(kept) == [today - 90 * DAY, today]
    with CaptureQueriesContext(connection) as queries:
        call_command("delete_old_searches", stdout=output)
    assert len(queries) == 1


def test_others__are_no_words() -> None:
    assert OTHERS == ("", "")
