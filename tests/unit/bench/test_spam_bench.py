"""The benchmark of the spam checks: its comments are made by rule, and its figure is honest."""

import re
from pathlib import Path

import pytest

from bench.spam_checks import Result, Tally, read_texts, take_away_senders
from bench.spam_corpus import PARTS, Corpus, Sample, read_families
from cms.comments.choices import Verdict
from tests.factories.spam import build_message


def build_sample(text: str, *, is_spam: bool) -> Sample:
    return Sample(build_message(text), "a family", is_spam, "person")


def test_draw__same_seed__is_the_same() -> None:
    first, second = (list(Corpus(3).draw("held_back", 2)) for _turn in range(2))
    assert first == second
    assert first != list(Corpus(4).draw("held_back", 2))


def test_families__parts__share_no_name_and_no_text() -> None:
    development, held_back = (read_families(part) for part in PARTS)
    assert not {family.name for family in development} & {family.name for family in held_back}
    texts = {text for family in development for text in family.texts}
    assert not texts & {text for family in held_back for text in family.texts}
    for families in (development, held_back):
        assert {family.is_spam for family in families} == {True, False}


@pytest.mark.parametrize("part", PARTS)
def test_draw__texts__have_every_choice_made(part: str) -> None:
    for sample in Corpus(1).draw(part, 10):
        left = re.sub(r"\[/?(?:url|link|URL)|\]\(|%\{|[\[\]{}|]%", "", sample.message.text)
        assert not re.search(r"\{|\}|\[(?!url|link|b\])[a-z]{4,}\]", left), sample.message.text


def test_draw__readers__are_no_programs() -> None:
    for sample in Corpus(1).draw("held_back", 5):
        assert sample.is_spam or sample.sender == "reader"
        assert sample.message.blocked_words == ()


def test_take_away_senders__leaves_the_words() -> None:
    samples = list(Corpus(1).draw("held_back", 1))
    bare = list(take_away_senders(samples))
    assert [one.message.text for one in bare] == [one.message.text for one in samples]
    assert {one.message.honeypot for one in bare} == {""}
    assert {one.message.recent.same_text for one in bare} == {0}


def test_result__verdicts__are_counted_by_family_and_sender() -> None:
    spam = "[url=https://a.example]casino bonus[/url]"
    samples = [
        build_sample("My neck is better.", is_spam=False),
        build_sample(spam, is_spam=False),
        build_sample(spam, is_spam=True),
        build_sample("My neck is better.", is_spam=True),
    ]
    result = Result(samples)
    assert result.families.keys() == {(False, "a family"), (True, "a family")}
    assert [result.kinds[kind].caught for kind in (False, True)] == [1, 1]
    assert result.senders["person"].number == 2
    assert [sample.message.text for sample in result.kinds[False].missed] == [spam]
    assert not result.is_good_enough


@pytest.mark.parametrize(
    ("real", "spam", "is_good_enough"),
    [
        ({Verdict.HAM: 99, Verdict.SPAM: 1}, {Verdict.SPAM: 80, Verdict.DISCARD: 10}, True),
        ({Verdict.HAM: 98, Verdict.SPAM: 2}, {Verdict.SPAM: 90}, False),
        ({Verdict.HAM: 99, Verdict.DISCARD: 1}, {Verdict.SPAM: 90}, False),
        ({Verdict.HAM: 100}, {Verdict.SPAM: 89}, False),
    ],
)
def test_result__figures__are_wanted_so(
    real: dict[str, int], spam: dict[str, int], is_good_enough: bool
) -> None:
    result = Result([])
    for is_spam, verdicts in ((False, real), (True, spam)):
        result.kinds[is_spam] = Tally()
        result.kinds[is_spam].verdicts.update(verdicts)
        result.kinds[is_spam].verdicts[Verdict.HAM] += 100 - sum(verdicts.values())
    assert result.is_good_enough is is_good_enough


def test_held_back__quarter_of_the_benchmark__reaches_the_figure() -> None:
    assert Result(Corpus(5).draw("held_back", 50)).is_good_enough


def test_read_texts__labels_and_texts__are_samples(tmp_path: Path) -> None:
    path = tmp_path / "corpus.tsv"
    path.write_text("ham\tMy neck\nspam\tFree entry\nno label\n\n")
    samples = list(read_texts(path))
    assert [(one.is_spam, one.message.text) for one in samples] == [
        (False, "My neck"),
        (True, "Free entry"),
    ]
