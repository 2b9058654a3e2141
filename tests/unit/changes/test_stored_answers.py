"""Answers kept in memory: bounded, and never older than they may be."""

import threading
import time
from collections.abc import Callable

import pytest

from cms.changes import stored_answers as module
from cms.changes.cursors import Cursor
from cms.changes.feed import ChangeSet, NumberedChange
from cms.changes.stored_answers import StoredAnswer, StoredAnswers, build_stored_answer

EPOCH = "0" * 8


class FakeFeed:
    """A feed without a database, whose readers may be held up."""

    def __init__(self) -> None:
        self.changes: list[set[str]] = []
        self.epoch = EPOCH
        self.nonces = "0"
        self.reads = 0
        self.before_reading: Callable[[], None] = lambda: None

    def get_position(self) -> Cursor:
        self.reads += 1
        return self._build_cursor(len(self.changes))

    def _build_cursor(self, number: int) -> Cursor:
        return Cursor(self.epoch, number, f"{self.nonces}{number:07x}")

    def fetch_changes(self, after: Cursor) -> ChangeSet:
        self.before_reading()
        position = self.get_position()
        if after.number > position.number or after != self._build_cursor(after.number):
            return ChangeSet(position, start_over=True)
        changes = [
            NumberedChange(number, None, sorted(tags))  # type: ignore[arg-type]
            for number, tags in enumerate(self.changes, start=1)
            if number > after.number
        ]
        return ChangeSet(position, changes=changes)


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> FakeFeed:
    fake = FakeFeed()
    monkeypatch.setattr(module, "get_position", fake.get_position)
    monkeypatch.setattr(module, "fetch_changes", fake.fetch_changes)
    return fake


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def build(tag: str, size: int = 100) -> StoredAnswer:
    return build_stored_answer(b"x" * size, [tag])


def keep(answers: StoredAnswers, key: str, tag: str = "page:1", size: int = 100) -> None:
    answers.keep(key, build(tag, size), answers.catch_up())


