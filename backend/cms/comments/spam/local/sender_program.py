"""The program that the request says it comes from."""

from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "sender_program"
# Tools and libraries that no reader browses with.
_TOOLS: Final = (
    "curl/", "wget/", "python", "libwww", "java/", "okhttp", "go-http-client", "scrapy", "ruby",
    "perl", "php", "guzzle", "httpclient", "aiohttp", "axios", "node-fetch", "headlesschrome",
    "phantomjs", "xrumer", "winhttp", "indy library",
)  # fmt: skip


def check(message: Message) -> Reason | None:
    """A tool's name in place of a browser's, or none at all."""
    agent = message.user_agent.casefold()
    if any(tool in agent for tool in _TOOLS):
        return Reason(CODE, "Sent by a program, not by a web browser", 5)
    if not agent.strip():
        # Some readers hide it.
        return Reason(CODE, "Does not say which web browser it comes from", 2)
    return None
