"""A query that is a name of a page has that page first, whatever else is in the index."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Page

from cms.search.choices import NameKind
from cms.search.documents import Name
from cms.search.indexing import remove_pages
from tests.factories.pages import StandardPageFactory, build_site
from tests.factories.search import find_ids, write_document

# Each word with other ways to write it. Words that carry no meaning in a question are among them.
WORDS: Final = {
    "sclerosis": ("Sclerosis",),
    "multiple": ("MULTIPLE",),
    "headache": ("headaches", "Headache"),
    "neuropathy": ("neuropathies",),
    "tremor": ("Tremors",),
    "Ménière's": (
        "Meniere's",
        "menieres",
        "MÉNIÈRE\u2019S",
        unicodedata.normalize("NFD", "Ménière\u2019s"),
    ),
    "Crohn's": ("crohn", "Crohns", "CROHN`S"),
    "tumour": ("tumor", "tumours", "TUMORS"),
    "anaemia": ("anemia", "anæmia", "ANAEMIA"),
    "oedema": ("edema", "œdema"),
    "ALS": ("als", "A.L.S."),
    "MS": ("ms", "M.S.", "m.s"),
    "type": ("Type",),
    "II": ("ii", "2", "Ⅱ"),
    "a": ("A", "á"),
    "of": ("Of",),
    "the": ("THE",),
    "help": ("Help",),
    "non": ("non",),
    "pain": ("pains", "Pain"),
    "b12": ("B12",),
    "東京": ("東京",),
    "אבג": ("אבג",),
}
QUESTIONS: Final = (
    "{}",
    "  {}!! ",
    "“{}”",
    "Massage for {}",
    "massage for {}?",
    "Is it safe with {}?",
    "is massage safe with {}",
    "Can I get a deep tissue massage if I have {}?",
)
# Whoever leaves out the spaces leaves the words as they are.
GAPS: Final = ("", " ", "  ", "-", " \u2013 ", "\t", "/")

LITTLE_WORDS: Final = {"a", "of", "the"}

NameWords = tuple[str, ...]
names = (
    st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=4)
    .filter(lambda words: not LITTLE_WORDS.issuperset(words))
    .map(tuple)
)


@dataclass(frozen=True)
class Content:
    """What is indexed of one page: names, symptoms and a text that may be names of others."""

    names: list[NameWords]
    kind: NameKind
    symptoms: list[NameWords]
    text: list[NameWords]


def build_contents(pool: list[NameWords]) -> st.SearchStrategy[list[Content]]:
    """Four pages that share a few names."""
    some = st.sampled_from(pool)
    content = st.builds(
        Content,
        st.lists(some, min_size=1, max_size=3),
        st.sampled_from([kind for kind in NameKind if kind != NameKind.NAME]),
        st.lists(some, max_size=2),
        st.lists(some, max_size=3),
    )
    return st.lists(content, min_size=4, max_size=4)


@st.composite
def spellings(draw: Callable[..., Any], words: NameWords) -> str:
    """A way in which somebody may write a name."""
    gap = draw(st.sampled_from(GAPS))
    if not gap:
        return "".join(words)
    return gap.join(draw(st.sampled_from((word, *WORDS[word]))) for word in words)


def index(page: Page, content: Content) -> None:
    own, *others = map(" ".join, content.names)
    write_document(
        page,
        own,
        *(Name(other, content.kind) for other in others),
        symptoms=list(map(" ".join, content.symptoms)),
        text=". ".join(5 * list(map(" ".join, content.text))),
    )


class ExactNames(TestCase):
    pages: ClassVar[list[Page]]

    @classmethod
    def setUpTestData(cls) -> None:
        home = build_site()
        cls.pages = [StandardPageFactory(parent=home) for _ in range(4)]
        remove_pages([home.pk, *(page.pk for page in cls.pages)])

    @settings(
        max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(st.lists(names, min_size=2, max_size=5).flatmap(build_contents), st.data())
    def test_exact_name__in_any_spelling_and_question__is_first(
        self, contents: list[Content], data: st.DataObject
    ) -> None:
        for page, content in zip(self.pages, contents, strict=True):
            index(page, content)
        wanted = data.draw(st.sampled_from(contents[0].names))
        query = data.draw(st.sampled_from(QUESTIONS)).format(data.draw(spellings(wanted)))

        found = find_ids(query)

        # Pages that share the name are the first together.
        named = {
            page.pk
            for page, content in zip(self.pages, contents, strict=True)
            if "".join(wanted) in map("".join, content.names)
        }
        assert set(found[: len(named)]) == named, query
