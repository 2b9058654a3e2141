"""Who is asked about a comment, and what their findings say together."""

from collections.abc import Sequence

from django.conf import settings

from cms.comments.choices import Verdict
from cms.comments.spam.akismet import AkismetProvider
from cms.comments.spam.local.provider import LocalProvider
from cms.comments.spam.message import Finding, Provider


def get_providers() -> list[Provider]:
    """Our own checks, and Akismet where the installation has a key."""
    providers: list[Provider] = [LocalProvider()]
    if settings.AKISMET_KEY:
        providers.append(AkismetProvider())
    return providers


def combine(findings: Sequence[Finding]) -> Finding:
    """The verdict of all, with all reasons.

    One who takes it for spam is enough, for a person looks there too. It is discarded only where
    nobody objects, and it is no spam only where everybody says so.
    """
    return Finding(
        provider=", ".join(finding.provider for finding in findings),
        verdict=_combine_verdicts({finding.verdict for finding in findings}),
        reasons=tuple(reason for finding in findings for reason in finding.reasons),
    )


def _combine_verdicts(verdicts: set[Verdict]) -> Verdict:
    if Verdict.DISCARD in verdicts and Verdict.HAM not in verdicts:
        return Verdict.DISCARD
    if verdicts & {Verdict.SPAM, Verdict.DISCARD}:
        return Verdict.SPAM
    return Verdict.HAM if verdicts == {Verdict.HAM} else Verdict.UNKNOWN
