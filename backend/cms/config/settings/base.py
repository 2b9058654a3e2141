"""Settings that every environment shares."""

from corsheaders.defaults import default_headers

from cms.config import env

DATA_DIR = env.DATA_DIR

# The three addresses; docs/architecture.md says who uses which.
SITE_URL = env.SITE_URL
CMS_URL = env.CMS_URL

DEBUG = False
SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
ALLOWED_HOSTS = env.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = [CMS_URL]
TRUSTED_PROXIES = env.TRUSTED_PROXIES
# Whoever knows it may say which address a reader has, and nothing else.
SITE_KEY = env.SITE_KEY
STORED_ANSWERS_MB = env.STORED_ANSWERS_MB
COMMENT_IP_DAYS = env.COMMENT_IP_DAYS
AKISMET_KEY = env.AKISMET_KEY
AKISMET_TIMEOUT_SECONDS = env.AKISMET_TIMEOUT_SECONDS

INSTALLED_APPS = [
    # Makes its redirects before our apps say that paths have changed.
    "wagtail.contrib.redirects",
    # Ours come first, so that their templates and commands win over those of the same name.
    "cms.config",
    "cms.demo",
    "cms.previews",
    "cms.live",
    "cms.pages",
    "cms.conditions",
    "cms.branding",
    "cms.search",
    "cms.comments",
    "cms.images",
    "cms.changes",
    "cms.contract",
    "cms.blocks",
    "cms.scheduling",
    "cms.core",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.api.v2",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "corsheaders",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "cms.core.stateless.StatelessApiMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # What follows is not for the public API, which authenticates nobody.
    "cms.core.short_path.ShortPathMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.live.middleware.LiveStatusMiddleware",
    # Calls the views of the admin itself, so it stays last.
    "cms.core.admin_requests.AdminChangeMiddleware",
]

ROOT_URLCONF = "cms.config.urls"
WSGI_APPLICATION = "cms.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.DATABASE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead logging lets readers go on while somebody writes; immediate transactions queue
    # for the lock instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
# The window in which an editor has opened a draft is used again for the next one.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
# A condition page with all its phases has several thousand fields; Django stops at 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/Chicago"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Absolute, for the pictures are shown by a site of another origin.
MEDIA_URL = f"{env.MEDIA_URL}/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Wagtail's own index updates run at once; slow work waits for the worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

WAGTAIL_SITE_NAME = "Massage Aha!"
WAGTAILADMIN_BASE_URL = CMS_URL
WAGTAILAPI_BASE_URL = CMS_URL
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Seconds after which whoever reads the feed of changes numbers what another process has left.
CHANGES_NUMBERED_AFTER = 1.0
# Seconds for which readers' searches are counted in memory before they are written, all at once.
SEARCHES_WRITTEN_AFTER: float | None = 5
# How long the worker waits for the public address of what was published; None: it does not look.
PUBLIC_PAGE_TIMEOUT_SECONDS: float | None = 5
WAGTAILIMAGES_IMAGE_MODEL = "images.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.images.forms.SiteImageForm"
# A phone's photograph fits; decoding one takes at most 200 MB of memory.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_I18N_ENABLED = False
# The admin asks nobody outside: not for newer releases, not for the editors' faces.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

REST_FRAMEWORK = {
    # Public endpoints authenticate nobody: an editor's session changes no byte of an answer.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}

CORS_ALLOWED_ORIGINS = [SITE_URL]
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOW_HEADERS = [*default_headers, "x-seen-change"]
CORS_EXPOSE_HEADERS = ["ETag", "Cache-Tag"]
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.DEFAULT_FROM_EMAIL
SERVER_EMAIL = env.DEFAULT_FROM_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "cms.core.log_masking.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.LOG_LEVEL},
    "loggers": {
        # Django's own handlers would print every line a second time.
        "django": {"handlers": [], "level": env.LOG_LEVEL, "propagate": True},
        # Two lines for every task that went well.
        "django_tasks": {"level": "WARNING"},
    },
}
