"""A process killed while it publishes: the page and its change are both there, or neither."""

import json
import signal
import subprocess
import sys
from typing import Final

import pytest

from scripts.instance import Instance
from tests.e2e.live_code import run_code

PUBLISH: Final = """
import os, signal
from django.db.models.signals import post_save, pre_save
from cms.changes import numbering
from cms.changes.models import PendingChange
from cms.pages.models import StandardPage
def die(**_):
    os.kill(os.getpid(), signal.SIGKILL)
{moment}
page = StandardPage.objects.get(slug="about")
page.summary = "A summary of forty characters or more, by a process that died."
page.save_revision().publish()
"""
LOOK: Final = """
import json
from cms.changes.feed import fetch_changes, get_position
from cms.changes.models import Change, ChangeFeed, PendingChange
from cms.pages.models import StandardPage
page = StandardPage.objects.get(slug="about")
waiting = PendingChange.objects.count()
import time; time.sleep(1.2 if waiting else 0)
get_position()
tags = Change.objects.order_by("-number").first().tags
print(json.dumps([
    page.summary.endswith("died."), waiting, f"page:{{page.pk}}" in tags,
    PendingChange.objects.count(),
]))
"""


@pytest.mark.parametrize(
    ("moment", "is_published"),
    [
        ("pre_save.connect(die, sender=PendingChange)", False),
        ("post_save.connect(die, sender=PendingChange)", False),
        ("import cms.changes.numbering as n; n.number_pending = die", True),
    ],
    ids=["before the row", "before the commit", "before the number"],
)
def test_killed__while_it_publishes__leaves_both_or_neither(
    live_instance: Instance, moment: str, is_published: bool
) -> None:
    before = run_code(live_instance, "from cms.changes.feed import get_position; get_position()")
    assert before == ""
    finished = subprocess.run(
        [sys.executable, "manage.py", "shell", "--command", PUBLISH.format(moment=moment)],
        cwd=live_instance.cms.folder,
        env=dict(live_instance.environment),
        check=False,
        capture_output=True,
    )
    assert finished.returncode == -signal.SIGKILL, finished.stderr[-2000:]
    published, waiting, is_numbered, left = json.loads(run_code(live_instance, LOOK))
    assert published == is_published
    assert bool(waiting) == is_published
    assert is_numbered == is_published
    assert left == 0
