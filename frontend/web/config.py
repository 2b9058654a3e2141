"""The site's settings, read once from the environment and checked."""

import ipaddress
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

DEFAULT_SITE_URL = "http://localhost:3000"
DEFAULT_CMS_URL = "http://127.0.0.1:8000"
SHORTEST_PURGE_SECRET: Final = 32
_NAME: Final = re.compile(r"[A-Za-z0-9._:-]{1,100}")


class ConfigurationError(Exception):
    """A setting is wrong; the message names each one and says what to write instead."""


@dataclass(frozen=True)
class Settings:
    """Everything that the environment decides. Addresses have no slash at the end.

    `site_url` is where readers are, `cms_url` where the editor's browser finds the CMS,
    `cms_internal_url` where this site finds it, `media_url` where pictures come from. By
    `site_key` the CMS knows this site, and believes what it says about a reader's address; "" for
    none. `trusted_proxies` are addresses and networks whose X-Forwarded-For is believed. Pages are
    kept in the folder `store_dir`, "" for none, and in `store_mb` megabytes of memory. `site_name`
    is what this site calls itself to the CMS. `build_dir` is where the site is written to files,
    `dynamic_url` where a server of this site answers for those, "" for nowhere. `purge_url` is told
    what caches have to forget, signed with `purge_secret`; "" where nobody is told.
    """

    site_url: str = DEFAULT_SITE_URL
    cms_url: str = DEFAULT_CMS_URL
    cms_internal_url: str = DEFAULT_CMS_URL
    media_url: str = DEFAULT_CMS_URL
    site_host: str = "127.0.0.1"
    site_port: int = 3000
    cms_timeout_seconds: float = 5.0
    site_key: str = field(default="", repr=False)
    trusted_proxies: tuple[str, ...] = ()
    store_dir: str = ""
    store_mb: int = 128
    site_name: str = "site"
    build_dir: str = "dist"
    dynamic_url: str = ""
    purge_url: str = ""
    purge_secret: str = field(default="", repr=False)

    @property
    def site_origin(self) -> str:
        """What a browser calls this site in the header `Origin`."""
        return _origin_of_browser(self.site_url)

    @property
    def cms_origin(self) -> str:
        """The CMS's scheme, host and port, as a security policy names it."""
        return get_origin(self.cms_url)

    @property
    def media_origin(self) -> str:
        """The scheme, host and port that pictures come from."""
        return get_origin(self.media_url)


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in `environment`. Raises `ConfigurationError` that names every wrong value."""
    reader = _Reader(environment)
    cms_url = reader.address("CMS_URL", DEFAULT_CMS_URL)
    port = reader.port("SITE_PORT", Settings.site_port)
    settings = Settings(
        site_url=reader.address("SITE_URL", DEFAULT_SITE_URL),
        cms_url=cms_url,
        cms_internal_url=reader.address("CMS_INTERNAL_URL", cms_url),
        media_url=reader.address("MEDIA_URL", cms_url),
        site_host=environment.get("SITE_HOST", "").strip() or Settings.site_host,
        site_port=port,
        cms_timeout_seconds=reader.seconds("CMS_TIMEOUT_SECONDS", Settings.cms_timeout_seconds),
        site_key=reader.secret("SITE_KEY"),
        trusted_proxies=reader.networks("TRUSTED_PROXIES"),
        store_dir=environment.get("SITE_STORE_DIR", "").strip(),
        store_mb=reader.number("SITE_STORE_MB", Settings.store_mb, 65536),
        site_name=reader.name("SITE_NAME", _build_name(port)),
        build_dir=environment.get("OUT", "").strip() or Settings.build_dir,
        dynamic_url=reader.address_or_none("DYNAMIC_URL"),
        purge_url=reader.address_or_none("PURGE_URL"),
        purge_secret=reader.secret("PURGE_SECRET"),
    )
    if settings.purge_url and len(settings.purge_secret) < SHORTEST_PURGE_SECRET:
        reader.problems.append(
            f"  PURGE_SECRET must have {SHORTEST_PURGE_SECRET} characters or more with PURGE_URL."
        )
    if reader.problems:
        raise ConfigurationError("The site cannot start.\n" + "\n".join(reader.problems))
    return settings


def _build_name(port: int) -> str:
    """A name that no other site has: of two on one machine, each has its own port."""
    host = re.sub(r"[^A-Za-z0-9._-]", "-", socket.gethostname())[:90]
    return f"{host or 'site'}:{port}"


class _Reader:
    """Reads one key at a time and gathers what is wrong, so that all of it is told at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def address(self, key: str, default: str) -> str:
        value = (self._environment.get(key, "").strip() or default).rstrip("/")
        if not _is_web_address(value):
            self._refuse(key, value, f"a full web address, such as {default}")
        return value

    def address_or_none(self, key: str) -> str:
        """The address, or "" where none is given."""
        return self.address(key, "https://www.example.com") if self.is_given(key) else ""

    def is_given(self, key: str) -> bool:
        return bool(self._environment.get(key, "").strip())

    def port(self, key: str, default: int) -> int:
        value = self._environment.get(key, "").strip() or str(default)
        if not (value.isascii() and value.isdecimal() and 0 < int(value) < 65536):
            self._refuse(key, value, f"a port number from 1 to 65535, such as {default}")
            return default
        return int(value)

    def seconds(self, key: str, default: float) -> float:
        value = self._environment.get(key, "").strip() or str(default)
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= 60:
            self._refuse(key, value, f"a number of seconds up to 60, such as {default}")
        return seconds

    def number(self, key: str, default: int, most: int) -> int:
        value = self._environment.get(key, "").strip() or str(default)
        if not (value.isascii() and value.isdecimal() and 0 < int(value) <= most):
            self._refuse(key, value, f"a whole number from 1 to {most}, such as {default}")
            return default
        return int(value)

    def name(self, key: str, default: str) -> str:
        value = self._environment.get(key, "").strip() or default
        # It goes into a header, with a semicolon after it.
        if not _NAME.fullmatch(value):
            self._refuse(key, value, "up to 100 letters, digits and signs, such as web-1")
        return value

    def secret(self, key: str) -> str:
        value = self._environment.get(key, "").strip()
        # It goes into a header, and into no message.
        if not (value.isascii() and value.isprintable() and " " not in value):
            self._refuse(key, "[hidden]", "letters, digits and signs of ASCII without blanks")
        return value

    def networks(self, key: str) -> tuple[str, ...]:
        given = (part.strip() for part in self._environment.get(key, "").split(","))
        networks = tuple(part for part in given if part)
        for network in networks:
            try:
                ipaddress.ip_network(network)
            except ValueError:
                self._refuse(key, network, "addresses or networks, such as 10.0.0.0/8")
        return networks

    def _refuse(self, key: str, value: str, wanted: str) -> None:
        self.problems.append(f"  {key} is {value!r}, but must be {wanted}.")


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = not parts.query and not parts.fragment and "@" not in parts.netloc
    # What follows goes into a response header, where a blank or a semicolon would end a directive.
    is_clean = value.isascii() and not any(character in value for character in " ;,'\"\\")
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and is_plain
        and is_clean
        and port_is_fine
    )


def get_origin(address: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _origin_of_browser(address: str) -> str:
    parts = urlsplit(address.lower())
    usual_port = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual_port)}"
