"""Changes in the database of a running CMS, as code in the words of its models."""

import json
import subprocess
import sys
from typing import Final, Self

from scripts.instance import Instance

# Runs in the CMS, one line of JSON at a time.
SHELL: Final = """
import datetime, json, sys
from django.db import transaction
from wagtail.models import Page, PageViewRestriction, Site
from cms.branding.models import BrandingSettings
from cms.comments.models import Comment, CommentSettings
from cms.comments import moderation
from cms.conditions.models import BodySystem, ConditionIndexPage, ConditionPage, Person
from cms.images.models import SiteImage
from cms.pages.models import StandardPage
from wagtail.contrib.redirects.models import Redirect
from cms.changes.feed import get_position
def find(slug):
    return Page.objects.get(slug=slug).specific
for line in sys.stdin:
    with transaction.atomic():
        exec(json.loads(line))
    print(get_position().number, flush=True)
"""


class CmsShell:
    """Makes changes in the database of a running CMS, each as a transaction of its own."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", SHELL],
            cwd=self._instance.cms.folder,
            env=dict(self._instance.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.communicate()

    def change(self, code: str) -> int:
        """Run `code`; the number of the last change after it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())
