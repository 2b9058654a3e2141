"""How to call each address of the site: what could be asked there about what readers may not see.

A route that is new in `web.app` fails the test until it has an entry in `SITE_CALLS`: a function
that yields calls about hidden pages and drafts, and some that any reader makes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import quote

from cms.comments.models import Comment
from cms.images.models import SiteImage
from tests.factories.leaks import LeakWorld
from tests.leaks.callers import Call, SiteCaller, add_query, ask_about, ask_about_id
from tests.leaks.cms_calls import (
    GARBAGE_TOKENS,
    iterate_hidden_paths,
    list_hidden_words,
    list_public,
)
from web.api.models import BLOCK_VALUES

SiteCalls = Callable[[LeakWorld, SiteCaller], Iterable[Call]]

_FILE: Final = re.compile(r'(?:href|src)="(?P<address>/[^"]+\.(?:css|js|svg|woff2)[^"]*)"')


def _call_preview(world: LeakWorld, _site: SiteCaller) -> Iterator[Call]:
    """With tokens that open nothing, at the very page and elsewhere."""
    for hidden in world.hidden:
        for token in hidden.dead_tokens.values():
            address = add_query(hidden.path, preview=token)
            yield Call(address)
        yield Call(add_query(address, in_preview_panel="true"))
        yield Call(address.replace("%3A", ":"))
    for token in GARBAGE_TOKENS:
        yield Call(add_query("/", preview=token))
    yield Call("/?preview=&preview=x")


def _call_files(_world: LeakWorld, site: SiteCaller) -> Iterator[Call]:
    yield from _list_files(site, "/static/")
    yield Call("/static/missing.css")


def _call_pictures(world: LeakWorld, site: SiteCaller) -> Iterator[Call]:
    yield from _list_files(site, "/media/")
    for image in SiteImage.objects.all():
        yield Call(f"/media/{image.file.name}")
    yield Call("/media/missing.webp")


def _call_themes(_world: LeakWorld, site: SiteCaller) -> Iterator[Call]:
    yield from _list_files(site, "/theme-")
    yield Call("/theme-000000000000.css")


def _list_files(site: SiteCaller, prefix: str) -> Iterator[Call]:
    pages = [site.ask(page.public_path).body.decode() for page in list_public()]
    addresses = {found["address"] for page in pages for found in _FILE.finditer(page)}
    return (Call(address) for address in sorted(addresses) if address.startswith(prefix))


def _call_search(world: LeakWorld, _site: SiteCaller) -> Iterator[Call]:
    for word, place in list_hidden_words(world).items():
        if place.field.endswith("Page.title"):
            yield ask_about(f"/search/?q={word}")
            yield ask_about(f"/search/?q=sentence&body_system={word}&advice={word}")
    for query in ("", "sentence", "plain+words&page=2", "a&body_system=b&advice=c%3Ad", "%00"):
        yield Call(f"/search/?q={query}")


def _call_suggestions(world: LeakWorld, _site: SiteCaller) -> Iterator[Call]:
    suggestions = "/search/suggestions/"
    for word, place in list_hidden_words(world).items():
        if place.field.endswith(("Page.title", "Page.condition_name")):
            yield ask_about(f"{suggestions}?q={word}")
    for beginning in ("q", "qz", "qz0", "qz000", "sent", "sentence qz"):
        yield Call(f"{suggestions}?q={quote(beginning)}")
    for query in ("", "?q=", "?q=%00"):
        yield Call(f"{suggestions}{query}")


def _call_comment_form(world: LeakWorld, _site: SiteCaller) -> Iterator[Call]:
    comments = list(Comment.objects.values_list("pk", flat=True))
    for page_id in world.hidden_ids:
        yield ask_about_id("/responses/{id}/", page_id)
        yield ask_about_id("/responses/{id}/?part=form", page_id)
        for comment_id in comments[:20]:
            yield ask_about_id(f"/responses/{{id}}/?reply_to={comment_id}", page_id)
    for page in list_public():
        yield Call(f"/responses/{page.pk}/")
        # Each form has a key of its own, so that no two are alike; what is in it is looked at.
        for comment_id in comments:
            yield Call(f"/responses/{page.pk}/?reply_to={comment_id}&part=form")
    for wrong in ("x", "0", "9" * 30, "%00"):
        yield Call(f"/responses/{wrong}/")


def _call_blocks(_world: LeakWorld, _site: SiteCaller) -> Iterator[Call]:
    for name in BLOCK_VALUES:
        yield Call(f"/styleguide/blocks/{name}/")
    yield Call("/styleguide/blocks/missing/")


def _call_every_path(world: LeakWorld, _site: SiteCaller) -> Iterator[Call]:
    for path in iterate_hidden_paths(world):
        # What was once public is gone, which tells no more than that.
        yield Call(path) if path in world.once_public_paths else ask_about(path)
        yield Call(path.rstrip("/"))
    for page in list_public():
        yield Call(page.public_path)
        yield Call(f"{quote(page.public_path)}?a=b")
        yield Call(f"{page.public_path}letter/q/")
        yield Call(f"{page.public_path}letter/other/")
    for path in world.redirects_to_hidden:
        yield Call(path)
    yield Call("/sitemap.xml")


def _call_always(*addresses: str) -> SiteCalls:
    return lambda _world, _site: [Call(address) for address in addresses]


SITE_CALLS: Final[dict[str, SiteCalls]] = {
    "/{path:path} show_preview": _call_preview,
    "/healthz show_health": _call_always("/healthz"),
    "/robots.txt show_robots": _call_always("/robots.txt"),
    "/media/{path:path} show_picture": _call_pictures,
    "/static/{name} show_static": _call_files,
    "/theme-{digest}.css show_theme": _call_themes,
    "/responses/{page_id} add_slash": _call_always("/responses/12", "/responses/x"),
    "/responses/{page_id}/ show_comment_form": _call_comment_form,
    "/responses/{page_id}/ take_comment": _call_comment_form,
    "/search add_slash": _call_always("/search", "/search?q=sentence"),
    "/search/ show_search": _call_search,
    "/search/suggestions/ show_suggestions": _call_suggestions,
    "/styleguide add_slash": _call_always("/styleguide"),
    "/styleguide/ show_styleguide": _call_always("/styleguide/"),
    "/styleguide/blocks/{name} add_slash": _call_always("/styleguide/blocks/quote"),
    "/styleguide/blocks/{name}/ show_block_examples": _call_blocks,
    "/{path:path} show_path": _call_every_path,
}
