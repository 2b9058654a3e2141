"""A site on which a page of every kind is hidden in every way, each with its own canary words."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import AbstractUser, Group
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Workflow,
)

from cms.branding.models import BrandingSettings
from cms.comments.choices import CommentStatus
from cms.comments.models import OriginalComment
from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.core.base_page import BasePage
from cms.pages.models import StandardPage
from cms.previews import tokens
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import Draft, get_path
from tests.factories.branding import build_branding
from tests.factories.comments import CommentFactory
from tests.factories.drafts import build_snapshot
from tests.factories.logins import build_login
from tests.factories.pages import build_site
from tests.leaks.filling import Filler, add_comment
from tests.leaks.words import Words

EDITOR: Final = "the editor"
IN_SECTION: Final = "in a private section"
READERS: Final = "what readers see"
_YESTERDAY: Final = datetime.timedelta(days=-1)
_A_WEEK: Final = datetime.timedelta(days=7)


@dataclass(frozen=True)
class HiddenDraft:
    """A version that readers may not see: whose words it has, where it is, and what opens it.

    `page_id` is None for what is no saved page; `dead_tokens` are its own, but open nothing.
    """

    owner: str
    draft: Draft
    page_id: int | None
    path: str
    token: str
    dead_tokens: dict[str, str]


@dataclass
class LeakWorld:
    """What `build_leak_world` has built. `hidden_ids` are of pages that readers may not see, and
    `linked_ids` of those that everything links to: all hidden ones, and one that readers may see.
    """

    words: Words = field(default_factory=Words)
    hidden: list[HiddenDraft] = field(default_factory=list)
    hidden_ids: list[int] = field(default_factory=list)
    linked_ids: list[int] = field(default_factory=list)
    once_public_paths: set[str] = field(default_factory=set)
    redirects_to_hidden: list[str] = field(default_factory=list)
    editor: AbstractUser = field(init=False)
    leaver: AbstractUser = field(init=False)
    document: Any = None

    def fill(self, instance: Any, owner: str) -> None:
        """Put words of `owner` into everything that an editor writes."""
        Filler(self.words, owner, self.linked_ids).fill(instance)
        if isinstance(instance, Page):
            comment = self.words.mint(f"a comment on {owner}", "Comment.text")
            add_comment(instance, self.editor, comment)

    def hide(self, draft: Draft, owner: str, **place: Any) -> None:
        """Note a version that readers may not see, and share it."""
        snapshot = self._share(draft, owner, **place)
        token = tokens.sign(snapshot)
        expired = self._share(draft, owner, lifetime=_YESTERDAY, **place)
        revoked = self._share(draft, owner, revoked_at=timezone.now(), **place)
        # What an editor alone has seen ends with the editor's account.
        of_leaver = {**place, "kind": SnapshotKind.VERSION, "created_by": self.leaver}
        left = self._share(draft, owner, **of_leaver)
        dead_tokens = {
            "expired": tokens.sign(expired),
            "revoked": tokens.sign(revoked),
            "of somebody who has left": tokens.sign(left),
            **_tamper_with(token),
        }
        path = get_path(snapshot)
        self.hidden.append(HiddenDraft(owner, draft, draft.pk, path, token, dead_tokens))

    def _share(self, draft: Draft, owner: str, **options: Any) -> DraftSnapshot:
        note = self.words.mint(f"the note on {owner}", "DraftSnapshot.note")
        return build_snapshot(draft, **{"note": note, "created_by": self.editor, **options})


def _tamper_with(token: str) -> dict[str, str]:
    content, _, signature = token.rpartition(":")
    other = "A" if signature[0] != "A" else "B"
    snapshot_id, _, expiry = content.partition(".")
    return {
        "tampered signature": f"{content}:{other}{signature[1:]}",
        "tampered expiry": f"{snapshot_id}.{int(expiry) + 1}:{signature}",
        "cut short": token[:-1],
        "without a signature": content,
    }


# How a page is hidden. Each is given a page with its first words, neither live nor published yet.


def _keep_as_draft(world: LeakWorld, page: BasePage, owner: str) -> None:
    _save_draft(world, page, owner)
    later = _load(page)
    world.fill(later, f"{owner}, saved again")
    _save_draft(world, later, f"{owner}, saved again", is_saved=False)


def _never_publish(world: LeakWorld, page: BasePage, owner: str) -> None:
    _save_draft(world, page, owner)
    Workflow.objects.get().start(_load(page), world.editor)


def _schedule(world: LeakWorld, page: BasePage, owner: str) -> None:
    page.go_live_at = timezone.now() + _A_WEEK
    page.save()
    page.save_revision(clean=False).publish()
    world.hide(_load(page), owner)


def _expire(world: LeakWorld, page: BasePage, owner: str) -> None:
    _publish(page)
    world.once_public_paths.add(page.public_path)
    world.hide(_load(page), owner)
    page.unpublish(set_expired=True)


def _unpublish_and_edit(world: LeakWorld, page: BasePage, owner: str) -> None:
    _publish(page)
    world.once_public_paths.add(page.public_path)
    world.hide(_load(page), owner)
    page.unpublish()
    later = _load(page)
    world.fill(later, f"{owner}: the later draft")
    _save_draft(world, later, f"{owner}: the later draft", is_saved=False)


def _restrict(kind: str) -> Callable[[LeakWorld, BasePage, str], None]:
    def restrict(world: LeakWorld, page: BasePage, owner: str) -> None:
        _publish(page)
        password = world.words.mint(f"the password of {owner}", "PageViewRestriction.password")
        restriction = PageViewRestriction.objects.create(
            page=page,
            restriction_type=kind,
            password=password if kind == PageViewRestriction.PASSWORD else "",
        )
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.set([Group.objects.get(name="Moderators")])
        world.hide(_load(page), owner)

    return restrict


def _publish_in_section(world: LeakWorld, page: BasePage, owner: str) -> None:
    _publish(page)
    world.hide(_load(page), owner)


STATES: Final[dict[str, Callable[[LeakWorld, BasePage, str], None]]] = {
    "a draft": _keep_as_draft,
    "never published": _never_publish,
    "scheduled": _schedule,
    "expired": _expire,
    "unpublished with a later draft": _unpublish_and_edit,
    "private by login": _restrict(PageViewRestriction.LOGIN),
    "private by password": _restrict(PageViewRestriction.PASSWORD),
    "private by group": _restrict(PageViewRestriction.GROUPS),
    IN_SECTION: _publish_in_section,
}


def build_leak_world() -> LeakWorld:
    """Hidden pages in every state, public pages that lead to all of them, and drafts of those."""
    world = LeakWorld()
    world.editor = build_login("Editors", first_name=world.words.mint(EDITOR, "User.first_name"))
    world.leaver = build_login("Editors", is_active=False)
    home = build_site(live=False)
    # Before the public index, so that whatever takes the first one takes this.
    section = _add(ConditionIndexPage(), home, "section")
    index = _add(ConditionIndexPage(), home, "conditions")
    stubs = [(state, page) for state in STATES for page in _add_stubs(state, home, index, section)]
    public = [_add(ConditionPage(), index, "public"), _add(StandardPage(), home, "public")]
    above = _add(StandardPage(), home, "above")
    below = _add(StandardPage(), above, "below")
    world.hidden_ids = [section.pk, above.pk, *(stub.pk for _state, stub in stubs)]
    world.linked_ids = [public[0].pk, *world.hidden_ids]

    # Loaded again one by one, for each new slug changes the addresses of the pages below.
    for stub in (home, index, *public, below):
        page = _load(stub)
        world.fill(page, READERS)
        _publish(page)
    _hide_section(world, _load(section))
    for state, stub in stubs:
        page = _load(stub)
        owner = f"the {page._meta.verbose_name} that is {state}"
        world.fill(page, owner)
        STATES[state](world, page, owner)
    _hide_parent(world, _load(above))
    for page in (home, index, *public):
        _hide_newer_draft(world, page)
    _hide_unsaved(world, index)
    _hide_branding(world)
    _lead_there(world, public[1])
    world.document = _build_private_document(world)
    _respond(world)
    return world


def _add(page: BasePage, parent: Page, slug: str) -> Any:
    page.title, page.slug, page.live = slug, slugify(slug), False
    return parent.add_child(instance=page)


def _add_stubs(state: str, home: Page, index: Page, section: Page) -> list[Any]:
    """A condition and a standard page that are to be in `state`."""
    places = (section, section) if state == IN_SECTION else (index, home)
    models = (ConditionPage, StandardPage)
    return [
        _add(model(), place, f"{state} {model.__name__}")
        for model, place in zip(models, places, strict=True)
    ]


def _load(page: BasePage) -> Any:
    return type(page).objects.get(pk=page.pk)


def _publish(page: BasePage) -> None:
    page.save()
    page.save_revision(clean=False).publish()
    page.refresh_from_db()


def _save_draft(world: LeakWorld, page: BasePage, owner: str, *, is_saved: bool = True) -> None:
    """Save a draft; with its row, as when it is made, or as a version alone, as ever after."""
    if is_saved:
        page.save()
    page.save_revision(clean=False)
    world.hide(page, owner)


def _hide_section(world: LeakWorld, section: ConditionIndexPage) -> None:
    world.fill(section, "the private section")
    _publish(section)
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    world.hide(_load(section), "the private section")


def _hide_parent(world: LeakWorld, above: StandardPage) -> None:
    """A draft above a page that readers see, who learn its slug from the path of that page."""
    world.fill(above, "the draft above a public page")
    world.words.give(above.slug, READERS)
    _save_draft(world, above, "the draft above a public page")


def _hide_newer_draft(world: LeakWorld, page: BasePage) -> None:
    draft = _load(page)
    owner = f"the newer draft of the public {page._meta.verbose_name}"
    world.fill(draft, owner)
    _save_draft(world, draft, owner, is_saved=False)


def _hide_unsaved(world: LeakWorld, index: ConditionIndexPage) -> None:
    page = ConditionPage()
    world.fill(page, "the page that was never saved")
    place = {"parent_object_id": str(index.pk), "kind": SnapshotKind.VERSION}
    world.hide(page, "the page that was never saved", **place)


def _hide_branding(world: LeakWorld) -> None:
    branding = build_branding()
    world.fill(branding, READERS)
    branding.save()
    draft = BrandingSettings.objects.get(pk=branding.pk)
    world.fill(draft, "the draft of the branding")
    world.hide(draft, "the draft of the branding", kind=SnapshotKind.VERSION)


def _lead_there(world: LeakWorld, public: BasePage) -> None:
    """Everything else that leads from what is public to what is hidden."""
    for number, page_id in enumerate(world.hidden_ids):
        old_path = f"/old-{number}"
        Redirect.objects.create(old_path=old_path, redirect_page_id=page_id)
        world.redirects_to_hidden.append(f"{old_path}/")
    Page.objects.filter(pk=public.pk).update(alias_of=world.hidden_ids[0])


def _respond(world: LeakWorld) -> None:
    """Comments in every status on every condition; readers see the approved ones of public pages,
    and of these the name and the text alone.
    """
    for page in ConditionPage.objects.order_by("pk"):
        parent = None
        for status in (CommentStatus.APPROVED, *CommentStatus):
            owner = f"a response ({status}) to the page {page.pk}"
            is_seen = status == CommentStatus.APPROVED and page.pk not in world.hidden_ids
            mint = partial(world.words.mint, READERS if is_seen else owner)
            hide = partial(world.words.mint, owner)
            comment = CommentFactory(
                page=page,
                parent=parent,
                status=status,
                name=mint("Comment.name"),
                text=f"{mint('Comment.text')} https://{mint('Comment.text: link')}.example/",
                email=f"{hide('Comment.email')}@example.com",
                address="203.0.113.99",
                address_hash=hide("Comment.address_hash"),
                user_agent=hide("Comment.user_agent"),
                referrer=f"https://{hide('Comment.referrer')}.example/",
                honeypot=hide("Comment.honeypot"),
                reasons=[{"provider": "x", "code": "x", "text": hide("Comment.reasons")}],
            )
            text, name = hide("OriginalComment.text"), hide("OriginalComment.name")
            OriginalComment.objects.create(comment=comment, text=text, name=name)
            parent = parent or comment


def _build_private_document(world: LeakWorld) -> Any:
    root = Collection.get_first_root_node()
    collection = root.add_child(name=world.words.mint("the private document", "Collection.name"))
    mint = Filler(world.words, "the private document", []).mint
    CollectionViewRestriction.objects.create(
        collection=collection,
        restriction_type=CollectionViewRestriction.PASSWORD,
        password=mint("CollectionViewRestriction.password"),
    )
    content = ContentFile(mint("its content").encode(), name=f"{mint('its file name')}.txt")
    model = get_document_model()
    return model.objects.create(title=mint("Document.title"), file=content, collection=collection)
