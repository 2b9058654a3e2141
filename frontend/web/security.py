"""The security headers of every answer, the Content-Security-Policy among them.

Nothing in a page is inline, so the policy needs no hash and no nonce. Only the styleguide may be
framed, and only by the CMS, which shows its blocks in the editor's block picker.
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.config import Settings

STYLEGUIDE_PREFIX: Final = "/styleguide/"

_SAME_FOR_ALL: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def build_security_headers(settings: Settings, path: str) -> dict[str, str]:
    """The headers of an answer for `path`."""
    may_be_framed = path.startswith(STYLEGUIDE_PREFIX)
    frame_ancestors = settings.cms_origin if may_be_framed else "'none'"
    headers = {
        **_SAME_FOR_ALL,
        "Content-Security-Policy": _build_policy(settings, frame_ancestors),
    }
    return headers if may_be_framed else {**headers, "X-Frame-Options": "DENY"}


def _build_policy(settings: Settings, frame_ancestors: str) -> str:
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' {settings.media_origin}",
        "font-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors,
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
        added = build_security_headers(self._settings, scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(added)
            await send(message)

        await self._app(scope, receive, send_with_headers)
