"""Settings for the real thing: complete or refused, PostgreSQL, TLS, no debugging."""

from django.core.exceptions import ImproperlyConfigured

from cms.config import env
from cms.config.settings.base import *


def find_problems() -> list[str]:
    """What is missing or unsafe in the environment, each with what to do about it."""
    problems = []
    if len(env.SECRET_KEY) < 50:
        problems.append(
            "SECRET_KEY must be 50 characters or more that nobody else knows. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if not env.ALLOWED_HOSTS or "*" in env.ALLOWED_HOSTS:
        problems.append(
            "ALLOWED_HOSTS must name the CMS's own host names, with commas between, "
            "such as: cms.example.com"
        )
    if not env.DATABASE_URL.startswith(("postgres://", "postgresql://")):
        problems.append(
            "DATABASE_URL must be a PostgreSQL address, "
            "such as: postgres://user:password@host:5432/name"
        )
    problems += [
        f"{key} is {address}, but must be the public address that starts with https://"
        for key, address in (("SITE_URL", env.SITE_URL), ("CMS_URL", env.CMS_URL))
        if not address.startswith("https://")
    ]
    return problems


if _problems := find_problems():
    raise ImproperlyConfigured(
        "The CMS cannot start. Set these in the environment (.env.example explains each):\n"
        + "\n".join(f"  - {problem}" for problem in _problems)
    )

# The mail server, as django-environ takes its address apart: EMAIL_HOST and its like.
vars().update(env.EMAIL)

DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = env.HSTS_SECONDS
SECURE_SSL_REDIRECT = True
# The site reads these inside the network, where there is no TLS; they carry no session.
SECURE_REDIRECT_EXEMPT = [r"^api/", r"^media/"]
# Subdomains and the browsers' own lists are the business of who owns the whole domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
