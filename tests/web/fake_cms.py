"""A CMS of a few answers, on a port of the loopback interface; a test may make it misbehave.

Run by itself for the browser: `python -m tests.web.fake_cms <port>`.
"""

import asyncio
import sys
import unicodedata
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.web import (
    comment_content,
    content,
    draft_content,
    found_content,
    suggested_content,
)

_WAGTAIL_FILES = Path(str(files("wagtail.admin"))) / "static" / "wagtailadmin"
# It notes what the frame tells it, as the editor's preview panel would hear it.
_EDITOR = """<!doctype html><html lang="en"><title>Editor</title>
<script>
window.heard = [];
addEventListener("message", ({{ origin, data }}) => {{
  heard.push(`${{origin}} ${{data?.wagtail?.type}}`);
}});
</script>
<iframe id="panel" title="Preview" width="800" height="600" src="{}"></iframe></html>"""
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900">'
    '<rect width="1600" height="900" fill="#d9c9b5"/><circle cx="1100" cy="300" r="150" '
    'fill="#f3e6d3"/><path d="M0 900V640q400-160 800 0t800-40v300z" fill="#6f8f88"/>'
    '<path d="M0 900V760q500-120 900 0t700-30v170z" fill="#3f6663"/></svg>'
)


@dataclass
class FakeCms:
    """What the CMS says; tests change it. `fault` makes every answer go wrong in one way."""

    origin: str = ""
    fault: str = ""
    resolutions: dict[str, Any] = field(default_factory=dict)
    site: Any = field(default_factory=content.build_site)
    previews: dict[str, Any] = field(default_factory=dict)
    framed: str = ""
    conditions: list[Any] = field(default_factory=lambda: list(content.LISTED_CONDITIONS))
    # What `search/` answers, whatever was asked; None to look through the conditions.
    found: Any = None
    threads: list[Any] = field(default_factory=lambda: list(comment_content.THREADS))
    form: Any = field(default_factory=comment_content.build_form)
    # The answers to the next comments that are sent: a status with a problem, or "cut" for none.
    refusals: list[Any] = field(default_factory=list)
    sent: list[Any] = field(default_factory=list)
    # Whether a listing of addresses names the pages of `resolutions`, and not the conditions.
    lists_pages: bool = False
    redirects: list[Any] = field(default_factory=list)
    # The tags of each change so far; None for a CMS without a feed.
    feed: list[list[str]] | None = None
    epoch: str = "0000000a"
    most_changes: int = 500
    # What the site has said of itself with its polls.
    reports: list[str] = field(default_factory=list)
    # The cursors that requests for pages came with.
    seen: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def fill(self) -> None:
        """Give it the pages that most tests need."""
        home, index = content.HOME_CRUMB, content.INDEX_CRUMB
        pages = [
            content.build_resolved(content.build_home(self.origin), []),
            content.build_resolved(content.build_index(), [home]),
            content.build_resolved(
                content.build_condition(self.origin),
                [home, index],
                content.EXPLORE_CARDS,
                comment_content.build_list(self.threads),
            ),
            content.build_resolved(content.build_about(self.origin), [home]),
        ]
        self.resolutions = {resolved["page"]["path"]: resolved for resolved in pages}
        self.resolutions["/gone/"] = {"type": "gone"}
        self.resolutions["/old/"] = {"type": "redirect", "location": "/about/", "permanent": True}
        self.resolutions["/for-now/"] = {
            "type": "redirect",
            "location": "https://example.org/",
            "permanent": False,
        }
        self.previews = draft_content.build_previews(self.origin)

    @property
    def condition(self) -> Any:
        """The condition page, as `resolve/` answers it."""
        return self.resolutions[content.MS_PATH]["page"]

    def set_comments(self, threads: list[Any], mode: str = "open") -> None:
        """Give the condition page these comments."""
        self.threads = threads
        self.resolutions[content.MS_PATH]["comments"] = comment_content.build_list(threads, mode)

    def announce(self, *tags: str) -> None:
        """Tell sites that follow that something changed."""
        self.feed = [*(self.feed or []), [*tags]]

    def build_app(self) -> web.Application:
        app = web.Application(middlewares=[self._misbehave])
        app.router.add_get("/api/v2/changes/", self._list_changes)
        app.router.add_get("/api/v2/resolve/", self._resolve)
        app.router.add_get("/api/v2/site/", self._answer_site)
        app.router.add_get("/api/v2/pages/", self._list_pages)
        app.router.add_get(r"/api/v2/pages/{id:\d+}/", self._give_page)
        app.router.add_get("/api/v2/redirects/", self._list_redirects)
        app.router.add_get("/api/v2/pages/{id}/comments/", self._list_comments)
        app.router.add_post("/api/v2/pages/{id}/comments/", self._take_comment)
        app.router.add_get("/api/v2/pages/{id}/comments/form/", self._give_form)
        app.router.add_get("/api/v2/search/", self._search)
        app.router.add_get("/api/v2/search/suggest/", self._suggest)
        app.router.add_get("/api/v2/preview/{token}/", self._preview)
        app.router.add_get("/editor/", self._answer_editor)
        app.router.add_get("/static/core/admin.css", self._answer_style)
        app.router.add_static("/static/wagtailadmin", _WAGTAIL_FILES)
        app.router.add_get("/media/{name}", self._answer_picture)
        return app

    @web.middleware
    async def _misbehave(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.path.endswith("/changes/"):
            self.requests.append(request.path_qs)
        if self.fault == "slow":
            await asyncio.sleep(3)
        if self.fault == "garbage":
            return web.Response(text="<html>It works!</html>")
        if self.fault == "wrong-shape":
            return web.json_response([1, 2, 3])
        if self.fault == "broken-frame":
            return web.json_response({"type": "page", "page": {"meta": {}}})
        if self.fault.isdecimal():
            return web.Response(status=int(self.fault))
        response: web.StreamResponse = await handler(request)
        return response

    async def _list_changes(self, request: web.Request) -> web.Response:
        if self.feed is None:
            return _refuse(404, "not_found")
        self.reports.append(request.headers.get("X-Site-Report", ""))
        number = len(self.feed)
        latest = f"{self.epoch}-{number}-0000000b"
        epoch, _, rest = request.query.get("after", latest).partition("-")
        after = int(rest.partition("-")[0])
        if request.headers.get("If-None-Match") == f'"{latest}"':
            return web.Response(status=304)
        start_over = epoch != self.epoch or after > number
        last = number if start_over else min(number, after + self.most_changes)
        changes = [] if start_over else self.feed[after:last]
        cursor = f"{self.epoch}-{last}-0000000b"
        return web.json_response(
            {
                "cursor": cursor,
                "start_over": start_over,
                "has_more": last < number,
                "changes": [
                    {"number": after + place, "at": "2026-01-01T00:00:00Z", "tags": tags}
                    for place, tags in enumerate(changes, 1)
                ],
            },
            headers={"ETag": f'"{cursor}"'},
        )

    async def _resolve(self, request: web.Request) -> web.Response:
        self.seen.append(request.headers.get("X-Seen-Change", ""))
        path = unquote(request.query["path"].partition("?")[0])
        known = self.resolutions.get(path)
        canonical = self.resolutions.get(f"{path.rstrip('/').lower()}/")
        if known is None and canonical is not None and canonical["type"] == "page":
            known = {"type": "redirect", "location": canonical["page"]["path"], "permanent": True}
        return web.json_response(known or {"type": "not_found"})

    async def _answer_site(self, _request: web.Request) -> web.Response:
        return web.json_response(self.site)

    async def _list_pages(self, request: web.Request) -> web.Response:
        query = request.query
        items = self.conditions
        if self.lists_pages:
            types = query.get("type", "").split(",")
            found = (each["page"] for each in self.resolutions.values() if each["type"] == "page")
            items = [page for page in found if page["meta"]["type"] in types or types == [""]]
        if letter := query.get("letter"):
            items = [item for item in items if _letter(item["condition_name"]) == letter.upper()]
        start, size = int(query.get("offset", 0)), int(query.get("limit", 20))
        window = items[start : start + size]
        return web.json_response({"meta": {"total_count": len(items)}, "items": window})

    async def _give_page(self, request: web.Request) -> web.Response:
        found = (each["page"] for each in self.resolutions.values() if each["type"] == "page")
        wanted = int(request.match_info["id"])
        page = next((each for each in found if each["id"] == wanted), None)
        return web.json_response(page) if page else _refuse(404, "not_found")

    async def _list_redirects(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {"meta": {"total_count": len(self.redirects)}, "items": self.redirects}
        )

    async def _list_comments(self, request: web.Request) -> web.Response:
        start, size = int(request.query["offset"]), int(request.query["limit"])
        window = comment_content.build_list(self.threads)
        return web.json_response({**window, "threads": self.threads[start : start + size]})

    async def _give_form(self, request: web.Request) -> web.Response:
        if request.match_info["id"] != str(comment_content.MS_ID):
            return _refuse(404, "not_found")
        if self.resolutions[content.MS_PATH]["comments"]["mode"] != "open":
            return _refuse(403, "comments_closed")
        asked = request.query.get("reply_to")
        reply_to = next((each for each in self.threads if str(each["id"]) == asked), None)
        if asked and reply_to is None:
            return _refuse(404, "not_found")
        return web.json_response({**self.form, "reply_to": reply_to})

    async def _take_comment(self, request: web.Request) -> web.Response:
        sent = await request.json()
        self.sent.append(sent)
        self.headers.append(dict(request.headers))
        if self.refusals:
            refusal = self.refusals.pop(0)
            if refusal == "cut" and request.transport is not None:
                request.transport.close()
            status, code, errors = refusal if refusal != "cut" else (500, "", {})
            return _refuse(status, code, **errors)
        empty = {name: f"Please write your {name}." for name in ("name", "text") if not sent[name]}
        if empty:
            return _refuse(400, "invalid_comment", **empty)
        return web.json_response({"state": "held", "detail": "Thank you."}, status=201)

    async def _search(self, request: web.Request) -> web.Response:
        query = request.query
        if "refused" in query["q"]:
            return web.json_response({"code": "invalid_parameter"}, status=400)
        if self.found is not None:
            return web.json_response(self.found)
        return web.json_response(
            found_content.build_found(
                query["q"],
                [*self.conditions, content.build_about(self.origin)],
                chosen={name: query.get(name, "") for name in ("body_system", "advice")},
                offset=int(query["offset"]),
                limit=int(query["limit"]),
            )
        )

    async def _suggest(self, request: web.Request) -> web.Response:
        query = request.query["q"]
        if "refused" in query:
            return web.json_response({"code": "invalid_parameter"}, status=400)
        return web.json_response(suggested_content.build_suggestions(query, self.conditions))

    async def _preview(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        answer = self.previews.get(request.match_info["token"])
        if answer == "ended":
            return web.json_response({"code": "preview_ended"}, status=410)
        if answer is None:
            return web.json_response({"code": "preview_not_found"}, status=404)
        answered = web.json_response(answer)
        answered.set_cookie("sessionid", "of-the-cms")
        return answered

    async def _answer_editor(self, _request: web.Request) -> web.Response:
        return web.Response(text=_EDITOR.format(self.framed), content_type="text/html")

    async def _answer_style(self, _request: web.Request) -> web.Response:
        return web.Response(text="/* The admin's own look. */", content_type="text/css")

    async def _answer_picture(self, _request: web.Request) -> web.Response:
        return web.Response(text=_PICTURE, content_type="image/svg+xml")


def _refuse(status: int, code: str, **errors: str) -> web.Response:
    return web.json_response(
        comment_content.build_problem(status, code, **errors),
        status=status,
        headers={"Retry-After": "240"} if status == 429 else {},
    )


def _letter(name: str) -> str:
    first = unicodedata.normalize("NFKD", name)[0].upper()
    return first if first.isalpha() else "#"


def main() -> None:
    """Serve the usual answers until stopped."""
    port = int(sys.argv[1])
    cms = FakeCms(origin=f"http://127.0.0.1:{port}")
    cms.fill()
    web.run_app(cms.build_app(), host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main()
