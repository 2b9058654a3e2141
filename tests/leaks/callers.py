"""Ways to ask the CMS and the site, and what is looked at in an answer: all of its bytes."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from aiohttp.test_utils import unused_port
from django.conf import settings
from django.db import connections
from django.test import Client

from tests.leaks.words import Words, hide_words
from tests.web.site_client import LoopThread, SiteClient

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
# The id of no page, picture or person.
NO_ID: Final = 987654321
_QUIET_SECONDS: Final = 1.0


@dataclass(frozen=True)
class Call:
    """An address to ask for. What is said about `twin`, which is about nothing that there is, must
    be said about it as well; "" where there is none.
    """

    address: str
    twin: str = ""


def ask_about(address: str) -> Call:
    """A call whose words, all of them of hidden drafts, lead to the answer of words of nobody."""
    return Call(address, hide_words(address))


def ask_about_id(address: str, object_id: int | str) -> Call:
    """The call of an address with "{id}" in it, which leads to the answer of an unknown id."""
    return Call(address.replace("{id}", str(object_id)), address.replace("{id}", str(NO_ID)))


def add_query(address: str, **parameters: str) -> str:
    """`address` with more parameters."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


@dataclass(frozen=True)
class Answer:
    """What came back: its status, its headers as text, and its body, decompressed."""

    status: int
    headers: str
    body: bytes
    location: str

    @property
    def raw(self) -> bytes:
        """All bytes."""
        return self.headers.encode() + b"\n" + self.body


class Caller(Protocol):
    """Somebody who asks."""

    def ask(self, address: str, method: str = "GET") -> Answer: ...


@dataclass
class CmsCaller:
    """Asks the CMS. `client` may hold a session, `headers` may hold credentials."""

    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, address: str, method: str = "GET") -> Answer:
        host = urlsplit(settings.CMS_URL).netloc
        response: Any = self.client.generic(method, address, headers={"host": host, **self.headers})
        content = b"".join(response) if response.streaming else response.content
        lines = [f"{name}: {value}" for name, value in response.headers.items()]
        text = "\n".join([*lines, response.cookies.output()])
        return Answer(response.status_code, text, content, response.headers.get("Location", ""))


@dataclass
class SiteCaller:
    """Asks the site."""

    client: SiteClient
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, address: str, method: str = "GET") -> Answer:
        headers = {"accept-encoding": "gzip", **self.headers}
        answer = self.client.get(address, headers, method)
        text = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return Answer(answer.status, text, answer.body, answer.headers.get("location", ""))


@dataclass
class Bridge:
    """The CMS behind an HTTP port, in the test's own transaction. `is_down` makes it fail."""

    url: str
    is_down: bool = False
    asked_at: float = field(default_factory=time.monotonic)

    def wait_until_quiet(self) -> None:
        """Return when nobody has asked for a while."""
        while time.monotonic() - self.asked_at < _QUIET_SECONDS:
            time.sleep(0.05)


@contextmanager
def open_bridge(loop: LoopThread) -> Iterator[Bridge]:
    """Serve the CMS on the loop's thread, over the connection that this thread has.

    Only one thread may use it at a time: whoever asks waits for the answer, and nobody asks in the
    background.
    """
    connection = connections["default"]
    connection.inc_thread_sharing()
    client = Client(raise_request_exception=False)
    port = unused_port()
    bridge = Bridge(f"http://127.0.0.1:{port}")

    async def answer(request: web.Request) -> web.Response:
        bridge.asked_at = time.monotonic()
        if bridge.is_down:
            return web.Response(status=502)
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        host = urlsplit(settings.CMS_URL).netloc
        response: Any = client.generic(
            request.method, request.raw_path, headers={**headers, "host": host}
        )
        bridge.asked_at = time.monotonic()
        kept = {k: v for k, v in response.headers.items() if k.lower() != "content-length"}
        return web.Response(status=response.status_code, headers=kept, body=response.content)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def start() -> None:
        connections["default"] = connection
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()

    loop.run(start())
    try:
        yield bridge
    finally:
        loop.run(runner.cleanup())
        connection.dec_thread_sharing()


@dataclass
class Inspector:
    """Looks for words in answers. `problems` says what was found where, `seen` all that was."""

    words: Words
    allowed: frozenset[str]
    problems: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    _twins: dict[tuple[int, str], Answer] = field(default_factory=dict)

    def inspect(
        self,
        caller: Caller,
        calls: Iterable[Call],
        *,
        methods: Iterable[str] = ("GET",),
        also_allowed: Iterable[str] = (),
    ) -> None:
        """Make the calls, and note every word that may not be in their answers."""
        for call in calls:
            for method in methods:
                answer = caller.ask(call.address, method)
                self._search(answer, call.address, method, frozenset(also_allowed))
                if call.twin and method == "GET":
                    self._compare(answer, caller, call)

    def _search(
        self, answer: Answer, address: str, method: str, also_allowed: frozenset[str]
    ) -> None:
        found = self.words.find(answer.raw)
        self.seen |= found
        # What was asked for may be repeated.
        leaked = found - self.words.find(address.encode()) - self.allowed - also_allowed
        if leaked:
            places = sorted({str(self.words.get_place(word)) for word in leaked})
            self._note(address, method, answer, "names " + "; ".join(places[:5]))
        if answer.status >= 500 and answer.status != 503:
            self._note(address, method, answer, "should not fail")

    def _compare(self, answer: Answer, caller: Caller, call: Call) -> None:
        key = id(caller), call.twin
        if key not in self._twins:
            self._twins[key] = caller.ask(call.twin)
        if _hide(answer) != _hide(self._twins[key]):
            problem = f"differs from the answer about nothing ({call.twin[:200]})"
            self._note(call.address, "GET", answer, problem)

    def _note(self, address: str, method: str, answer: Answer, problem: str) -> None:
        self.problems.append(f"{method} {address[:200]} ({answer.status}) {problem}")

    def check(self) -> None:
        """Fail where there was a problem."""
        assert not self.problems, (
            f"{len(self.problems)} answers tell what they should not:\n"
            + "\n".join(self.problems[:20])
        )


def _hide(answer: Answer) -> tuple[int, str, str]:
    """What of an answer must be the same for both addresses of a call."""
    body = hide_words(answer.body.decode("utf-8", "replace"))
    # The words may be asked for in any case.
    return answer.status, hide_words(answer.location).lower(), body.lower()
