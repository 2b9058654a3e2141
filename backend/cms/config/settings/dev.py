"""Embedded defaults for `make run` on a bare machine."""

from cms.config import env
from cms.config.settings.base import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "development-only-never-use-this-in-production"
ALLOWED_HOSTS = ALLOWED_HOSTS or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *env.get_hosts(CMS_URL, env.CMS_INTERNAL_URL),
]
STORAGES = {
    **STORAGES,
    # Straight from the apps' folders: there is no step between editing a file and seeing it.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
