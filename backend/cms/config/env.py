"""Every setting that the environment may give to the CMS, read once, with its default.

`.env.example` lists the same keys and says what they mean; a test holds the two together, so
nothing else in the CMS reads the environment. A key that is there but empty counts as not given.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

import environ

REPOSITORY_ROOT = Path(__file__).resolve().parents[3]

_env = environ.Env()


def _read_text(key: str, default: str = "") -> str:
    return _env.str(key, default="").strip() or default


def _read_address(key: str, default: str) -> str:
    return _read_text(key, default).rstrip("/")


def _read_list(key: str) -> list[str]:
    return [item.strip() for item in _read_text(key).split(",") if item.strip()]


def _read_number(key: str, default: int, most: int | None = None) -> int:
    text = _read_text(key, str(default))
    is_number = text.isascii() and text.isdecimal()
    if not is_number or (most is not None and int(text) > most):
        limit = "" if most is None else f" up to {most}"
        message = f"{key} is {text!r}, but must be a whole number{limit}, such as {default}."
        raise environ.ImproperlyConfigured(message)
    return int(text)


def get_hosts(*addresses: str) -> list[str]:
    """The host names of `addresses`, without ports."""
    return [host for address in addresses if (host := urlsplit(address).hostname)]


def _resolve_data_dir() -> Path:
    configured = Path(_read_text("DATA_DIR", "var"))
    return configured if configured.is_absolute() else REPOSITORY_ROOT / configured


DATA_DIR = _resolve_data_dir()
DATABASE_URL = _read_text("DATABASE_URL")
DATABASE = environ.Env.db_url_config(
    DATABASE_URL or f"sqlite:///{quote(str(DATA_DIR / 'cms.sqlite3'))}"
)

CMS_PORT = _read_number("CMS_PORT", 8000)
SITE_PORT = _read_number("SITE_PORT", 3000)
SITE_URL = _read_address("SITE_URL", f"http://localhost:{SITE_PORT}")
CMS_URL = _read_address("CMS_URL", f"http://127.0.0.1:{CMS_PORT}")
CMS_INTERNAL_URL = _read_address("CMS_INTERNAL_URL", CMS_URL)
MEDIA_URL = _read_address("MEDIA_URL", f"{CMS_URL}/media")

SECRET_KEY = _read_text("SECRET_KEY")
SECRET_KEY_FALLBACKS = _read_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = _read_list("ALLOWED_HOSTS")
TRUSTED_PROXIES = _read_list("TRUSTED_PROXIES")
SITE_KEY = _read_text("SITE_KEY")
STORED_ANSWERS_MB = _read_number("STORED_ANSWERS_MB", 64, most=4096)
COMMENT_IP_DAYS = _read_number("COMMENT_IP_DAYS", 30, most=30)
AKISMET_KEY = _read_text("AKISMET_KEY")
AKISMET_TIMEOUT_SECONDS = _read_number("AKISMET_TIMEOUT_SECONDS", 10)
HSTS_SECONDS = _read_number("HSTS_SECONDS", 31_536_000)
LOG_LEVEL = _read_text("LOG_LEVEL", "INFO").upper()

EMAIL = environ.Env.email_url_config(_read_text("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = _read_text("DEFAULT_FROM_EMAIL", "webmaster@localhost")

ADMIN_USERNAME = _read_text("ADMIN_USERNAME", "admin")
ADMIN_EMAIL = _read_text("ADMIN_EMAIL")
ADMIN_PASSWORD = _read_text("ADMIN_PASSWORD")
