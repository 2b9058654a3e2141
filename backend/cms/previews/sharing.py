"""Links to drafts: who may give one away, making it, and ending it.

A link shows the version that was saved last when it was made, and goes on showing that version.
"""

import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

from cms.core.base_page import BasePage
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import take_snapshot

LIFETIMES: Final = {
    "1 hour": datetime.timedelta(hours=1),
    "1 day": datetime.timedelta(days=1),
    "3 days": datetime.timedelta(days=3),
    "7 days": datetime.timedelta(days=7),
    "14 days": datetime.timedelta(days=14),
    "30 days": datetime.timedelta(days=30),
}
"""How long a link may work, by what editors choose from."""
DEFAULT_LIFETIME: Final = "7 days"

SHARE_ACTION: Final = "cms.previews.share"
REVOKE_ACTION: Final = "cms.previews.revoke"

# Of Wagtail's permissions, those that let somebody show a page to others.
_SHARING_ACTIONS: Final = frozenset({"change", "publish"})


class LinkState(TextChoices):
    """What has become of a link."""

    OPEN = "open", "Open"
    ENDED = "ended", "Ended"
    REVOKED = "withdrawn", "Withdrawn"


def get_state(snapshot: DraftSnapshot) -> LinkState:
    """What has become of the link to `snapshot`."""
    if snapshot.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.OPEN if snapshot.is_open else LinkState.ENDED


def build_state_query(state: LinkState) -> Q:
    """The links that are in `state` now."""
    if state == LinkState.REVOKED:
        return Q(revoked_at__isnull=False)
    is_over = Q(expires_at__lte=timezone.now())
    return Q(revoked_at=None) & (is_over if state == LinkState.ENDED else ~is_over)


def may_share(page: Page, user: Any) -> bool:
    """Whether `user` may share drafts of `page`, and see and withdraw the links to them.

    A lock, a schedule or moderation keeps nobody from it: sharing changes nothing on the page.
    """
    if not issubclass(page.specific_class or Page, BasePage):
        return False
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_publish() or permissions.can_edit())


def may_see_list(user: Any) -> bool:
    """Whether there may be pages whose links `user` may see."""
    policy = policy_registry.get_by_type(Page)
    # Whoever may add pages may edit their own.
    has_pages: bool = policy.user_has_any_permission(user, {"add", *_SHARING_ACTIONS})
    return has_pages or bool(TaskState.objects.reviewable_by(user).exists())


def get_shared_drafts(user: Any) -> QuerySet[DraftSnapshot]:
    """The shared drafts of all pages that `user` may edit or publish, the latest first."""
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_any_permission_for(user, _SHARING_ACTIONS)
    # A moderator may edit a page for as long as it waits for them.
    awaiting = TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type=get_default_page_content_type()
    )
    is_theirs = Q(page__in=pages.order_by().values("pk")) | Q(
        object_id__in=awaiting.order_by().values("workflow_state__object_id")
    )
    return _select_shared().filter(is_theirs)


def get_shared_drafts_of(page: Page) -> QuerySet[DraftSnapshot]:
    """The shared drafts of one page, the latest first."""
    return _select_shared().filter(page=page)


def share_draft(
    page: BasePage, user: Any, lifetime: datetime.timedelta, note: str = ""
) -> DraftSnapshot:
    """Keep a copy of `page`, as it is in memory, that whoever has the link may see for `lifetime`.

    `page` is the version that was saved last, as an object; `note` says for whom the link is.
    Raises `ValueError` for a lifetime that is none of `LIFETIMES`.
    """
    if lifetime not in LIFETIMES.values():
        raise ValueError(f"A link cannot be given a lifetime of {lifetime}.")
    now = timezone.now()
    with transaction.atomic():
        snapshot = DraftSnapshot.objects.create(
            kind=SnapshotKind.SHARED,
            created_by=user,
            created_at=now,
            expires_at=now + lifetime,
            note=note,
            **take_snapshot(page),
        )
        data = {"note": note, "expires_at": snapshot.expires_at.isoformat()}
        log(instance=page, action=SHARE_ACTION, user=user, data=data)
    return snapshot


def revoke(snapshot: DraftSnapshot, user: Any) -> bool:
    """End the link to a shared draft now, and forget its content. False where it had ended."""
    now = timezone.now()
    with transaction.atomic():
        still_open = DraftSnapshot.objects.filter(build_state_query(LinkState.OPEN), pk=snapshot.pk)
        if not still_open.update(revoked_at=now, revoked_by=user, content={}):
            return False
        page = snapshot.page
        if page is not None:
            data = {"note": snapshot.note}
            log(instance=page.specific_deferred, action=REVOKE_ACTION, user=user, data=data)
    snapshot.revoked_at, snapshot.revoked_by, snapshot.content = now, user, {}
    return True


def _select_shared() -> QuerySet[DraftSnapshot]:
    return (
        DraftSnapshot.objects.filter(kind=SnapshotKind.SHARED)
        .select_related("page", "created_by", "revoked_by")
        .order_by("-created_at", "pk")
    )
