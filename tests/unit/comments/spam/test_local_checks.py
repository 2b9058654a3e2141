"""What each of our own spam checks notices, and what it leaves alone."""

# Look-alike letters are what some of these are about.
# ruff: noqa: RUF001

import time
from typing import Any

import pytest

from cms.comments.spam.local import (
    blocked_words,
    contacts,
    disguised_words,
    duplicates,
    foreign_script,
    form_time,
    honeypot,
    link_hosts,
    link_markup,
    links,
    name_shape,
    off_topic,
    page_rate,
    selling_words,
    sender_program,
    sender_rate,
    stock_phrases,
    text_shape,
)
from cms.comments.spam.local.addresses import find_links
from cms.comments.spam.local.provider import CHECKS, SPAM_FROM, Check
from cms.comments.spam.local.words import fold
from tests.factories.spam import build_message

LINK = "https://shop.example/x"

# The check, what is noticed, and a piece of the line that the moderator reads.
NOTICED: list[tuple[Check, dict[str, Any], str]] = [
    (honeypot.check, {"honeypot": "https://x.example"}, "only programs see"),
    (honeypot.check, {"honeypot": "anna"}, "some browsers"),
    (form_time.check, {"seconds": 1}, "Sent 1 second after the form was opened"),
    (form_time.check, {"seconds": 2.9}, "Sent 2 seconds after"),
    (form_time.check, {"seconds": 3 * 86_400}, "Sent 3 days after"),
    (form_time.check, {"seconds": None}, "not come from the form"),
    (form_time.check, {"seconds": -60}, "future"),
    (form_time.check, {"text": "x" * 400, "seconds": 5}, "400 characters within 5 seconds"),
    (sender_program.check, {"user_agent": "python-requests/2.33"}, "by a program"),
    (sender_program.check, {"user_agent": ""}, "which web browser"),
    (sender_rate.check, {"from_address": 3}, "3 other responses came from the same address"),
    (page_rate.check, {"on_page": 10}, "10 other responses came to this page"),
    (duplicates.check, {"text": "a longer text " * 5, "same_text": 1}, "sent once before"),
    (duplicates.check, {"text": "a longer text " * 5, "same_text": 9}, "sent 9 times before"),
    (links.check, {"text": f"My neck says {LINK} to you all"}, "Has 1 link"),
    (links.check, {"text": "for a sore neck a.example b.example c.example d.example"}, "Has 4"),
    (links.check, {"text": LINK}, "nothing but 1 link"),
    (links.check, {"text": f"look {LINK}/with/a/long/path"}, "little more than 1 link"),
    (link_hosts.check, {"text": "https://bit.ly/3x"}, "shortened address"),
    (link_hosts.check, {"text": "https://best-casino.example"}, "sells something"),
    (link_hosts.check, {"text": "https://news.xyz"}, "odd name"),
    (link_hosts.check, {"text": "http://192.0.2.9/a"}, "odd name"),
    (link_hosts.check, {"text": "https://a.example/?ref=77"}, "earns money"),
    (link_hosts.check, {"text": "https://a.example/order"}, "is sold"),
    (link_markup.check, {"text": "[url=https://a.example]a[/url]"}, "forum code"),
    (link_markup.check, {"text": "go to cheapshoes [dot] com"}, "overlook"),
    (link_markup.check, {"text": "[a](https://a.example)"}, "Markdown"),
    (contacts.check, {"text": "WhatsApp +234 803 555 0188"}, "messenger"),
    (contacts.check, {"text": "write to sue@example.org"}, "e-mail address"),
    (contacts.check, {"text": "drobi at gmail dot com"}, "overlook"),
    (contacts.check, {"text": "dial +1 (202) 555-0119"}, "telephone number"),
    (name_shape.check, {"name": "www.shoes.example"}, "web address"),
    (name_shape.check, {"name": "Cheap Loans Online"}, "advertisement"),
    (name_shape.check, {"name": "RobertTot"}, "at random"),
    (name_shape.check, {"name": "Marketing"}, "“marketing”"),
    (stock_phrases.check, {"text": "Play online casino with free spins"}, "“online casino"),
    (stock_phrases.check, {"text": "I earn $500 per week"}, "“earn $ # per”"),
    (stock_phrases.check, {"text": "Ñо cas1no bonus for casino bonus"}, "“casino bonus”"),
    (selling_words.check, {"text": f"Best price, order today {LINK}"}, "“best”"),
    (selling_words.check, {"text": f"娱乐城 赌场 {LINK}"}, "“赌场”"),
    (disguised_words.check, {"text": "the best c\u0430sino"}, "Mixes alphabets"),
    (disguised_words.check, {"text": "𝐂𝐚𝐬𝐢𝐧𝐨 𝐛𝐨𝐧𝐮𝐬"}, "ornamental"),
    (disguised_words.check, {"text": "c\u200basino and b\u200bonus"}, "unseen"),
    (foreign_script.check, {"text": f"Лучшие цены на окна и двери {LINK}"}, "and has a link"),
    (foreign_script.check, {"text": "Массаж помогает при болях в спине"}, "another alphabet"),
    (off_topic.check, {"text": f"Windows for your house: {LINK}"}, "nothing about health"),
    (text_shape.check, {"text": "xqzrtvkp wqrtzpkl"}, "no words"),
    (text_shape.check, {"text": "dGhRkLmQwZ"}, "no words"),
    (text_shape.check, {"text": ", ".join(["cheap hotel", "best hotel"] * 5)}, "search engines"),
    (text_shape.check, {"text": "WHY DOES NOBODY EVER LISTEN TO WHAT PATIENTS SAY"}, "capitals"),
    (text_shape.check, {"text": "wow! " * 10}, "exclamation"),
    (text_shape.check, {"text": "🎁" * 9}, "9 pictures"),
]  # fmt: skip

