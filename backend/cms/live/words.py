"""The sentences about a publication, for people who write and do not run servers."""

import datetime
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from cms.changes.models import SiteReport
from cms.live.counts import count
from cms.live.models import Outcome, Publication

# What is the matter, and what to do about it.
Explanation = tuple[str, str]

_ASK: Final = "ask whoever looks after the site"
_KEEPS_TRYING: Final = "It keeps trying. Open the page in a minute"
_NO_LOOK: Final = {
    Outcome.WAITING: "The background worker, which would look at the page, has not done so.",
    Outcome.REFUSED: "The public address does not answer either.",
    Outcome.TIMED_OUT: "The public address took too long to answer.",
}


def describe_live(publication: Publication, applied: Sequence[SiteReport]) -> str:
    """All sites have it: how soon, and how many pages they made anew for it."""
    changed_at = publication.changed_at
    seconds = max((report.applied_at - changed_at).total_seconds() for report in applied)
    parts = [format_duration(seconds)]
    # A site that has gone on to a later change counts that one's pages.
    if all(report.number == publication.number for report in applied):
        refreshed = max(report.refreshed_count for report in applied)
        if refreshed:
            parts.append(f"{count(refreshed, 'page')} refreshed")
    return f"{_say_where(publication, len(applied))}: {', '.join(parts)}"


def describe_shown(publication: Publication) -> str:
    """No site reports, but the public address shows it."""
    shown = "the public page has the new version" if publication.is_public else "the page is gone"
    return f"{_say_where(publication, 1)}: {shown}"


def describe_waiting(
    publication: Publication, applied: Sequence[SiteReport], running: Sequence[SiteReport]
) -> str:
    """Not all sites have it yet."""
    if applied:
        return f"{len(applied)} of {count(len(running), 'site')} done, waiting for the rest…"
    if publication.is_public:
        return "Waiting for the site to show it…"
    return "Waiting for the site to take it down…"


def explain_late(
    late: Sequence[SiteReport], site_count: int, publication: Publication
) -> Explanation:
    """Sites that run, or ran a minute ago, and have not taken the change over."""
    last = max(late, key=lambda report: report.reported_at)
    advice = f"{_KEEPS_TRYING}; if it is still the old one, {_ASK}."
    if site_count > 1:
        names = ", ".join(report.name for report in late)
        verb = "has" if len(late) == 1 else "have"
        return (
            f"{len(late)} of {site_count} sites {verb} not shown the change yet ({names}).",
            advice,
        )
    if last.reported_at < publication.changed_at:
        text = f"the site was last heard of at {format_time(last.reported_at)}, before your change."
        return text, f"It may not be running: {_ASK}."
    return "the site has not shown the change yet.", advice


def explain_stopped(last: SiteReport, outcome: Outcome) -> Explanation:
    """No site runs; one did."""
    text = f"the site was last heard of at {format_time(last.reported_at)}."
    return f"{text}{_add_look(outcome)}", f"It may not be running: {_ASK}."


def explain_unknown_site(outcome: Outcome, *, has_key: bool) -> Explanation:
    """No site has ever said what it shows."""
    if has_key:
        text = "no site has said yet that it is running."
        return f"{text}{_add_look(outcome)}", f"Open the public page to see; otherwise {_ASK}."
    text = "sites cannot report what they show, because SITE_KEY is not set."
    advice = f"Open the public page to see. To have it checked here, {_ASK} to set SITE_KEY."
    return f"{text}{_add_look(outcome)}", advice


def explain_other_answer(publication: Publication) -> Explanation:
    """The public address answered, but not with what it should."""
    if publication.outcome == Outcome.NO_VERSION:
        text = "the public page answered; it does not say which version it shows."
        return text, "Open the page to see."
    if publication.outcome == Outcome.OTHER_VERSION:
        text = "the public page still shows another version."
        return text, (
            "Perhaps something in between keeps a copy. Open the page in a minute; if it is still "
            f"the old one, {_ASK}."
        )
    if not publication.is_public:
        text = f"the public address still answers (status {publication.status})."
        return text, f"Open it in a minute; if readers still find the page, {_ASK}."
    text = f"the public address answered with an error (status {publication.status})."
    return text, f"Open the page in a minute; if readers cannot read it, {_ASK}."


def format_duration(seconds: float) -> str:
    """A wait as people say it: "0.4 s", "12 s", "3 min"."""
    shown = max(seconds, 0.1)
    if shown < 10:
        return f"{shown:.1f} s"
    return f"{shown:.0f} s" if shown < 100 else f"{shown / 60:.0f} min"


def format_time(moment: datetime.datetime) -> str:
    """A time of day; of another day, with its date."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return date_format(local, "P" if is_today else "P, N j")


def _say_where(publication: Publication, site_count: int) -> str:
    place = "the site" if site_count == 1 else f"{site_count} sites"
    pages = publication.page_count
    if publication.is_public:
        return f"Live on {place}" if pages == 1 else f"{count(pages, 'page')} live on {place}"
    if pages == 1:
        return f"No longer on {place}"
    return f"{count(pages, 'page')} no longer on {place}"


def _add_look(outcome: Outcome) -> str:
    if outcome is Outcome.REFUSED:
        return f" {_NO_LOOK[outcome]} ({settings.SITE_URL})"
    return f" {_NO_LOOK[outcome]}" if outcome in _NO_LOOK else ""
