"""How to call each address of the CMS: what could be asked there about what readers may not see.

An endpoint that is new in the URLconf fails the test until it has an entry in `CMS_CALLS`: a
function that yields calls about hidden pages and drafts, and some that any reader makes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote, urlencode

from wagtail.models import CollectionViewRestriction

from cms.changes.feed import get_position
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment
from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.core.base_page import BasePage
from cms.core.public_pages import get_public_pages
from cms.pages.api.views import PublicPagesViewSet
from cms.pages.models import HomePage, StandardPage
from tests.factories.leaks import READERS, HiddenDraft, LeakWorld
from tests.leaks.callers import NO_ID, Call, ask_about, ask_about_id
from tests.leaks.words import Place

API: Final = "/api/v2/"
PAGES: Final = f"{API}pages/"
_MODELS: Final[tuple[type[BasePage], ...]] = (
    ConditionPage,
    ConditionIndexPage,
    HomePage,
    StandardPage,
)
# As many as the longest search has room for.
_WORDS_AT_ONCE: Final = 28
_WORDS_OF_A_QUERY: Final = 20
GARBAGE_TOKENS: Final = ("x", "0" * 32, f"{'0' * 32}.1793000000:{'A' * 43}", "%00", "..", "🙂")


def list_public() -> list[Any]:
    """The pages that readers may see."""
    return list(get_public_pages().order_by("path").specific())


def iterate_hidden_paths(world: LeakWorld) -> Iterator[str]:
    """The paths at which readers must find nothing."""
    public = {page.public_path for page in list_public()}
    paths = dict.fromkeys(hidden.path for hidden in world.hidden)
    return (path for path in paths if path not in public)


def _call_listing(world: LeakWorld) -> Iterator[Call]:
    for query in ("", "?fields=*", "?limit=100", "?offset=1", "?fields=*&order=random"):
        yield Call(PAGES + query)
    for model in _MODELS:
        listing = f"{PAGES}?type={model._meta.label}"
        yield Call(f"{listing}&fields=*")
        for name in PublicPagesViewSet.get_available_fields(model, db_fields_only=True):
            yield Call(f"{listing}&order={name}")
    for letter in ("q", "Q", "a", "%23"):
        yield Call(f"{PAGES}?type=conditions.ConditionPage&fields=*&letter={letter}")
    for relation in ("child_of", "descendant_of", "ancestor_of"):
        for page_id in world.hidden_ids:
            yield ask_about_id(f"{PAGES}?{relation}={{id}}", page_id)
        for page in list_public():
            yield Call(f"{PAGES}?{relation}={page.pk}")
    for hidden in world.hidden:
        yield from _filter(world, hidden)
    yield from _search_everything(world)


def _filter(world: LeakWorld, hidden: HiddenDraft) -> Iterator[Call]:
    """Filter by each field of a hidden page: an answer that differs would tell what it holds."""
    draft: Any = hidden.draft
    if not isinstance(draft, BasePage):
        return
    listing = f"{PAGES}?type={draft._meta.label}"
    if draft.pk in world.hidden_ids:
        yield ask_about_id(f"{listing}&id={{id}}", draft.pk)
    for name in PublicPagesViewSet.get_available_fields(type(draft), db_fields_only=True):
        field = draft._meta.get_field(name)
        if field.many_to_many:
            for related in getattr(draft, name).all():
                yield ask_about_id(f"{listing}&{name}={{id}}", related.pk)
        elif field.related_model is not None:
            yield ask_about_id(f"{listing}&{name}={{id}}", getattr(draft, f"{name}_id") or NO_ID)
        elif world.words.find(field.value_to_string(draft).encode()):
            yield ask_about(f"{listing}&{urlencode({name: field.value_to_string(draft)})}")


def _search_everything(world: LeakWorld) -> Iterator[Call]:
    """Search for every word that readers may not see, many at once, and for titles alone."""
    hidden = list_hidden_words(world)
    words = [word for word in hidden if word.isalnum()]
    for start in range(0, len(words), _WORDS_AT_ONCE):
        search = "+".join(words[start : start + _WORDS_AT_ONCE])
        yield ask_about(f"{PAGES}?search_operator=or&search={search}")
    for word in words:
        if hidden[word].field == "ConditionPage.title":
            yield ask_about(f"{PAGES}?type=conditions.ConditionPage&fields=*&search={word}")
    yield Call(f"{PAGES}?fields=*&search=sentence")


def _call_search(world: LeakWorld) -> Iterator[Call]:
    """For every word that readers may not see: no result, no number, no correction tells of it."""
    hidden = list_hidden_words(world)
    # The others are colours and codes, which an answer that repeats the query spells otherwise.
    words = [word for word in hidden if word.startswith("qz")]
    for word in words:
        yield ask_about(f"{API}search/?q={word}")
        if hidden[word].field.endswith("Page.title"):
            yield ask_about(f"{API}search/?q=sentence+{word}")
            yield ask_about(f"{API}search/?q=sentence&body_system={word}&advice={word}:avoid")
    for start in range(0, len(words), _WORDS_OF_A_QUERY):
        asked = words[start : start + _WORDS_OF_A_QUERY]
        # Words of nobody, as many: the answer names each that it lacks.
        nobodys = (f"qz98{number:04}" for number in range(len(asked)))
        yield Call(f"{API}search/?q={'+'.join(asked)}", f"{API}search/?q={'+'.join(nobodys)}")
    for query in ("", "?q=", "?q=sentence", "?q=a&limit=50", "?q=sentence&offset=10", "?q=%00"):
        yield Call(f"{API}search/{query}")


def _call_suggest(world: LeakWorld) -> Iterator[Call]:
    for word, place in list_hidden_words(world).items():
        if word.startswith("qz") and not place.field.endswith("body"):
            yield ask_about(f"{API}search/suggest/?q={word}")
    # What readers may see begins alike.
    for beginning in ("q", "qz", "qz0", "qz000", "sentence", "sentence qz", ""):
        yield Call(f"{API}search/suggest/?q={quote(beginning)}")


def list_hidden_words(world: LeakWorld) -> dict[str, Place]:
    """The words that readers may not see."""
    return world.words.not_of(READERS)


def _call_detail(world: LeakWorld) -> Iterator[Call]:
    for page_id in world.hidden_ids:
        for query in ("", "?fields=*", "?fields=_,title"):
            yield ask_about_id(f"{PAGES}{{id}}/{query}", page_id)
    for page in list_public():
        yield Call(f"{PAGES}{page.pk}/")
        yield Call(f"{PAGES}{page.pk}/?fields=*")


def _call_comments(world: LeakWorld) -> Iterator[Call]:
    for page_id in world.hidden_ids:
        for query in ("", "?limit=1&offset=1"):
            yield ask_about_id(f"{PAGES}{{id}}/comments/{query}", page_id)
    for page in list_public():
        for query in ("", "?limit=1", "?offset=1", "?limit=0"):
            yield Call(f"{PAGES}{page.pk}/comments/{query}")


def _call_comment_form(world: LeakWorld) -> Iterator[Call]:
    comments = list(Comment.objects.values_list("pk", flat=True))
    for page_id in world.hidden_ids:
        yield ask_about_id(f"{PAGES}{{id}}/comments/form/", page_id)
        for comment_id in comments[:20]:
            yield ask_about_id(f"{PAGES}{{id}}/comments/form/?reply_to={comment_id}", page_id)
    shown = Comment.objects.filter(status=CommentStatus.APPROVED, parent=None)
    for page in list_public():
        yield Call(f"{PAGES}{page.pk}/comments/form/")
        for comment_id in comments:
            address = f"{PAGES}{page.pk}/comments/form/?reply_to="
            is_shown = shown.filter(pk=comment_id, page=page.pk).exists()
            twin = "" if is_shown else f"{address}{NO_ID}"
            yield Call(f"{address}{comment_id}", twin)


def _call_comment_links(world: LeakWorld) -> Iterator[Call]:
    """Links of the mail opened by somebody who has none: a guess at each comment opens nothing."""
    for token in GARBAGE_TOKENS:
        yield Call(f"/responses/{quote(token)}/")
    for comment_id in Comment.objects.values_list("pk", flat=True):
        forged = f"{comment_id}.approve.1999999999:{'A' * 43}"
        yield Call(f"/responses/{forged}/", f"/responses/{NO_ID}.approve.1999999999:{'A' * 43}/")


def _call_resolve(world: LeakWorld) -> Iterator[Call]:
    resolve = f"{API}resolve/?path="
    for path in iterate_hidden_paths(world):
        for spelling in _spell(path):
            address = resolve + quote(spelling)
            # What was once public is gone, which tells no more than that.
            yield Call(address) if path in world.once_public_paths else ask_about(address)
    for page in list_public():
        yield Call(resolve + quote(page.public_path))
    for path in world.redirects_to_hidden:
        yield Call(f"{resolve}{path}", f"{resolve}{path.removesuffix('/')}0000/")


def _spell(path: str) -> tuple[str, ...]:
    return path, path.rstrip("/").upper(), f"/{path}?a=b"


def _call_preview(world: LeakWorld) -> Iterator[Call]:
    for token in iterate_dead_tokens(world):
        for query in ("", "?in_preview_panel=true"):
            yield Call(f"{API}preview/{quote(token)}/{query}")
    yield Call(f"{API}preview/")


def iterate_dead_tokens(world: LeakWorld) -> Iterator[str]:
    """Tokens of hidden drafts that open nothing, and what never was one."""
    for hidden in world.hidden:
        yield from hidden.dead_tokens.values()
    yield from GARBAGE_TOKENS


def _call_documents(world: LeakWorld) -> Iterator[Call]:
    document = world.document
    yield Call(f"/documents/{document.pk}/{document.filename}")
    yield Call(f"/documents/{document.pk}/other.txt")


def _call_document_password(world: LeakWorld) -> Iterator[Call]:
    for restriction in CollectionViewRestriction.objects.all():
        yield Call(f"/documents/authenticate_with_password/{restriction.pk}/")


def _call_media(world: LeakWorld) -> Iterator[Call]:
    # A file itself is public by its address; no address lists them.
    for folder in ("images", "original_images", "avatar_images"):
        yield Call(f"/media/{folder}/")
        yield Call(f"/media/{folder}/missing.jpg")
        yield Call(f"/media/{folder}/../documents/{world.document.filename}")


def _call_every_path(world: LeakWorld) -> Iterator[Call]:
    yield Call("/")
    for path in iterate_hidden_paths(world):
        yield ask_about(path)
    for page in list_public():
        yield Call(page.public_path)


def _call_changes(_world: LeakWorld) -> Iterator[Call]:
    yield Call(f"{API}changes/")
    yield Call(f"{API}changes/?after={get_position()}")
    yield Call(f"{API}changes/?after=00000000-0-00000000")
    yield Call(f"{API}changes/?after=x")


def _call_always(*addresses: str) -> Callable[[LeakWorld], Iterable[Call]]:
    return lambda _world: [Call(address) for address in addresses]


CMS_CALLS: Final[dict[str, Callable[[LeakWorld], Iterable[Call]]]] = {
    "healthz": _call_always("/healthz"),
    "responses/<str:token>/": _call_comment_links,
    r"documents/^(\d+)/(.*)$": _call_documents,
    "documents/authenticate_with_password/<int:restriction_id>/": _call_document_password,
    "api/v2/^pages/": _call_listing,
    "api/v2/^pages/<int:pk>/": _call_detail,
    "api/v2/pages/<int:pk>/comments/": _call_comments,
    "api/v2/pages/<int:pk>/comments/form/": _call_comment_form,
    "api/v2/resolve/": _call_resolve,
    "api/v2/preview/<str:token>/": _call_preview,
    "api/v2/search/": _call_search,
    "api/v2/search/suggest/": _call_suggest,
    "api/v2/site/": _call_always(f"{API}site/"),
    "api/v2/changes/": _call_changes,
    "api/v2/redirects/": _call_always(f"{API}redirects/", f"{API}redirects/?limit=100"),
    "api/v2/schema/": _call_always(f"{API}schema/"),
    "api/v2/docs/": _call_always(f"{API}docs/"),
    "api/v2/": _call_always(f"{API}unknown/", "/api/v2", API),
    "^media/(?P<path>(?:images|original_images|avatar_images)/[^/]+)$": _call_media,
    r"^((?:[\w\-]+/)*)$": _call_every_path,
}
# What answers although no pattern matches: Django's own pages, and files at the root.
BESIDE_THE_URLCONF: Final = (
    Call("/favicon.ico"),
    Call("/robots.txt"),
    Call("/sitemap.xml"),
    Call("/static/missing.css"),
    Call("/media/documents/"),
    Call("/api/v2/pages/1.json"),
)
