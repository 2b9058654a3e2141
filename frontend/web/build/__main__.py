"""Write the public site as files: `python -m web.build`, into the folder OUT.

Exit codes: 0 when everything is written, 1 when something could not be, 2 when nothing was tried.
"""

import logging
import os
import sys
import time
from pathlib import Path
from typing import Final

from web.build.builder import Builder, BuildReport
from web.build.errors import BuildError
from web.build.folder import BuildFolder
from web.config import ConfigurationError, Settings, load_settings
from web.features import SiteFeatures

_MOST_PROBLEMS_SHOWN: Final = 20
_INCOMPLETE: Final = 1
_NOT_TRIED: Final = 2


def main() -> int:
    """Build, and say what was done; the exit code."""
    started = time.monotonic()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = load_settings()
        folder = BuildFolder(Path(settings.build_dir))
        with folder.open() as manifest:
            builder = Builder(settings, _build_features(settings), folder, os.cpu_count() or 1)
            report = builder.build(manifest)
    except (BuildError, ConfigurationError) as error:
        print(error, file=sys.stderr)
        return _NOT_TRIED
    except OSError as error:
        print(f"The files could not be written: {error}. Run it again to go on.", file=sys.stderr)
        return _INCOMPLETE
    except KeyboardInterrupt:
        print("\nInterrupted; run it again to go on.", file=sys.stderr)
        return _INCOMPLETE
    _tell(report, folder, time.monotonic() - started)
    return _INCOMPLETE if report.problems else 0


def _build_features(settings: Settings) -> SiteFeatures:
    return SiteFeatures(settings.dynamic_url, has_server=bool(settings.dynamic_url))


def _tell(report: BuildReport, folder: BuildFolder, seconds: float) -> None:
    print(
        f"{folder.out}: {report.page_count:,} pages, {report.rendered:,} made anew, "
        f"{report.removed:,} removed; {report.pictures:,} pictures fetched; {seconds:.1f} s"
    )
    for problem in report.problems[:_MOST_PROBLEMS_SHOWN]:
        print(f"  {problem}", file=sys.stderr)
    if len(report.problems) > _MOST_PROBLEMS_SHOWN:
        print(f"  … and {len(report.problems) - _MOST_PROBLEMS_SHOWN} more", file=sys.stderr)
    if report.problems:
        print("Run it again to try what is missing.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
