"""What the editor is told, for everything that sites and the worker can say."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localtime
from wagtail.models import Page

from cms.changes.models import SiteReport
from cms.live.models import Outcome, Publication
from cms.live.verdicts import WATCHED_FOR, Verdict, build_verdict
from cms.live.words import format_duration
from tests.factories.live import build_report

NOW = timezone.now()
AT_THE_END = NOW + WATCHED_FOR


def build(**fields: Any) -> Publication:
    known = {"page": Page(pk=5), "is_public": True, "epoch": "e" * 8, "number": 41}
    return Publication(**{**known, "changed_at": NOW, "created_at": NOW, **fields})


def report(name: str = "web-1", seconds: float = 0.4, **fields: Any) -> SiteReport:
    at = NOW + datetime.timedelta(seconds=seconds)
    return build_report(name, **{"applied_at": at, "reported_at": at, **fields})


def judge(publication: Publication, *reports: SiteReport, now: datetime.datetime = NOW) -> Verdict:
    return build_verdict(publication, reports, now)


def test_verdict__the_site_has_applied_it__is_live_with_its_time_and_pages() -> None:
    settled = NOW + datetime.timedelta(seconds=4)
    verdict = judge(build(outcome=Outcome.AGREES), report(), now=settled)

    assert verdict == Verdict("live", "Live on the site: 0.4 s, 6 pages refreshed", is_final=True)


def test_verdict__the_worker_has_not_looked__is_live_but_may_still_change() -> None:
    verdict = judge(build(), report())

    assert (verdict.state, verdict.is_final) == ("live", False)


def test_verdict__the_site_still_makes_pages_anew__may_still_count_them() -> None:
    verdict = judge(build(outcome=Outcome.AGREES), report(refreshed_count=0))

    assert verdict == Verdict("live", "Live on the site: 0.4 s", is_final=False)


def test_verdict__the_worker_never_looks__is_live_at_the_end() -> None:
    assert judge(build(), report(), now=AT_THE_END).is_final


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"refreshed_count": 1}, "Live on the site: 0.4 s, 1 page refreshed"),
        ({"refreshed_count": 0}, "Live on the site: 0.4 s"),
        ({"number": 42}, "Live on the site: 0.4 s"),
    ],
)
def test_verdict__one_page_none_or_a_later_change__says_no_more_than_is_known(
    fields: dict[str, Any], text: str
) -> None:
    assert judge(build(outcome=Outcome.AGREES), report(**fields)).text == text


def test_verdict__two_sites__names_their_number_and_the_slower_one() -> None:
    verdict = judge(build(outcome=Outcome.AGREES), report(), report("web-2", 1.2))

    assert verdict.text == "Live on 2 sites: 1.2 s, 6 pages refreshed"


def test_verdict__many_pages_at_once__counts_them() -> None:
    verdict = judge(build(page_count=12, outcome=Outcome.AGREES), report())

    assert verdict.text == "12 pages live on the site: 0.4 s, 6 pages refreshed"


def test_verdict__unpublished__says_that_it_is_gone() -> None:
    verdict = judge(build(is_public=False, outcome=Outcome.AGREES), report())

    assert verdict.text == "No longer on the site: 0.4 s, 6 pages refreshed"


def test_verdict__one_of_two_sites_is_behind__waits_and_then_names_it() -> None:
    reports = (report(), report("web-2", number=40))
    waiting, end = judge(build(), *reports), judge(build(), *reports, now=AT_THE_END)

    assert (waiting.state, waiting.is_final) == ("waiting", False)
    assert waiting.text == "1 of 2 sites done, waiting for the rest…"
    assert (end.state, end.is_final) == ("unconfirmed", True)
    assert end.text == "Not confirmed: 1 of 2 sites has not shown the change yet (web-2)."


def test_verdict__the_site_is_behind__says_that_it_keeps_trying() -> None:
    verdict = judge(build(), report(number=40), now=AT_THE_END)

    assert verdict.text == "Not confirmed: the site has not shown the change yet."
    assert verdict.advice.startswith("It keeps trying.")


def test_verdict__the_site_of_another_epoch__has_not_applied_it() -> None:
    assert judge(build(), report(epoch="f" * 8, number=99)).state == "waiting"


def test_verdict__the_site_was_stopped_a_moment_ago__says_when_it_was_heard_of() -> None:
    last = report(seconds=-15, number=40)
    verdict = judge(build(), last, now=AT_THE_END)

    assert verdict.text.endswith(", before your change.")
    assert "It may not be running" in verdict.advice


def test_verdict__the_site_was_stopped_long_ago__says_when_it_was_heard_of() -> None:
    last = report(seconds=-3 * 24 * 3600, number=40)
    verdict = judge(build(outcome=Outcome.REFUSED), last, now=AT_THE_END)

    day = f"{localtime(last.reported_at):%b}"[:3]
    assert verdict.text.startswith("Not confirmed: the site was last heard of at ")
    assert day in verdict.text
    assert "The public address does not answer either." in verdict.text


def test_verdict__a_former_site_is_known_and_another_runs__asks_only_the_one_that_runs() -> None:
    former = report("old", seconds=-3600, number=12)

    assert judge(build(outcome=Outcome.AGREES), former, report()).text.startswith(
        "Live on the site: "
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [("", "SITE_KEY is not set"), ("a-key", "no site has said yet that it is running")],
)
def test_verdict__no_site_reports__says_why(settings: Any, key: str, words: str) -> None:
    settings.SITE_KEY = key
    verdict = judge(build(), now=AT_THE_END)

    assert verdict.state == "unconfirmed"
    assert words in verdict.text
    assert "The background worker, which would look at the page, has not done so." in verdict.text


def test_verdict__no_site_reports_but_the_address_shows_it__is_live() -> None:
    verdict = judge(build(outcome=Outcome.AGREES))

    assert verdict == Verdict(
        "live", "Live on the site: the public page has the new version", is_final=True
    )


def test_verdict__a_site_by_somebody_else__says_that_it_names_no_version() -> None:
    verdict = judge(build(outcome=Outcome.NO_VERSION), now=AT_THE_END)

    assert verdict.text == (
        "Not confirmed: the public page answered; it does not say which version it shows."
    )


def test_verdict__the_public_address_shows_another_version__is_told_at_the_end() -> None:
    publication = build(outcome=Outcome.OTHER_VERSION)

    assert judge(publication, report()).state == "live"
    end = judge(publication, report(), now=AT_THE_END)
    assert end.text == "Not confirmed: the public page still shows another version."
    assert "keeps a copy" in end.advice


@pytest.mark.parametrize(
    ("is_public", "status", "words"),
    [
        (True, 503, "answered with an error (status 503)"),
        (False, 200, "still answers (status 200)"),
    ],
)
def test_verdict__the_public_address_answers_with_another_status__names_it(
    is_public: bool, status: int, words: str
) -> None:
    publication = build(is_public=is_public, outcome=Outcome.OTHER_STATUS, status=status)

    assert words in judge(publication, now=AT_THE_END).text


def test_verdict__the_public_address_is_too_slow__says_so() -> None:
    verdict = judge(build(outcome=Outcome.TIMED_OUT), now=AT_THE_END)

    assert "The public address took too long to answer." in verdict.text


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("reports", [(), (report(),), (report(number=1),), (report(seconds=-900),)])
@pytest.mark.parametrize("is_public", [True, False])
def test_verdict__whatever_happened__ends_with_a_sentence(
    outcome: Outcome, reports: tuple[SiteReport, ...], is_public: bool
) -> None:
    verdict = judge(build(outcome=outcome, is_public=is_public), *reports, now=AT_THE_END)

    assert verdict.is_final
    assert verdict.state in ("live", "unconfirmed")
    assert (verdict.state == "unconfirmed") == bool(verdict.advice)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-1, "0.1 s"), (0.44, "0.4 s"), (9.9, "9.9 s"), (42.4, "42 s"), (181, "3 min")],
)
def test_duration__of_any_length__is_as_people_say_it(seconds: float, words: str) -> None:
    assert format_duration(seconds) == words
