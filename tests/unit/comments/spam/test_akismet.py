"""Akismet, asked over its protocol: every answer that it may give, and none at all."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from django.core.checks import Error, Warning
from django.core.checks.registry import registry

from cms.comments.choices import Verdict
from cms.comments.spam import akismet as ours
from cms.comments.spam import checks
from cms.comments.spam.akismet import AkismetProvider
from tests.factories.spam import build_message
from tests.unit.comments.spam.akismet_server import AkismetServer, Answer, run_akismet

KEY = "0123456789ab"
THANKS = "Thanks for making the web a better place."


@pytest.fixture
def server(settings: Any) -> Iterator[AkismetServer]:
    settings.AKISMET_KEY = KEY
    settings.AKISMET_TIMEOUT_SECONDS = 5
    with run_akismet() as running:
        yield running


@pytest.fixture
def provider(server: AkismetServer) -> AkismetProvider:
    return AkismetProvider(server.transport)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer("false"), Verdict.HAM),
        (Answer("true"), Verdict.SPAM),
        (Answer("true", headers={"X-akismet-pro-tip": "discard"}), Verdict.DISCARD),
    ],
)
def test_check__akismet_answers__is_its_verdict(
    server: AkismetServer, provider: AkismetProvider, answer: Answer, verdict: Verdict
) -> None:
    server.answers["comment-check"] = answer
    finding = provider.check(build_message())
    assert (finding.provider, finding.verdict) == ("akismet", verdict)
    assert "Akismet" in finding.reasons[0].text


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("invalid"), ours.BAD_KEY),
        (Answer("perhaps"), ours.NONSENSE),
        (Answer(""), ours.NONSENSE),
        (Answer("false", status=500), "Akismet is out of order (status 500)"),
        (Answer("false", status=429), "Akismet is out of order (status 429)"),
        (Answer("", status=302, headers={"Location": "/elsewhere"}), "(status 302)"),
    ],
)
def test_check__no_verdict__is_unknown_and_says_why(
    server: AkismetServer, provider: AkismetProvider, answer: Answer, why: str
) -> None:
    server.answers["comment-check"] = answer
    finding = provider.check(build_message())
    assert finding.verdict == Verdict.UNKNOWN
    assert why in finding.reasons[0].text


def test_check__slower_than_the_time_out__is_unknown(
    server: AkismetServer, provider: AkismetProvider, settings: Any
) -> None:
    settings.AKISMET_TIMEOUT_SECONDS = 0.2
    server.answers["comment-check"] = Answer(seconds=0.6)
    finding = provider.check(build_message())
    assert finding.verdict == Verdict.UNKNOWN
    assert finding.reasons[0].text == ours.SLOW


def test_check__slower_than_the_clients_own_second__is_waited_for(
    server: AkismetServer, provider: AkismetProvider
) -> None:
    server.answers["comment-check"] = Answer("true", seconds=1.2)
    assert provider.check(build_message()).verdict == Verdict.SPAM


def test_check__down__is_unknown(settings: Any) -> None:
    settings.AKISMET_KEY = KEY
    with run_akismet() as stopped:
        transport = stopped.transport
    finding = AkismetProvider(transport).check(build_message())
    assert finding.verdict == Verdict.UNKNOWN
    assert finding.reasons[0].text == ours.UNREACHABLE


def test_check__no_address__asks_nobody(server: AkismetServer, provider: AkismetProvider) -> None:
    finding = provider.check(build_message(address=None))
    assert finding.verdict == Verdict.UNKNOWN
    assert finding.reasons[0].text == ours.NO_ADDRESS
    assert server.requests == []


def test_check__everything_known__is_sent(server: AkismetServer, provider: AkismetProvider) -> None:
    message = build_message(
        "Ça va ✓",
        honeypot="filled",
        is_reply=True,
        page_changed_at=datetime(2026, 2, 1, 8, 30, tzinfo=UTC),
    )
    provider.check(message)
    assert server.requests == [
        (
            "comment-check",
            {
                "api_key": KEY,
                "blog": "http://localhost:3000",
                "user_ip": message.address,
                "blog_charset": "UTF-8",
                "blog_lang": "en_us",
                "comment_author": "Anna",
                "comment_author_email": "anna@example.org",
                "comment_author_url": "filled",
                "comment_content": "Ça va ✓",
                "comment_context": "Massage for Multiple Sclerosis",
                "comment_date_gmt": "2026-03-02T12:00:00+00:00",
                "comment_post_modified_gmt": "2026-02-01T08:30:00+00:00",
                "comment_type": "reply",
                "honeypot_field_name": "comment_author_url",
                "permalink": message.page_url,
                "referrer": message.referrer,
                "user_agent": message.user_agent,
            },
        )
    ]


def test_check__development__teaches_akismet_nothing(
    server: AkismetServer, provider: AkismetProvider, settings: Any
) -> None:
    settings.DEBUG = True
    provider.check(build_message(email="", page_changed_at=None))
    fields = server.requests[0][1]
    assert fields["is_test"] == "true"
    assert not fields.keys() & {"comment_author_email", "comment_post_modified_gmt"}


@pytest.mark.parametrize(("is_spam", "endpoint"), [(True, "submit-spam"), (False, "submit-ham")])
def test_report__decision__is_sent(
    server: AkismetServer, provider: AkismetProvider, is_spam: bool, endpoint: str
) -> None:
    server.answers[endpoint] = Answer(THANKS)
    assert provider.report(build_message("Some text"), is_spam=is_spam)
    assert [(name, sent["comment_content"]) for name, sent in server.requests] == [
        (endpoint, "Some text")
    ]


@pytest.mark.parametrize("answer", [Answer("invalid"), Answer("what"), Answer(THANKS, status=503)])
def test_report__not_taken__is_to_be_tried_again(
    server: AkismetServer, provider: AkismetProvider, answer: Answer
) -> None:
    server.answers["submit-spam"] = answer
    assert not provider.report(build_message(), is_spam=True)


def test_report__no_address__has_nothing_to_do(
    server: AkismetServer, provider: AkismetProvider
) -> None:
    assert provider.report(build_message(address=None), is_spam=True)
    assert server.requests == []


@pytest.mark.parametrize(
    "answer", [Answer("false"), Answer("invalid"), Answer(f"{KEY} anna@"), Answer(status=500)]
)
def test_log__whatever_akismet_says__has_no_key_address_or_text(
    server: AkismetServer,
    provider: AkismetProvider,
    caplog: pytest.LogCaptureFixture,
    answer: Answer,
) -> None:
    server.answers["comment-check"] = server.answers["submit-ham"] = answer
    message = build_message("A secret matter")
    with caplog.at_level(logging.DEBUG):
        finding = provider.check(message)
        provider.report(message, is_spam=False)
    said = caplog.text + "".join(reason.text for reason in finding.reasons)
    for private in (KEY, "secret", "anna@", "192.0.2.7"):
        assert private not in said


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, server: AkismetServer) -> AkismetServer:
    """The system check asks this server."""
    monkeypatch.setattr(checks, "AkismetProvider", lambda: AkismetProvider(server.transport))
    return server


def test_system_check__valid_key__is_silent(asked: AkismetServer) -> None:
    asked.answers["verify-key"] = Answer("valid")
    assert checks.check_akismet_key() == []
    assert asked.requests == [("verify-key", {"key": KEY, "blog": "http://localhost:3000"})]


def test_system_check__refused_key__is_an_error_that_says_what_to_do(asked: AkismetServer) -> None:
    asked.answers["verify-key"] = Answer("invalid")
    (found,) = checks.check_akismet_key()
    assert isinstance(found, Error)
    assert found.id == "comments.E001"
    assert "AKISMET_KEY" in str(found.hint)
    assert KEY not in str(found)


@pytest.mark.parametrize("answer", [Answer("odd"), Answer(status=500)])
def test_system_check__no_answer__is_a_warning(asked: AkismetServer, answer: Answer) -> None:
    asked.answers["verify-key"] = answer
    (found,) = checks.check_akismet_key()
    assert isinstance(found, Warning)
    assert found.id == "comments.W001"


def test_system_check__no_key__asks_nobody(asked: AkismetServer, settings: Any) -> None:
    settings.AKISMET_KEY = ""
    assert checks.check_akismet_key() == []
    assert asked.requests == []


def test_system_check__is_for_deployment_alone() -> None:
    assert checks.check_akismet_key in registry.get_checks(include_deployment_checks=True)
    assert checks.check_akismet_key not in registry.get_checks()


def test_provider__without_a_transport__uses_the_network() -> None:
    """The transport is for tests alone: without one, httpx makes its own."""
    assert AkismetProvider()._transport is None
    assert isinstance(httpx.Client()._transport, httpx.HTTPTransport)
