"""Counts what readers search for: how often a day, and whether anything was found.

Nothing about the reader is kept: no address, no time of day, and no words that may say who
somebody is. A search is counted in memory, which costs it microseconds; a thread writes the counts
of a few seconds together, and adds them to those of other processes. A process that is killed
loses its last few seconds.
"""

import datetime
import logging
import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from cms.search.recorded import LONGEST_TERM, SearchCount
from cms.search.words import fold

logger = logging.getLogger(__name__)

KEPT_FOR: Final = datetime.timedelta(days=90)
# Different queries in a day, and between two writes of one process; whatever is more is counted
# together. A flood of made-up queries fills neither the memory nor the database.
MOST_TERMS_A_DAY: Final = 2000
MOST_TERMS_WAITING: Final = 1000
# So many digits may be a telephone number, a date of birth or somebody's number anywhere.
_MOST_DIGITS: Final = 5
_ADDRESS: Final = re.compile(r"@|://|www\.|[\w-]{2,}\.[^\W\d]{2,}")
_LONGEST_KEY: Final = SearchCount._meta.get_field("key").max_length


class Term(NamedTuple):
    """A query as it is counted: its folded words, and as somebody typed it. Both may be empty."""

    key: str
    text: str


# Of every query that is not kept.
OTHERS: Final = Term("", "")


@dataclass
class Counts:
    """How often, and of these, how often with a corrected spelling, with nothing found, and with
    a word that no page has.
    """

    searches: int = 0
    corrected: int = 0
    found_nothing: int = 0
    lacked_words: int = 0

    def add(self, other: "Counts") -> None:
        """Add what was counted elsewhere."""
        self.searches += other.searches
        self.corrected += other.corrected
        self.found_nothing += other.found_nothing
        self.lacked_words += other.lacked_words


DayCounts = Mapping[datetime.date, Mapping[Term, Counts]]


@dataclass
class WaitingCounts:
    """What was counted in this process and is not written yet. Threads may share it."""

    _counts: dict[tuple[datetime.date, str], tuple[Term, Counts]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, day: datetime.date, term: Term, counts: Counts) -> None:
        """Count a query, or queries."""
        with self._lock:
            if (day, term.key) not in self._counts and len(self._counts) >= MOST_TERMS_WAITING:
                term = OTHERS
            self._counts.setdefault((day, term.key), (term, Counts()))[1].add(counts)

    def take(self) -> DayCounts:
        """All of it, which is forgotten here."""
        with self._lock:
            taken, self._counts = self._counts, {}
        days: defaultdict[datetime.date, dict[Term, Counts]] = defaultdict(dict)
        for (day, _key), (term, counts) in taken.items():
            days[day][term] = counts
        return days

    def put_back(self, days: DayCounts) -> None:
        """Keep what could not be written."""
        for day, terms in days.items():
            for term, counts in terms.items():
                self.add(day, term, counts)


waiting: Final = WaitingCounts()
_writing: Final = threading.Lock()


class _Writer:
    """Writes in a thread of its own, some seconds after the first search that waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_started = False
        self._writes_at_exit = False

    def start(self, seconds: float) -> None:
        with self._lock:
            if self._is_started:
                return
            thread = threading.Timer(seconds, self._write)
            thread.daemon = True  # nobody waits for it when the process ends
            thread.start()
            self._is_started = True
            if not self._writes_at_exit:
                # Workers of the server are processes that skip `atexit`; this serves both.
                Finalize(None, _write_guarded, exitpriority=1)
                self._writes_at_exit = True

    def _write(self) -> None:
        # First, so that a search from now on starts the next thread.
        self._is_started = False
        try:
            _write_guarded()
        finally:
            connections.close_all()


_writer: Final = _Writer()


def record_search(
    query: str, total: int, corrected_query: str | None, *, lacks_words: bool = False
) -> None:
    """Count a reader's search, which found `total` pages, some for a corrected spelling.

    `lacks_words` tells whether no page has some word of it.

    For first pages of results alone: who turns the page has searched once. It neither reads nor
    writes the database, and no failure of it reaches the reader.
    """
    try:
        is_corrected = total > 0 and corrected_query is not None
        counts = Counts(1, int(is_corrected), int(total == 0), int(lacks_words))
        waiting.add(timezone.localdate(), build_term(query), counts)
        if settings.SEARCHES_WRITTEN_AFTER is not None:
            _writer.start(settings.SEARCHES_WRITTEN_AFTER)
    except Exception:
        logger.exception("A search was not counted")


def build_term(query: str) -> Term:
    """A query as it is counted: `OTHERS` where it is long, or may say who somebody is."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in query).split())
    plain = unicodedata.normalize("NFKC", text)
    digits = sum(sign.isdigit() for sign in plain)
    if len(text) > LONGEST_TERM or digits > _MOST_DIGITS or _ADDRESS.search(plain):
        return OTHERS
    key = " ".join(fold(text))[:_LONGEST_KEY]
    return Term(key, text) if key else OTHERS


def write_searches() -> None:
    """Write what was counted so far. Raises `DatabaseError`; the counts are kept then."""
    with _writing:
        days = dict(waiting.take())
        try:
            for day in sorted(days):
                _add_to_day(day, days[day])
                del days[day]
        except BaseException:
            waiting.put_back(days)
            raise


def delete_old_searches() -> int:
    """Forget counts of more than 90 days ago, and say how many rows. May run at any time."""
    old = SearchCount.objects.filter(day__lt=timezone.localdate() - KEPT_FOR)
    return old.delete()[0] if old.exists() else 0


def _write_guarded() -> None:
    try:
        write_searches()
    except Exception:
        logger.exception("Searches were not written; they are with the next ones")


def _add_to_day(day: datetime.date, terms: Mapping[Term, Counts]) -> None:
    """Add counts to the rows of a day, of which there are `MOST_TERMS_A_DAY`, and one of others.

    Two processes at once may make a few rows more: they count without a lock.
    """
    of_day = SearchCount.objects.filter(day=day)
    with transaction.atomic():
        known = set(
            of_day.filter(key__in=[term.key for term in terms]).values_list("key", flat=True)
        )
        room = max(0, MOST_TERMS_A_DAY - of_day.exclude(key="").count())
        added: dict[Term, Counts] = {}
        for term, counts in terms.items():
            if term.key and term.key not in known:
                term, room = (term, room - 1) if room else (OTHERS, room)
            added.setdefault(term, Counts()).add(counts)
        _make_rows(day, (term for term in added if term.key not in known))
        # In one order everywhere, so that no two processes wait for each other.
        for term in sorted(added):
            of_day.filter(key=term.key).update(
                searches=F("searches") + added[term].searches,
                corrected=F("corrected") + added[term].corrected,
                found_nothing=F("found_nothing") + added[term].found_nothing,
                lacked_words=F("lacked_words") + added[term].lacked_words,
            )


def _make_rows(day: datetime.date, terms: Iterable[Term]) -> None:
    rows = [SearchCount(day=day, key=term.key, text=term.text) for term in sorted(terms)]
    # Another process may make the same one at the same moment.
    SearchCount.objects.bulk_create(rows, ignore_conflicts=True)