def test_keep__more_than_fits__forgets_what_was_used_least_lately(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(3 * 3000)
    for key in ("a", "b", "c"):
        keep(answers, key, size=1800)
    assert answers.get_or_none("a")

    keep(answers, "d", size=1800)

    assert answers.get_or_none("a")
    assert answers.get_or_none("b") is None
    assert answers.size <= 3 * 3000


def test_keep__more_than_all_the_memory__is_not_kept(feed: FakeFeed, clock: list[float]) -> None:
    answers = StoredAnswers(5000)
    keep(answers, "small")

    keep(answers, "large", size=6000)

    assert answers.get_or_none("large") is None
    assert answers.get_or_none("small")


def test_keep__long_addresses__count_as_memory(feed: FakeFeed, clock: list[float]) -> None:
    answers = StoredAnswers(50_000)
    for number in range(100):
        keep(answers, f"{number}{'a' * 2000}")

    assert len(answers) < 20


def test_keep__same_key_again__is_counted_once(feed: FakeFeed, clock: list[float]) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a")
    size = answers.size

    keep(answers, "a")

    assert answers.size == size


def test_catch_up__within_a_second__reads_nothing(feed: FakeFeed, clock: list[float]) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a")
    feed.changes.append({"page:1"})
    clock[0] += 0.9

    answers.catch_up()

    assert answers.get_or_none("a")
    assert feed.reads == 1


def test_catch_up__after_a_second__forgets_what_changed_only(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a", "page:1")
    keep(answers, "b", "page:2")
    feed.changes.append({"page:1", "paths"})
    clock[0] += 1

    answers.catch_up()

    assert answers.get_or_none("a") is None
    assert answers.get_or_none("b")


def test_catch_up__caller_has_seen_a_change__reads_at_once(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a")
    feed.changes.append({"page:1"})

    answers.catch_up(feed.get_position())

    assert answers.get_or_none("a") is None


@pytest.mark.parametrize("tags", [{"all"}, {"page:7", "all"}])
def test_catch_up__everything_changed__forgets_all(
    feed: FakeFeed, clock: list[float], tags: set[str]
) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a")
    feed.changes.append(tags)

    answers.catch_up(feed.get_position())

    assert len(answers) == answers.size == 0


def test_catch_up__database_was_restored__forgets_all(feed: FakeFeed, clock: list[float]) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a")
    feed.epoch = "1" * 8

    answers.catch_up(feed.get_position())

    assert answers.get_or_none("a") is None


def test_keep__changed_while_it_was_built__is_not_kept(feed: FakeFeed, clock: list[float]) -> None:
    answers = StoredAnswers(50_000)
    before = answers.catch_up()
    answer = build("page:1")
    feed.changes.append({"page:1"})
    answers.catch_up(feed.get_position())

    answers.keep("a", answer, before)

    assert answers.get_or_none("a") is None


def test_keep__something_else_changed_meanwhile__is_kept(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(50_000)
    before = answers.catch_up()
    feed.changes.append({"page:2"})
    answers.catch_up(feed.get_position())

    answers.keep("a", build("page:1"), before)

    assert answers.get_or_none("a")


def test_keep__more_changed_meanwhile_than_is_remembered__is_not_kept(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(50_000)
    before = answers.catch_up()
    for _ in range(1000):
        feed.changes.append({"page:2"})
        answers.catch_up(feed.get_position())

    answers.keep("a", build("page:1"), before)

    assert answers.get_or_none("a") is None


def test_keep__restored_to_an_earlier_change_meanwhile__is_not_kept(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(50_000)
    feed.changes += [{"page:2"}] * 2
    before = answers.catch_up()
    del feed.changes[1:]
    clock[0] += 1
    answers.catch_up()

    answers.keep("a", build("page:1"), before)

    assert answers.get_or_none("a") is None


@pytest.mark.parametrize("given_again", [2, 3])
def test_keep__numbers_given_again_meanwhile__is_not_kept(
    feed: FakeFeed, clock: list[float], given_again: int
) -> None:
    answers = StoredAnswers(50_000)
    feed.changes += [{"page:2"}] * 2
    before = answers.catch_up()
    feed.nonces = "1"
    clock[0] += 1
    answers.catch_up()
    feed.changes += [{"page:2"}] * (given_again - 2)
    answers.catch_up(feed.get_position())

    answers.keep("a", build("page:1"), before)

    assert answers.get_or_none("a") is None


def test_catch_up__many_at_once_for_changes_of_no_feed__share_a_read(feed: FakeFeed) -> None:
    answers = StoredAnswers(50_000)
    answers.catch_up()
    is_reading, may_go_on = threading.Event(), threading.Event()

    def hold_up() -> None:
        is_reading.set()
        assert may_go_on.wait(5)

    feed.before_reading = hold_up
    foreign = [Cursor(f"{number:08x}", 1, "0" * 8) for number in range(1, 21)]
    threads = [threading.Thread(target=answers.catch_up, args=(seen,)) for seen in foreign]
    for thread in threads:
        thread.start()
    assert is_reading.wait(5)
    # The others have come, and wait for the one that reads.
    time.sleep(0.3)
    may_go_on.set()
    for thread in threads:
        thread.join(5)

    assert feed.reads <= 3


def test_catch_up__feed_cannot_be_read__says_so_each_time(
    feed: FakeFeed, clock: list[float]
) -> None:
    def fail() -> None:
        raise ConnectionError("no database")

    answers = StoredAnswers(50_000)
    answers.catch_up()
    feed.before_reading = fail
    clock[0] += 1

    for _ in range(2):
        with pytest.raises(ConnectionError):
            answers.catch_up()


def test_two_threads__one_behind__the_other_goes_on_and_both_agree(
    feed: FakeFeed, clock: list[float]
) -> None:
    answers = StoredAnswers(50_000)
    keep(answers, "a")
    feed.changes.append({"page:1"})
    is_reading, may_go_on = threading.Event(), threading.Event()

    def hold_up() -> None:
        is_reading.set()
        assert may_go_on.wait(5)

    feed.before_reading = hold_up
    behind = threading.Thread(target=answers.catch_up, args=(feed.get_position(),))
    behind.start()
    assert is_reading.wait(5)

    # Without a cursor, and within the second: no wait.
    answers.catch_up()
    assert answers.get_or_none("a")
    may_go_on.set()
    behind.join(5)

    assert answers.get_or_none("a") is None


def test_many_threads__keeping_and_forgetting__leave_the_count_right(feed: FakeFeed) -> None:
    answers = StoredAnswers(40_000)
    problems: list[BaseException] = []

    def work(own: int) -> None:
        try:
            for turn in range(300):
                if turn % 10 == own:
                    feed.changes.append({f"page:{turn % 7}"})
                position = answers.catch_up(Cursor(EPOCH, len(feed.changes), "f" * 8))
                key = f"{turn % 50}"
                if answers.get_or_none(key) is None:
                    answers.keep(key, build(f"page:{turn % 7}", 500), position)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(own,)) for own in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert not problems
    assert 0 <= answers.size <= 40_000
    feed.changes.append({"all"})
    answers.catch_up(Cursor(EPOCH, len(feed.changes), "f" * 8))
    assert answers.size == 0
