"""What hosts read beside the pages: redirects and headers, in the words of each host.

Editors write redirects. Both ends of each are percent-encoded down to signs that mean nothing to a
host, so that no redirect can be read as more than one, or as another directive.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote

from web.api.redirects import ListedRedirect
from web.build.places import MEDIA_PREFIX, NOT_FOUND
from web.rendering.assets import STATIC_PREFIX

FOR_A_YEAR: Final = "public, max-age=31536000, immutable"
_FOR_A_DAY: Final = "public, max-age=86400"
_ASKED_AGAIN: Final = "public, max-age=0, must-revalidate"
# What may stand in an address besides letters, digits and "-._~", and is harmless everywhere.
_HARMLESS: Final = "/?&=+@,%"
_FRAGMENT: Final = "#"
_OWN_OR_WEB: Final = re.compile(r"(?:https?://[^/?]+)?(?=[/?]|\Z)", re.IGNORECASE)
_HOST: Final = re.compile(r"https?://[A-Za-z0-9.\-\[\]]+(?::\d+)?", re.IGNORECASE)
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Some hosts refuse a longer file, or a longer line of one.
_LONGEST: Final = 900


def build_redirects_file(redirects: Iterable[ListedRedirect]) -> bytes:
    """`_redirects`, as Netlify and Cloudflare Pages read it: from, to, status."""
    lines = [
        f"{path} {location} {_status(redirect)}"
        for redirect in redirects
        for path, location in _iterate_lines(redirect)
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def build_nginx_file(redirects: Iterable[ListedRedirect], headers: dict[str, str]) -> bytes:
    """What to include in a `server` of nginx: headers, the page for 404, redirects."""
    lines = [
        "# Made by `make build-site`; include it in a server { … } with the root of the pages.",
        "gzip_static on;",
        f"error_page 404 /{NOT_FOUND};",
        *_write_nginx_headers({**headers, "Cache-Control": _ASKED_AGAIN}, ""),
    ]
    for prefix, caching in ((STATIC_PREFIX, FOR_A_YEAR), (MEDIA_PREFIX, _FOR_A_DAY)):
        lines += [f"location {prefix} {{"]
        lines += [*_write_nginx_headers({**headers, "Cache-Control": caching}, "    "), "}"]
    seen: set[str] = set()
    for redirect in redirects:
        for path, location in _iterate_lines(redirect):
            decoded = unquote(path)
            # nginx compares what it has decoded; nothing else that a path may hold ends a string.
            if decoded in seen or not decoded.isprintable():
                continue
            seen.add(decoded)
            escaped = decoded.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'location = "{escaped}" {{ return {_status(redirect)} "{location}"; }}')
    return "".join(f"{line}\n" for line in lines).encode()


def build_headers_file(headers: dict[str, str]) -> bytes:
    """`_headers`, as Netlify and Cloudflare Pages read it: a path, then its headers."""
    rules = {
        "/*": headers,
        f"{STATIC_PREFIX}*": {"Cache-Control": FOR_A_YEAR},
        "/theme-*": {"Cache-Control": FOR_A_YEAR},
        f"{MEDIA_PREFIX}*": {"Cache-Control": _FOR_A_DAY},
    }
    lines = []
    for path, rule in rules.items():
        lines += [path, *(f"  {name}: {value}" for name, value in rule.items())]
    return "".join(f"{line}\n" for line in lines).encode()


def _iterate_lines(redirect: ListedRedirect) -> Iterator[tuple[str, str]]:
    """Both spellings of the path, with the location; none where no host could follow it."""
    location = _clean_location_or_none(redirect.location)
    path, _, query = redirect.path.partition("?")
    # Only some hosts compare a query, and one that does not would send every reader away.
    if location is None or query or not path.startswith("/"):
        return
    clean = quote(unquote(path), safe="/").rstrip("/")
    # With nothing left it would be the home page; "//" would be another site.
    if not clean or clean.startswith("//") or len(clean) > _LONGEST:
        return
    for spelling in (clean, f"{clean}/"):
        if spelling != location:
            yield spelling, location


def _clean_location_or_none(location: str) -> str | None:
    origin = _OWN_OR_WEB.match(location)
    if origin is None or (origin.group() and not _HOST.fullmatch(origin.group())):
        return None
    rest = location[origin.end() :]
    if not origin.group() and (not rest.startswith("/") or rest[1:2] in ("/", "\\")):
        return None
    before, sign, fragment = _BAD_PERCENT.sub("%25", rest).partition(_FRAGMENT)
    clean = origin.group() + quote(before, safe=_HARMLESS)
    if sign:
        clean += f"#{quote(fragment, safe=_HARMLESS)}"
    return clean if len(clean) <= _LONGEST else None


def _write_nginx_headers(headers: dict[str, str], indent: str) -> list[str]:
    # Made of settings that were checked to hold no quotation mark, and of our own words.
    return [f'{indent}add_header {name} "{value}" always;' for name, value in headers.items()]


def _status(redirect: ListedRedirect) -> int:
    return 301 if redirect.permanent else 302
