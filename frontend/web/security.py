"""The security headers of every answer, the Content-Security-Policy among them.

Nothing in a page is inline, so the policy needs no hash and no nonce. Only the styleguide and
drafts may be framed, and only by the CMS: it shows blocks in the editor's block picker, and drafts
in its preview panel. What answers an address with a token is kept by nobody, found by no search
engine, and tells no other site where it was.
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.config import Settings, get_origin
from web.tokens import is_preview

STYLEGUIDE_PREFIX: Final = "/styleguide/"
POLICY: Final = "Content-Security-Policy"

_SAME_FOR_ALL: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
}
_ALONE_IN_ITS_WINDOW: Final = {"Cross-Origin-Opener-Policy": "same-origin"}
_NOT_FRAMED: Final = {"X-Frame-Options": "DENY"}
# Not alone in its window: the editor shows the next draft in the tab of the one before.
_PREVIEW: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def set_security_headers(headers: MutableHeaders, settings: Settings, scope: Scope) -> None:
    """Put the security headers of an answer to the request of `scope` into `headers`.

    A policy that is there already stays.
    """
    asks_for_draft = is_preview(scope)
    may_be_framed = asks_for_draft or scope["path"].startswith(STYLEGUIDE_PREFIX)
    headers.update(_SAME_FOR_ALL)
    headers.setdefault(POLICY, _build_policy(settings, may_be_framed=may_be_framed))
    if not may_be_framed:
        headers.update(_NOT_FRAMED)
    if not asks_for_draft:
        headers.update(_ALONE_IN_ITS_WINDOW)
        return
    headers.update(_PREVIEW)
    del headers["ETag"]


def build_user_bar_policy(settings: Settings) -> str:
    """The policy of a draft with Wagtail's user bar, whose files come from the CMS."""
    return _build_policy(settings, may_be_framed=True, with_files_of_cms=True)


def build_file_headers(settings: Settings, dynamic_url: str) -> dict[str, str]:
    """The headers of pages that are written to files; their forms lead to `dynamic_url`, if any."""
    policy = _build_policy(settings, may_be_framed=False, form_target=dynamic_url)
    return {**_SAME_FOR_ALL, **_NOT_FRAMED, **_ALONE_IN_ITS_WINDOW, POLICY: policy}


def _build_policy(
    settings: Settings,
    *,
    may_be_framed: bool,
    with_files_of_cms: bool = False,
    form_target: str = "",
) -> str:
    cms = f" {settings.cms_origin}" if with_files_of_cms else ""
    directives = {
        "default-src": "'none'",
        "script-src": f"'self'{cms}",
        "style-src": f"'self'{cms}",
        "img-src": f"'self' {settings.media_origin}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": f"'self' {get_origin(form_target)}" if form_target else "'self'",
        "base-uri": "'none'",
        "frame-ancestors": settings.cms_origin if may_be_framed else "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


class SecurityHeadersMiddleware:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                set_security_headers(MutableHeaders(scope=message), self._settings, scope)
            await send(message)

        await self._app(scope, receive, send_with_headers)
