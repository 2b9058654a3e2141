"""Who is asked, and what several answers come to."""

from typing import Any

import pytest

from cms.comments.choices import Verdict
from cms.comments.spam.message import Finding, Reason
from cms.comments.spam.providers import combine, get_providers

HAM, SPAM, DISCARD, UNKNOWN = Verdict.HAM, Verdict.SPAM, Verdict.DISCARD, Verdict.UNKNOWN


@pytest.mark.parametrize(("key", "names"), [("", ["local"]), ("k", ["local", "akismet"])])
def test_get_providers__key_or_none__are_these(settings: Any, key: str, names: list[str]) -> None:
    settings.AKISMET_KEY = key
    assert [provider.name for provider in get_providers()] == names


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([HAM], HAM),
        ([HAM, HAM], HAM),
        ([HAM, UNKNOWN], UNKNOWN),
        ([HAM, SPAM], SPAM),
        ([SPAM, UNKNOWN], SPAM),
        ([DISCARD, UNKNOWN], DISCARD),
        ([SPAM, DISCARD], DISCARD),
        ([HAM, DISCARD], SPAM),
        ([], UNKNOWN),
    ],
)
def test_combine__verdicts__come_to(verdicts: list[Verdict], together: Verdict) -> None:
    findings = [
        Finding(str(number), verdict, (Reason("x", str(number), 0),))
        for number, verdict in enumerate(verdicts)
    ]
    combined = combine(findings)
    assert combined.verdict == together
    assert [reason.text for reason in combined.reasons] == list(map(str, range(len(verdicts))))
