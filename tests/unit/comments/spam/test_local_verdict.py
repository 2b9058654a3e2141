"""What our own checks make of whole comments."""

# Look-alike letters are what some of these are about.
# ruff: noqa: RUF001

import logging
from typing import Any

import pytest

from cms.comments.choices import Verdict
from cms.comments.spam.local import provider as local
from cms.comments.spam.local.provider import DISCARD_FROM, SPAM_FROM, LocalProvider, decide
from cms.comments.spam.message import Message, Reason
from tests.factories.spam import build_message


@pytest.mark.parametrize(
    "text",
    [
        "I CANT TAKE THIS PAIN ANYMORE!!!!!!!!!! NOBODY LISTENS",
        "soo mch pain in neck cnt type sory",
        "My GP is Dr Miller, www.drmiller.example, she listens.",
        "Study: https://pubmed.ncbi.nlm.nih.gov/31045871/ Worth reading.",
        "У меня рассеянный склероз, массаж снимает боль. Спасибо за сайт!",
        "多发性硬化症患者可以按摩吗？",
        "I work in an online casino, and my back hurts. I take Viagra, opioids and CBD oil.",
        "I took a loan for the clinic, lost 30 pounds, and the weight loss helped my knees.",
        "Great article, thank you for sharing! I will bookmark your website.",
        "Please email me at sue@example.com about an appointment.",
        "It started in 2009 with numbness. " * 250,
        "",
    ],
)
def test_check__real_reader__is_no_spam(text: str) -> None:
    assert LocalProvider().check(build_message(text)).verdict == Verdict.HAM


@pytest.mark.parametrize(
    "text",
    [
        "Best online casino, free spins: https://luckyslots.example",
        "[url=https://a.example]cheap shoes[/url]",
        "Hi, I visited your website. We offer SEO services. info@rank.example",
        "Dr Obi cured me of herpes with herbal medicine. WhatsApp +234 803 555 0188",
        "Buy tramadol online without prescription www.meds.example",
        "I invested $500 with Mr Lee and got $5,000 profit. Telegram @leetrades",
        "Great post! Feel free to visit my blog www.sofas.example",
    ],
)
def test_check__spam_of_a_careful_sender__is_spam_but_not_discarded(text: str) -> None:
    finding = LocalProvider().check(build_message(text))
    assert finding.verdict == Verdict.SPAM
    assert sum(reason.weight for reason in finding.reasons) >= SPAM_FROM


def test_check__spam_of_a_program__is_discarded() -> None:
    text = "Best online casino, free spins: https://luckyslots.example"
    finding = LocalProvider().check(build_message(text, honeypot="x", seconds=None))
    assert finding.verdict == Verdict.DISCARD


@pytest.mark.parametrize(
    "changes",
    [
        {"seconds": 1},
        {"seconds": None},
        {"seconds": 90_000, "user_agent": ""},
        {"honeypot": "Anna", "seconds": None},
        {"from_address": 14},
        {"same_text": 3},
        {"on_page": 500},
    ],
)
def test_check__one_odd_thing_about_the_sender__is_no_spam(changes: dict[str, Any]) -> None:
    text = "My neck hurts since the accident. Is massage safe when it is swollen, or do I wait?"
    assert LocalProvider().check(build_message(text, **changes)).verdict == Verdict.HAM


def test_check__blocked_word__is_spam_and_never_discarded() -> None:
    message = build_message("a loan shark", blocked_words=["loan shark"], name="www.x.example")
    assert LocalProvider().check(message).verdict == Verdict.SPAM


def test_decide__words_alone__are_never_discarded() -> None:
    words = [Reason("stock_phrase", "", DISCARD_FROM), Reason("links", "", DISCARD_FROM)]
    assert decide(words) == Verdict.SPAM
    assert decide([*words, Reason("honeypot", "", 4)]) == Verdict.DISCARD


def test_check__a_check_breaks__is_unknown_and_the_log_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(message: Message) -> Reason | None:
        raise ValueError(message.text)

    monkeypatch.setattr(local, "CHECKS", (fail, *local.CHECKS))
    with caplog.at_level(logging.DEBUG):
        finding = LocalProvider().check(build_message("A secret", honeypot="filled"))
    assert finding.verdict == Verdict.UNKNOWN
    assert [reason.code for reason in finding.reasons] == ["failed", "honeypot"]
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_report__local__has_nothing_to_do() -> None:
    assert LocalProvider().report(build_message(), is_spam=True)
