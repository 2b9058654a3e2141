"""The scheduler goes on when one of its commands fails."""

import logging

import pytest

from cms.config.management.commands import run_scheduler

pytestmark = pytest.mark.django_db


def fail(name: str) -> None:
    raise RuntimeError(f"{name} is broken")


def test_run_scheduler__every_command_that_it_names__runs() -> None:
    for name in run_scheduler.COMMANDS:
        run_scheduler.run_guarded(name)


def test_run_scheduler__a_command_that_fails__is_logged_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(run_scheduler, "call_command", fail)
    with caplog.at_level(logging.ERROR):
        run_scheduler.run_guarded("publish_scheduled")
    assert "publish_scheduled failed" in caplog.text
    assert "publish_scheduled is broken" in caplog.text
