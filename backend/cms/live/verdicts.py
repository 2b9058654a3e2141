"""What the editor is told of a publication, from what sites report and what the worker found."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from cms.changes.models import SiteReport
from cms.live import words
from cms.live.models import Outcome, Publication
from cms.live.sites import is_running

# The editor is told how it stands, for good, after so long.
WATCHED_FOR: Final = datetime.timedelta(seconds=20)
# A site says first that it has the change, and a little later how many pages it made anew for it.
_SETTLED_AFTER: Final = datetime.timedelta(seconds=2.5)
_AGREEING: Final = frozenset({Outcome.AGREES, Outcome.NO_VERSION})
_CONTRADICTING: Final = frozenset({Outcome.OTHER_VERSION, Outcome.OTHER_STATUS})


@dataclass(frozen=True)
class Verdict:
    """Where a publication stands: `state` is "waiting", "live" or "unconfirmed".

    `advice` is what to do about it, or "". `is_final`: it will not be told otherwise.
    """

    state: str
    text: str
    advice: str = ""
    is_final: bool = False


def build_verdict(
    publication: Publication, reports: Sequence[SiteReport], now: datetime.datetime
) -> Verdict:
    """The verdict at `now`, from what every site that is known has reported."""
    is_over = now - publication.created_at >= WATCHED_FOR
    outcome = Outcome(publication.outcome)
    running = [report for report in reports if is_running(report, now)]
    applied = [report for report in running if has_applied(report, publication)]
    if running and len(applied) == len(running):
        if is_over and outcome in _CONTRADICTING:
            return _build_unconfirmed(words.explain_other_answer(publication))
        text = words.describe_live(publication, applied)
        # The worker's look may still find that the public address shows something else.
        is_settled = all(now - report.applied_at >= _SETTLED_AFTER for report in applied)
        return Verdict("live", text, is_final=is_over or (is_settled and outcome in _AGREEING))
    if not running and outcome is Outcome.AGREES:
        return Verdict("live", words.describe_shown(publication), is_final=True)
    if not is_over:
        return Verdict("waiting", words.describe_waiting(publication, applied, running))
    if running:
        late = [report for report in running if report not in applied]
        return _build_unconfirmed(words.explain_late(late, len(running), publication))
    return _build_unconfirmed(_explain_silence(publication, outcome, reports))


def has_applied(report: SiteReport, publication: Publication) -> bool:
    """Whether the site has taken over the change."""
    return report.epoch == publication.epoch and report.number >= publication.number


def _explain_silence(
    publication: Publication, outcome: Outcome, reports: Collection[SiteReport]
) -> words.Explanation:
    if outcome is Outcome.NO_VERSION or outcome in _CONTRADICTING:
        return words.explain_other_answer(publication)
    if reports:
        last = max(reports, key=lambda report: report.reported_at)
        return words.explain_stopped(last, outcome)
    return words.explain_unknown_site(outcome, has_key=bool(settings.SITE_KEY))


def _build_unconfirmed(explanation: words.Explanation) -> Verdict:
    text, advice = explanation
    return Verdict("unconfirmed", f"Not confirmed: {text}", advice, is_final=True)
