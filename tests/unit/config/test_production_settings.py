"""The production settings: complete, or refused with what to do."""

import os
import subprocess
import sys

import pytest

from scripts.instance import REPOSITORY_ROOT

COMPLETE = {
    "SECRET_KEY": "h2Vd0xW9-only-for-this-test-3kLmQ7pRsTuYzA5bC8eFgJnP",
    "ALLOWED_HOSTS": "cms.example.com,cms",
    "DATABASE_URL": "postgres://cms:secret@127.0.0.1:5432/cms",
    "SITE_URL": "https://www.example.com",
    "CMS_URL": "https://cms.example.com",
}

SHOW = """
import cms.config.settings.production as settings
print({name: getattr(settings, name) for name in %r})
"""


def load_production(changes: dict[str, str], *names: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own; it prints those that `names` names."""
    environment = {"PATH": os.environ["PATH"], **COMPLETE, **changes}
    return subprocess.run(
        [sys.executable, "-c", SHOW % (names,)],
        cwd=REPOSITORY_ROOT / "backend",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:////data/cms.sqlite3"),
        ("SITE_URL", ""),
        ("CMS_URL", "http://cms.example.com"),
    ],
)
def test_production__an_unsafe_setting__is_refused_by_name(key: str, value: str) -> None:
    finished = load_production({key: value})
    assert finished.returncode == 1
    assert f"- {key} " in finished.stderr
    others = set(COMPLETE) - {key}
    assert not any(f"- {other} " in finished.stderr for other in others)


def test_production__nothing_set__names_everything_at_once() -> None:
    finished = load_production(dict.fromkeys(COMPLETE, ""))
    assert all(f"- {key} " in finished.stderr for key in COMPLETE)


def test_production__complete__is_secure() -> None:
    expected = {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLOWED_HOSTS": ["cms.example.com", "cms"],
        "CSRF_TRUSTED_ORIGINS": ["https://cms.example.com"],
        "CORS_ALLOWED_ORIGINS": ["https://www.example.com"],
        "MEDIA_URL": "https://cms.example.com/media/",
        "TRUSTED_PROXIES": [],
    }
    finished = load_production({}, *expected)
    assert finished.stderr == ""
    assert finished.stdout.strip() == str(expected)


def test_production__mail_server__is_taken_from_its_address() -> None:
    expected = {
        "EMAIL_HOST": "mail.example.com",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "user",
        "EMAIL_USE_TLS": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    }
    address = "smtp+tls://user:password@mail.example.com:587"
    assert load_production({"EMAIL_URL": address}, *expected).stdout.strip() == str(expected)
