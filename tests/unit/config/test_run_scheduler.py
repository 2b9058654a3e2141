"""The scheduler gives its sign of life, and goes on when one of its commands fails."""

import logging

import pytest
from django.db import OperationalError

from cms.config.management.commands import run_scheduler
from cms.scheduling import heartbeat
from cms.scheduling.models import SchedulerRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's connection is inside a transaction, which looks like one that was left behind."""
    monkeypatch.setattr(run_scheduler, "close_old_connections", lambda: None)


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were called, none of which did anything; the first one fails."""
    names: list[str] = []

    def call(name: str) -> None:
        names.append(name)
        if name == "broken":
            raise RuntimeError("nobody is there\nand nobody will be")

    monkeypatch.setattr(run_scheduler, "call_command", call)
    monkeypatch.setattr(run_scheduler, "COMMANDS", ("broken", "second"))
    return names


@pytest.mark.parametrize("name", run_scheduler.COMMANDS)
def test_run_scheduler__every_command_that_it_names__runs(name: str) -> None:
    assert run_scheduler.run_command(name) == ""


def test_turn__with_nothing_due__gives_a_sign_of_life(called: list[str]) -> None:
    run_scheduler.run_turn()

    run = SchedulerRun.objects.get()
    assert run.last_started is not None
    assert run.last_finished is not None
    assert run.last_started <= run.last_finished
    assert not heartbeat.fetch_heartbeat().is_late


def test_turn__again_and_again__keeps_one_row(called: list[str]) -> None:
    for _ in range(3):
        run_scheduler.run_turn()

    assert SchedulerRun.objects.count() == 1


def test_turn__a_command_that_fails__is_noted_and_stops_neither_the_others_nor_the_next_turn(
    called: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with caplog.at_level(logging.ERROR):
        run_scheduler.run_turn()

    assert called == ["broken", "second"]
    assert heartbeat.fetch_heartbeat().failure == "broken: nobody is there"
    assert "broken failed" in caplog.text
    assert "Traceback" in caplog.text

    monkeypatch.setattr(run_scheduler, "COMMANDS", ("second",))
    run_scheduler.run_turn()

    assert called == ["broken", "second", "second"]
    assert heartbeat.fetch_heartbeat().is_healthy


def test_turn__a_sign_of_life_that_cannot_be_written__stops_no_command(
    called: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(run_scheduler, "note_turn_started", fail)
    monkeypatch.setattr(run_scheduler, "note_turn_finished", fail)

    run_scheduler.run_turn()

    assert called == ["broken", "second"]
    assert "sign of life failed" in caplog.text


@pytest.mark.parametrize("took", [0.0, 15.0, 30.0])
def test_pause__after_a_turn_of_any_length__lets_a_page_appear_within_a_minute(took: float) -> None:
    pause = run_scheduler.get_pause(took)

    assert pause > 0
    # At worst a page is due just after one turn looked, and the next takes as long.
    assert took + pause + took <= 61
    assert took + pause <= 31
