"""The benchmark of comments kills a real CMS, and notices what is missing or doubled."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench.comments_durability import Result, measure
from bench.comments_stream import StreamError
from bench.comments_table import count_comments

SOUND = Result(sent=9, kills=2, tries=12, acknowledged=9, found=9, doubled=0, missing=0)


def test_measure__killed_while_it_takes_comments__has_each_of_them_once() -> None:
    result = measure(responses=24, kills=2, seed=1)

    assert result.is_sound, str(result)
    assert (result.acknowledged, result.found) == (24, 24)
    assert result.kills == 2
    assert result.tries > 24


def test_measure__more_than_the_pages_take__says_so() -> None:
    with pytest.raises(StreamError, match="take"):
        measure(responses=100_000, kills=1)


@pytest.mark.parametrize("wrong", [{"missing": 1}, {"doubled": 1}, {"acknowledged": 8}])
def test_result__anything_wrong__is_not_sound(wrong: dict[str, int]) -> None:
    assert SOUND.is_sound
    assert not replace(SOUND, **wrong).is_sound


def test_count__rows_of_each_text__are_counted(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cms.sqlite3")) as database, database:
        database.execute("CREATE TABLE comments_comment (text TEXT)")
        database.executemany("INSERT INTO comments_comment VALUES (?)", [("a",), ("b",), ("a",)])

    assert count_comments({"DATA_DIR": str(tmp_path)}) == {"a": 2, "b": 1}
