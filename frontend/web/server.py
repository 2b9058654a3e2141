"""The site as its server calls it, by RSGI: what is ready goes out before all else.

A page that is ready costs a look-up and one call to the server. Everything else (drafts, forms,
what is not ready) is the application's.
"""

from asyncio import AbstractEventLoop

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from starlette.applications import Starlette

from web.asgi_bridge import RsgiProtocol, RsgiScope, answer_by_asgi
from web.services import Services
from web.store.hits import Hits


class SiteServer:
    """Serves `app`, and what the store of `app` has ready by itself."""

    def __init__(self, app: Starlette) -> None:
        services: Services = app.state.services
        settings = services.settings
        # The header that names the reader's address counts only from a proxy that is listed.
        self._app = wrap_asgi_with_proxy_headers(app, trusted_hosts=[*settings.trusted_proxies])
        self._lifespan = app.router.lifespan_context(app)
        self._hits = Hits(settings)
        services.store.on_ready = self._hits.note_ready
        services.store.on_stale = self._hits.note_stale

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        """Begin to follow the CMS; nobody is served before that."""
        loop.run_until_complete(self._lifespan.__aenter__())

    def __rsgi_del__(self, loop: AbstractEventLoop) -> None:
        """Write what has to be kept."""
        loop.run_until_complete(self._lifespan.__aexit__(None, None, None))

    async def __rsgi__(self, scope: RsgiScope, protocol: RsgiProtocol) -> None:
        """Answer one request."""
        method = scope.method
        hit = self._hits.find_or_none(method, scope.path, scope.query_string)
        if hit is None:
            await answer_by_asgi(self._app, scope, protocol)
            return
        headers = scope.headers
        accepted, known = headers.get("accept-encoding", ""), headers.get("if-none-match", "")
        protocol.response_bytes(*hit.answer(method, accepted, known))
