"""The web addresses in a text, and the hosts that they lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final
from urllib.parse import urlsplit

# Bounded everywhere, so that no text makes the search slow.
_LINK: Final = re.compile(
    r"""(?:(?:https?|ftp)://|\bwww\d?\.)[^\s<>\[\](){}"'|\\]{1,2000}""", re.IGNORECASE
)
# Endings of addresses that people write without http. No "in", "me", "fun" or "xxx": those follow a
# full stop with no blank after it ("my pain.In bed", "see you soon.xxx").
_BARE: Final = re.compile(
    r"(?<![\w@.-])(?:(?:(?:t|wa|line)\.me|discord\.gg|m\.me)/\w[^\s<>]{0,200}|"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}"
    r"(?:com|co|example|net|org|info|biz|io|edu|gov|ru|cn|ua|pl|de|uk|ca|au|xyz|top|click|icu|buzz|"
    r"loan|casino|cfd|sbs|cyou|online|site|store|shop|website|tk|ml|ga|cf|gq)(?![\w-])"
    r"(?:/[^\s<>\[\](){}\"']{0,2000})?)",
    re.IGNORECASE,
)
# Where studies, authorities, health services and films are found: what readers rightly link to.
_KNOWN: Final = frozenset(
    resources.files(__package__).joinpath("known_hosts.txt").read_text("utf-8").split()
)


@dataclass(frozen=True)
class Link:
    """An address in a text, as it stands there."""

    text: str
    host: str
    """In lower case, without "www."; "" where it cannot be read."""

    @property
    def is_known(self) -> bool:
        """Whether it leads to a study, an authority or a health service."""
        parts = self.host.split(".")
        return any(".".join(parts[start:]) in _KNOWN for start in range(len(parts)))


def find_links(text: str) -> list[Link]:
    """The web addresses of `text`, in order, those without http as well."""
    return list(_iterate_links(text))


def find_foreign_links(text: str, page_url: str) -> list[Link]:
    """The same without those to the site itself, to studies, authorities and health services."""
    own = _read_host(page_url)
    return [link for link in find_links(text) if not link.is_known and link.host != own]


def _iterate_links(text: str) -> Iterator[Link]:
    at = 0
    for match in _LINK.finditer(text):
        yield from _iterate_bare(text[at : match.start()])
        yield Link(match[0], _read_host(match[0]))
        at = match.end()
    yield from _iterate_bare(text[at:])


def _iterate_bare(text: str) -> Iterator[Link]:
    for match in _BARE.finditer(text):
        yield Link(match[0], _read_host(match[0]))


def _read_host(address: str) -> str:
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".,;:!?").removeprefix("www.")
