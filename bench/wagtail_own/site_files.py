"""What `bench.preview_instances` takes from the site: its frame, style sheets and fonts."""

from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = Path(settings.DATA_DIR) / "site-files"
FRAME: Final = FOLDER / "frame.html"