LEFT_ALONE: list[tuple[Check, dict[str, Any]]] = [
    (honeypot.check, {"honeypot": " "}),
    (form_time.check, {"seconds": 3}),
    (form_time.check, {"seconds": 86_400}),
    (sender_program.check, {}),
    (sender_rate.check, {"from_address": 2}),
    (page_rate.check, {"on_page": 9}),
    # Two readers say the same by chance.
    (duplicates.check, {"text": "Thank you so much!", "same_text": 5}),
    (duplicates.check, {"text": "a longer text " * 5, "same_text": 0}),
    (links.check, {"text": "https://pubmed.ncbi.nlm.nih.gov/31045871/ and www.nhs.uk/conditions"}),
    (links.check, {"text": "as https://site.example/about/ says"}),
    (links.check, {"text": "it hurts.In the morning.It is worse"}),
    (link_hosts.check, {"text": "https://www.drmiller.example/about"}),
    (link_markup.check, {"text": "[sigh] my knee (left) hurts [again]"}),
    (contacts.check, {"text": "we have a WhatsApp group, and @Tom knows"}),
    (contacts.check, {"text": "look at gmail, the message is there"}),
    (name_shape.check, {"name": "Ronald McDonald"}),
    (name_shape.check, {"name": "Ольга"}),
    (name_shape.check, {"name": "mum of three in Leeds"}),
    (stock_phrases.check, {"text": "I deal cards in a casino at night, and take Viagra"}),
    (stock_phrases.check, {"text": "I had to take a loan and lost weight on opioids and CBD"}),
    (selling_words.check, {"text": "The price of an order is best today, said the company"}),
    (selling_words.check, {"text": f"My neck, see {LINK}"}),
    (disguised_words.check, {"text": "TNF\u03b1, 5 \u00b5g of \u03b2-blocker, COVID\u043e\u043c"}),
    (disguised_words.check, {"text": "Спасибо, thank you, Müller"}),
    (foreign_script.check, {"text": f"Vielen Dank für die schöne Seite {LINK}"}),
    (off_topic.check, {"text": f"My physiotherapist explains it here: {LINK}"}),
    (off_topic.check, {"text": "Nothing about it, and no way out of here either"}),
    (off_topic.check, {"text": f"Sclerosis in my family: {LINK}"}),
    (text_shape.check, {"text": "soo mch pain cnt type goodd sory pffffft hmmmmm"}),
    (text_shape.check, {"text": "OUCH!!! 😭😭😭"}),
    (text_shape.check, {"text": "k"}),
]  # fmt: skip


@pytest.mark.parametrize(("check", "changes", "says"), NOTICED)
def test_check__what_it_is_for__is_a_reason_in_words(
    check: Check, changes: dict[str, Any], says: str
) -> None:
    reason = check(build_message(**changes))
    assert reason is not None
    assert says in reason.text
    assert "\n" not in reason.text
    assert len(reason.text) < 250


@pytest.mark.parametrize(("check", "changes"), LEFT_ALONE)
def test_check__what_readers_do__is_no_reason(check: Check, changes: dict[str, Any]) -> None:
    assert check(build_message(**changes)) is None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("casino", "No CASINO here"),
        ("café noir", "the Cafe  Noir, again"),
        ("spell caster", "a spell-caster came"),
        ("casino", "c\u0430s1no"),
        ("example.org", "see https://example.org/x"),
    ],
)
def test_blocked_words__however_it_is_written__is_found(phrase: str, text: str) -> None:
    reason = blocked_words.check(build_message(text, blocked_words=["loan shark", phrase]))
    assert reason is not None
    assert reason.text.endswith(f"“{phrase}”")
    assert reason.weight >= SPAM_FROM


@pytest.mark.parametrize("phrase", ["cas", "ass", "noir cafe", " ", "!"])
def test_blocked_words__part_of_a_word_or_no_word__is_not_found(phrase: str) -> None:
    message = build_message("A casino in the café noir passed!", blocked_words=[phrase])
    assert blocked_words.check(message) is None


def test_fold__disguises__are_taken_off() -> None:
    folded = fold("C\u0430sın\u200bo cas1no B12 $5,000 20% О’Ней it\u2019s")
    assert folded == ["casıno", "casino", "b12", "$", "#", "percent", "онеи", "its"]


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("https://www.A.example/x, and b.com.", ["a.example", "b.com"]),
        ("www.c.example", ["c.example"]),
        ("write to sue@example.com", []),
        ("http://a:b@[x/ is broken", [""]),
        ("t.me/casino", ["t.me"]),
        ("see you soon.xxx it hurts.in bed", []),
    ],
)
def test_find_links__text__has_these_hosts(text: str, hosts: list[str]) -> None:
    assert [link.host for link in find_links(text)] == hosts


@pytest.mark.parametrize(
    "unit",
    ["a", "a.", "a-", "[url=", "a@", "a.a@", "www.", "http://a.co ", "make $ 5 ", "+1 ", "(1", "🎁",
     "аa", "a\u200b", "a, ", "\n", "t.me/", "abc dot ", "abc at gmail ", "e\u0301", "best casino ",
     "&lt;a ", "](http", "t", " "],
)  # fmt: skip
def test_checks__any_ten_thousand_characters__take_no_time(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    message = build_message(text, name=text[:80], blocked_words=["loan shark"] * 200)
    started = time.perf_counter()
    for check in CHECKS:
        check(message)
    # Some 30 milliseconds; what grows with the square of the length takes far longer.
    assert time.perf_counter() - started < 2
