"""Comments made by rule, to try the spam checks with: what is said, and how it is sent.

The folder `spam_texts` holds families of texts: readers' and spam's, those that the checks were
developed with and those that were kept back. Of each family's texts a seed chooses; "{a|b}" is
one of the two, "[part]" a word of `words.yaml`. How a comment is sent is drawn from the habits
below, which are assumptions, not measurements.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from cms.comments.spam.message import Message, Recent

TEXTS: Final = Path(__file__).parent / "spam_texts"
PARTS: Final = ("development", "held_back")
SENT_AT: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)

_CHOICE: Final = re.compile(r"\{([^{}]*)\}")
_WORD: Final = re.compile(r"\[([a-z]+)\]")
_BROWSERS: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
)
_TOOLS: Final = ("python-requests/2.33", "Go-http-client/2.0", "curl/8.14", "")
_PAGES: Final = ("Massage for Multiple Sclerosis", "Massage for Fibromyalgia", "About the library")


@dataclass(frozen=True)
class Sample:
    """A comment, its family, and whether it is spam."""

    message: Message
    family: str
    is_spam: bool
    sender: str


@dataclass(frozen=True)
class Family:
    """Texts that are alike in what they want."""

    name: str
    is_spam: bool
    texts: list[str]


class Corpus:
    """Draws samples; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing here is secret
        self._words: dict[str, list[str]] = _read_yaml("words")

    def draw(self, part: str, per_family: int) -> Iterator[Sample]:
        """`per_family` samples of each family of a part, readers first."""
        for family in read_families(part):
            for _number in range(per_family):
                yield self._draw_sample(family)

    def _draw_sample(self, family: Family) -> Sample:
        text = self.write(self._random.choice(family.texts))
        sender = self._pick(_SENDERS) if family.is_spam else "reader"
        message = _HABITS[sender](self, text)
        return Sample(message, family.name, family.is_spam, sender)

    def write(self, text: str) -> str:
        """A text with its choices made and its words put in."""
        while match := _CHOICE.search(text):
            chosen = self._random.choice(match[1].split("|"))
            text = f"{text[: match.start()]}{chosen}{text[match.end() :]}"
        return _WORD.sub(lambda match: self._find_word(match), text)

    def _find_word(self, match: re.Match[str]) -> str:
        words = self._words.get(match[1])
        return self._random.choice(words) if words else match[0]

    def build_reader(self, text: str) -> Message:
        """A person at the form, who types or pastes, is called away, or shares an address."""
        draw = self._random
        name = self.write("[first]" if draw.random() < 0.6 else "[first] [last]")
        email = self.write("[first].[last]@[mailhost]").lower() if draw.random() < 0.6 else ""
        seconds = 8 + len(text) / draw.uniform(1.5, 6) + draw.expovariate(1 / 60)
        seconds = self._pick({seconds: 92, draw.uniform(6, 20): 5, draw.uniform(9e4, 4e5): 3})
        return self._build(
            text,
            name,
            email,
            seconds=self._pick({seconds: 98, None: 2}),
            # Some browsers fill in fields that nobody sees.
            honeypot=self._pick({"": 993, name: 5, "Leeds": 2}),
            agent=self._pick({draw.choice(_BROWSERS): 98, "": 2}),
            from_address=self._pick({0: 93, draw.randint(1, 3): 6, draw.randint(4, 9): 1}),
            on_page=self._pick({draw.randint(0, 4): 98, draw.randint(5, 40): 2}),
            # Whoever fears that it got lost sends it again; short ones are alike by chance.
            same_text=self._pick({0: 97, 1: 2, 2: 1}) if len(text) > 40 else draw.randint(0, 4),
        )

    def build_blind_program(self, text: str) -> Message:
        """A program that never opened the form, or fills in all of it at once."""
        draw = self._random
        return self._build(
            text,
            self._name_spammer(),
            self.write("[brandword][first]@[mailhost]").lower(),
            seconds=self._pick({None: 70, draw.uniform(0, 2.5): 30}),
            honeypot=self._pick({"": 40, "https://example.com/": 60}),
            agent=draw.choice(_BROWSERS + _TOOLS),
            from_address=self._pick({0: 40, draw.randint(1, 30): 60}),
            on_page=self._pick({draw.randint(0, 4): 70, draw.randint(5, 40): 30}),
            same_text=self._pick({0: 50, draw.randint(1, 40): 50}),
        )

    def build_careful_program(self, text: str) -> Message:
        """A program that drives a browser, waits, sees the trap, and changes its address."""
        draw = self._random
        return self._build(
            text,
            self._name_spammer(),
            self.write("[first][last][brandword]@[mailhost]").lower(),
            seconds=draw.uniform(5, 120),
            honeypot="",
            agent=draw.choice(_BROWSERS),
            from_address=self._pick({0: 80, draw.randint(1, 4): 20}),
            on_page=draw.randint(0, 6),
            same_text=self._pick({0: 75, draw.randint(1, 6): 25}),
        )

    def build_careful_reader(self, text: str) -> Message:
        """One who gives no sign at all, so that the words alone are judged."""
        return self._build(
            text,
            self.write("[first]"),
            "",
            seconds=30 + len(text),
            honeypot="",
            agent=_BROWSERS[0],
            from_address=0,
            on_page=0,
            same_text=0,
        )

    def build_person(self, text: str) -> Message:
        """Somebody who is paid to write by hand: as a reader in everything but the text."""
        return self.build_reader(text)

    def _name_spammer(self) -> str:
        plain = self.write("[first] [last]")
        bought = self.write("{cheap|best|buy} {shoes|loans|seo|casino} {online|[town]|services}")
        stuck = self.write("[first]{Tot|rer|SoamsPem|Wew}")
        return str(
            self._pick({plain: 70, bought: 12, stuck: 14, self.write("www.[brandword].com"): 4})
        )

    def _pick(self, weighted: dict[Any, int]) -> Any:
        return self._random.choices(list(weighted), list(weighted.values()))[0]

    def _build(
        self, text: str, name: str, email: str, *, seconds: float | None, honeypot: str,
        agent: str, from_address: int, on_page: int, same_text: int,
    ) -> Message:  # fmt: skip
        opened_at = None if seconds is None else SENT_AT - timedelta(seconds=seconds)
        return Message(
            name=name,
            email=email,
            text=text,
            honeypot=honeypot,
            sent_at=SENT_AT,
            form_opened_at=opened_at,
            address="192.0.2.1",
            user_agent=agent,
            referrer="https://site.example/conditions/ms/",
            page_url="https://site.example/conditions/ms/",
            page_title=self._random.choice(_PAGES),
            page_changed_at=SENT_AT - timedelta(days=30),
            is_reply=False,
            recent=Recent(from_address=from_address, on_page=on_page, same_text=same_text),
            # The checks have to do without the moderator's own list.
            blocked_words=(),
        )


# How much of the spam is sent in which way.
_SENDERS: Final[dict[Any, int]] = {"blind program": 30, "careful program": 45, "person": 25}
_HABITS: Final = {
    "reader": Corpus.build_reader,
    "blind program": Corpus.build_blind_program,
    "careful program": Corpus.build_careful_program,
    "person": Corpus.build_person,
}


def read_families(part: str) -> list[Family]:
    """The families of a part: "development" or "held_back"."""
    return [
        Family(entry["family"], is_spam, entry["texts"])
        for is_spam, kind in ((False, "readers"), (True, "spam"))
        for entry in _read_yaml(f"{kind}_{part}")
    ]


def _read_yaml(name: str) -> Any:
    return yaml.safe_load((TEXTS / f"{name}.yaml").read_text("utf-8"))
