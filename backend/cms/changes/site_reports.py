"""The header in which a site says what it has applied, and how many pages it keeps."""

import re
from dataclasses import dataclass
from typing import Final

REPORT_HEADER: Final = "X-Site-Report"
# As many as a column of whole numbers holds.
_MOST_PAGES: Final = 2**31 - 1
_WRITTEN: Final = re.compile(
    r"name=(?P<name>[\x21-\x3a\x3c-\x7e]{1,100});"
    r"pages=(?P<pages>[0-9]{1,10});refreshed=(?P<refreshed>[0-9]{1,10})"
)


@dataclass(frozen=True)
class Report:
    """A site, by the name it gives itself; how many pages it keeps, and has rendered again."""

    name: str
    pages: int
    refreshed: int


def parse_report_or_none(text: str) -> Report | None:
    """The report that `text` writes, such as `name=web-1;pages=14;refreshed=6`, or None."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    report = Report(match["name"], int(match["pages"]), int(match["refreshed"]))
    return report if max(report.pages, report.refreshed) <= _MOST_PAGES else None
