"""Saying that something changed for readers, in the transaction that changes it."""

from django.db import transaction
from django.utils import timezone

from cms.changes.models import PendingChange
from cms.changes.numbering import number_pending_or_log

# Whatever a site keeps.
ALL = "all"


def record_change(*tags: str) -> None:
    """Write down what changes for readers; nothing for no tags.

    It commits with the change itself, or not at all. The number follows right after the commit;
    should the process die in between, whoever reads the feed next gives it.
    """
    if not tags:
        return
    PendingChange.objects.create(tags=sorted(set(tags)), at=timezone.now())
    transaction.on_commit(number_pending_or_log)
