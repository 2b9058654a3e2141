"""What the database holds of comments, read without the CMS."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg

_QUERY: Final = "SELECT text, COUNT(*) FROM comments_comment GROUP BY text"


def count_comments(environment: Mapping[str, str]) -> dict[str, int]:
    """How often each text is there, in the database of the instance with this environment."""
    if address := environment.get("DATABASE_URL"):
        with psycopg.connect(address) as connection:
            return dict(connection.execute(_QUERY).fetchall())
    file = Path(environment["DATA_DIR"]) / "cms.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        return dict(database.execute(_QUERY).fetchall())
