"""Fast and self-contained settings for the test suite.

Of the environment, only DATABASE_URL counts: the suite gives the same answer in every shell.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from cms.config.settings.dev import *

# Django's own test runs switch this off too; tests see what readers would.
DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
SECRET_KEY_FALLBACKS = []
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

DATA_DIR = Path(tempfile.mkdtemp(prefix="massage-aha-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns where there is none
MEDIA_ROOT = DATA_DIR / "media"

# Nothing outside is asked; tests that ask somebody set their own.
AKISMET_KEY = ""
PUBLIC_PAGE_TIMEOUT_SECONDS = None
SITE_KEY = "only-for-tests"
COMMENT_IP_DAYS = 30
# Each answer is built anew, but for the tests of those that are kept.
STORED_ANSWERS_MB = 0
SITE_URL = "http://localhost:3000"
CMS_URL = "http://127.0.0.1:8000"
MEDIA_URL = f"{CMS_URL}/media/"
WAGTAILADMIN_BASE_URL = CMS_URL
WAGTAILAPI_BASE_URL = CMS_URL
CSRF_TRUSTED_ORIGINS = [CMS_URL]
CORS_ALLOWED_ORIGINS = [SITE_URL]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in development: SQLite's shared memory knows no waiting, and tests have threads.
    DATABASES["default"]["NAME"] = str(DATA_DIR / "cms.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"]["OPTIONS"],
        # Nothing here has to outlive a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }

# Nothing is ever committed in most tests, and so never numbered by who changed it.
CHANGES_NUMBERED_AFTER = 0.0
# Tests write the counts of searches themselves: a thread would write into the next test.
SEARCHES_WRITTEN_AFTER = None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}
