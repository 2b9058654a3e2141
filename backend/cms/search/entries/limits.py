"""How long the texts of the index may be, and how many rows are written at once."""

from typing import Final

LONGEST: Final = 255
# Rows in one statement, and ids in one question.
WRITTEN_AT_ONCE: Final = 5000
ASKED_AT_ONCE: Final = 500
