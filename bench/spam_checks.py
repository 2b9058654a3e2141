"""How much spam our own checks catch, and how many real responses they take for spam.

`make bench-spam` makes comments by rule (`spam_corpus.py` says how) and gives each to the local
checks alone: no Akismet, no list of blocked words, nothing that was learned. The exit status is 1
when the held-back part misses the figures that are wanted.

    ARGS="--part development"   the families that the checks were developed with
    ARGS="--texts FILE"         a corpus of texts instead: lines of "ham" or "spam", a tab, the text
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bench.spam_corpus import PARTS, Corpus, Sample
from cms.comments.choices import Verdict
from cms.comments.spam.local.provider import LocalProvider

SEED: Final = 5
PER_FAMILY: Final = 200
MOST_REAL_AS_SPAM: Final = 0.01
LEAST_SPAM_CAUGHT: Final = 0.90


@dataclass
class Tally:
    """What became of the comments of one kind."""

    verdicts: Counter[str] = field(default_factory=Counter)
    missed: list[Sample] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many there were."""
        return self.verdicts.total()

    @property
    def caught(self) -> int:
        """How many were taken for spam."""
        return self.verdicts[Verdict.SPAM] + self.discarded

    @property
    def discarded(self) -> int:
        """How many of these went to the bin at once."""
        return self.verdicts[Verdict.DISCARD]

    def describe(self, label: str) -> str:
        """A line of the table."""
        share = self.caught / max(self.number, 1)
        return f"{label:44}{self.number:7,}{self.caught:8,}{self.discarded:11,}{share:9.1%}"


class Result:
    """The tallies of a run: by family, by sender, and by whether it is spam."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self.families: dict[tuple[bool, str], Tally] = {}
        self.senders: dict[str, Tally] = {}
        self.kinds = {False: Tally(), True: Tally()}
        provider = LocalProvider()
        for sample in samples:
            verdict = provider.check(sample.message).verdict
            key = (sample.is_spam, sample.family)
            tallies = [self.kinds[sample.is_spam], self.families.setdefault(key, Tally())]
            if sample.is_spam:
                tallies.append(self.senders.setdefault(sample.sender, Tally()))
            for tally in tallies:
                tally.verdicts[verdict] += 1
                if (verdict == Verdict.HAM) is sample.is_spam:
                    tally.missed.append(sample)

    @property
    def is_good_enough(self) -> bool:
        """Whether it reaches the figures that are wanted."""
        real, spam = self.kinds[False], self.kinds[True]
        return (
            real.discarded == 0
            and real.caught <= real.number * MOST_REAL_AS_SPAM
            and spam.caught >= spam.number * LEAST_SPAM_CAUGHT
        )

    def describe(self) -> Iterator[str]:
        """The table, line by line."""
        yield f"{'':44}{'number':>7}{'as spam':>8}{'discarded':>11}{'share':>9}"
        for is_spam, title in ((False, "Real responses"), (True, "Spam")):
            if not self.kinds[is_spam].number:
                continue
            yield self.kinds[is_spam].describe(title)
            for (is_of_spam, family), tally in self.families.items():
                if is_of_spam is is_spam:
                    yield tally.describe(f"  {family}")
        for sender, tally in self.senders.items():
            yield tally.describe(f"Spam, sent by a {sender}")


def main() -> int:
    """Draw, check, print. Returns the exit status."""
    options = _read_options()
    if options.texts:
        result = Result(read_texts(options.texts))
        print("Texts alone, each sent as a careful reader would", *result.describe(), sep="\n")
        _show_missed(result, options.show)
        return 0
    samples = list(Corpus(SEED).draw(options.part, PER_FAMILY))
    result = Result(samples)
    words_alone = Result(take_away_senders(samples))
    print(*result.describe(), sep="\n")
    print(words_alone.kinds[False].describe("Real responses, judged by their words alone"))
    print(words_alone.kinds[True].describe("Spam, judged by its words alone"))
    _show_missed(result, options.show)
    end = "reached" if result.is_good_enough else "MISSED"
    print(
        f"Wanted: no real response discarded, at most {MOST_REAL_AS_SPAM:.0%} as spam, "
        f"at least {LEAST_SPAM_CAUGHT:.0%} of spam: {end}."
    )
    return 0 if result.is_good_enough or options.part != PARTS[1] else 1


def take_away_senders(samples: Iterable[Sample]) -> Iterator[Sample]:
    """The same texts, each as if a careful reader had sent it."""
    corpus = Corpus(SEED)
    for sample in samples:
        yield replace(sample, message=corpus.build_careful_reader(sample.message.text))


def read_texts(path: Path) -> Iterator[Sample]:
    """The comments of a file of labels and texts, with a tab between."""
    corpus = Corpus(SEED)
    for line in path.read_text("utf-8", errors="replace").splitlines():
        label, tab, text = line.partition("\t")
        if tab and label in ("ham", "spam"):
            message = corpus.build_careful_reader(text[:10_000])
            yield Sample(message, path.name, label == "spam", "text")


def _show_missed(result: Result, number: int) -> None:
    for is_spam, tally in result.kinds.items():
        for sample in tally.missed[:number]:
            reasons = LocalProvider().check(sample.message).reasons
            said = [f"{reason.weight} {reason.code}" for reason in reasons]
            print("spam" if is_spam else "real", said, repr(sample.message.text[:300]))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, default=PARTS[1])
    parser.add_argument("--texts", type=Path, metavar="FILE")
    parser.add_argument("--show", type=int, default=0, help="how many wrong ones to show of each")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
