"""A database for the benchmark alone: a new one, or one that was kept from an earlier run."""

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.instance import REPOSITORY_ROOT


@contextmanager
def run_cms(folder: Path, *, is_kept: bool) -> Iterator[None]:
    """Django, set up on a migrated database that is removed afterwards unless it is kept.

    Without DATABASE_URL it is an SQLite file in `folder`, as an instance with that DATA_DIR has
    it. Otherwise it is made on the server that DATABASE_URL names, and no other is touched; one
    that is kept is found again by the name of `folder`.
    """
    sys.path.insert(0, str(REPOSITORY_ROOT / "backend"))
    os.environ["DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.config.settings.dev"
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    (folder / "static").mkdir(exist_ok=True)  # WhiteNoise warns where there is none
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    name = str(folder / "cms.sqlite3")
    if connection.vendor != "sqlite":
        word = re.sub(r"\W", "_", folder.name.lower()) if is_kept else secrets.token_hex(4)
        name = f"bench_search_{word}"[:60]
    # Django makes and removes databases for its tests, and without DEBUG, as in production.
    setup_test_environment(debug=False)
    # No reader asks here, and nobody else may use a database that is to be removed.
    settings.SEARCHES_WRITTEN_AFTER = None
    connection.settings_dict["TEST"]["NAME"] = name
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=is_kept
    )
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=is_kept)
        teardown_test_environment()
