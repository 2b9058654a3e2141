"""CMSs that hold many pages: real conditions, put into the database as `bench-search` does."""

import os
import sys
from pathlib import Path

from bench.speed.servers import build_bench_instance, run_in_cms
from scripts.instance import Instance


def build_library(data_dir: Path, search_data: Path, pages: int, **settings: str) -> Instance:
    """An instance with so many condition pages and a login; found again where it is there.

    Raises `FileNotFoundError` where the data is not there.
    """
    if not (search_data / "conditions.jsonl.gz").is_file():
        raise FileNotFoundError(
            f"There is no {search_data}/conditions.jsonl.gz; set SEARCH_DATA to where it is."
        )
    instance = build_bench_instance(data_dir, **settings)
    if not (data_dir / "loaded").exists():
        run_in_cms(instance, "manage.py", "bootstrap", "--verbosity=0")
        run_in_cms(instance, "-m", "bench.speed.libraries", str(search_data.resolve()), str(pages))
        (data_dir / "loaded").touch()
    return instance


def main() -> None:
    """Fill the database of the CMS whose settings this process has."""
    import django

    django.setup()
    from bench.search_conditions import read_conditions
    from bench.search_loading import load_pages, settle
    from bench.search_progress import ProgressBar

    folder, pages = Path(sys.argv[1]), int(sys.argv[2])
    conditions = read_conditions(folder)[:pages]
    load_pages(conditions, ProgressBar("Loading", len(conditions)).show)
    settle()
    # What SQLite would do by itself some day.
    if os.environ.get("DATABASE_URL", "") == "":
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
