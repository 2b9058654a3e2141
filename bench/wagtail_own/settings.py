"""Development settings of a CMS that draws its previews itself, as Wagtail comes."""

from cms.config.settings.dev import *

INSTALLED_APPS = [*INSTALLED_APPS, "bench.wagtail_own"]
ROOT_URLCONF = "bench.wagtail_own.urls"
