"""The worker's look at the public address of what was published."""

import datetime
import logging
from typing import Final

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from cms.live.checking import check_publication
from cms.live.models import Outcome, Publication

logger = logging.getLogger(__name__)

# Seconds to wait before the next look, where the site has not come round yet.
_WAITS: Final = (1, 2, 4)
_SETTLED: Final = frozenset({Outcome.AGREES, Outcome.NO_VERSION})


@task(backend="background")
def check_public_page(publication_id: int, looks: int = 0) -> str:
    """Look at the public address; what was found.

    `looks` is how many there were before. Where it is not as it should be, one more follows soon.
    """
    publication = Publication.objects.select_related("page").filter(pk=publication_id).first()
    seconds = settings.PUBLIC_PAGE_TIMEOUT_SECONDS
    if publication is None or seconds is None:
        return ""
    outcome = check_publication(publication, seconds)
    if outcome not in _SETTLED and looks < len(_WAITS) and _may_wait():
        later = timezone.now() + datetime.timedelta(seconds=_WAITS[looks])
        check_public_page.using(run_after=later).enqueue(publication_id, looks + 1)
    return str(outcome)


def _may_wait() -> bool:
    # A queue that does everything at once knows no later.
    return bool(check_public_page.get_backend().supports_defer)


def enqueue_check(publication: Publication) -> None:
    """Ask the worker to look, where this installation looks at all."""
    if settings.PUBLIC_PAGE_TIMEOUT_SECONDS is not None:
        check_public_page.enqueue(publication.pk)
