"""The CMS as it is measured: without debugging, with connections kept, as in production.

SQLite, plain HTTP and the local folders of development stay, so that nothing has to be set up.
"""

from cms.config.settings.dev import *

DEBUG = False
DATABASES["default"]["CONN_MAX_AGE"] = 60
ROOT_URLCONF = "bench.speed.cms.urls"
