"""The search knows what everybody may read, and nothing else, from one moment to the next."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.search.indexing import rebuild_index
from cms.search.recorded import SearchCount
from tests.factories.conditions import BodySystemFactory, build_index
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.restrictions import make_private
from tests.factories.search import build_condition, find_ids

pytestmark = pytest.mark.django_db

# Each is a word of the page alone, or nearly one.
QUERIES: Final = (
    "zorbitis",
    "quaxel",
    "vimmelling",
    "plonkering",
    "zorbitus",
    "plonkerin",
    "massage for zorbitiss?",
    "vimeling and fatigue",
)
BEGINNINGS: Final = ("z", "zorb", "quax", "zorbittis", "quaxell")
OWN_WORDS: Final = ("zorb", "quax", "vimm", "plonk", "wobbl")


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def secret(index: ConditionIndexPage) -> ConditionPage:
    """The page whose words are looked for, beside one that is always public."""
    build_condition(
        index.get_parent(),
        "Gout",
        symptoms=["Fatigue"],
        text="Not the other one.",
        systems=[BodySystemFactory(name="Joints", slug="joints")],
    )
    return build_condition(
        index,
        "Zorbitis",
        also={"Quaxel": "synonym", "Quaxxle": "misspelling"},
        symptoms=["Vimmelling", "Fatigue"],
        text="Plonkering, which is unlike gout.",
        systems=[BodySystemFactory(name="Wobblers", slug="wobblers")],
    )


def ask(path: str, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = Client().get(f"/api/v2/{path}", {"q": query}).json()
    return answer


def find_words_of_index(words: tuple[str, ...]) -> set[str]:
    """The tables of the index that hold one of the words, or a beginning of one."""
    tables = set(apps.get_app_config("search").get_models()) - {SearchCount}
    return {
        table.__name__
        for table in tables
        for row in table._default_manager.values()
        if any(word in str(_show_bytes(row)).lower() for word in words)
    }


def _show_bytes(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bytes(value).decode() if isinstance(value, bytes | memoryview) else value
        for name, value in row.items()
    }


def assert_unknown(page: Page) -> None:
    """Nothing tells that the page is there."""
    for query in QUERIES:
        answer = ask("search/", query)
        told = {key: answer[key] for key in ("corrected_query", "nearest")}
        assert told == {"corrected_query": None, "nearest": []}, query
        assert page.pk not in {result["id"] for result in answer["results"]}, query
    for beginning in BEGINNINGS:
        assert ask("search/suggest/", beginning)["suggestions"] == [], beginning
    shared = ask("search/", "gout fatigue")
    assert page.pk not in {result["id"] for result in shared["results"]}
    assert shared["total"] == len(shared["results"])
    assert "wobblers" not in str(shared["facets"])
    assert find_words_of_index(OWN_WORDS) == set()


def assert_found(page: Page) -> None:
    for query in QUERIES:
        assert ask("search/", query)["results"][0]["id"] == page.pk, query
    for beginning in BEGINNINGS:
        assert ask("search/suggest/", beginning)["suggestions"][0]["id"] == page.pk, beginning
    assert "wobblers" in str(ask("search/", "gout fatigue")["facets"])


def load(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def publish(page: Page) -> None:
    load(page).save_revision().publish()


def move_below(page: Page, parent: Page) -> None:
    load(page).move(load(parent), "last-child")


def _hide_by_privacy(page: Page) -> Callable[[], object]:
    return make_private(page).delete


def _hide_by_privacy_above(page: Page) -> Callable[[], object]:
    restriction = make_private(page.get_parent())
    return PageViewRestriction.objects.filter(pk=restriction.pk).delete


def _hide_by_unpublishing(page: Page) -> Callable[[], object]:
    load(page).unpublish()
    return lambda: publish(page)


def _hide_by_expiry(page: Page) -> Callable[[], object]:
    load(page).unpublish(set_expired=True)
    return lambda: publish(page)


def _hide_by_moving(page: Page) -> Callable[[], object]:
    parent = page.get_parent()
    section = StandardPageFactory(parent=parent.get_parent(), title="Section")
    make_private(section)
    move_below(page, section)
    return lambda: move_below(page, parent)


def _hide_by_moving_the_section(page: Page) -> Callable[[], object]:
    parent = page.get_parent()
    home = parent.get_parent()
    section = StandardPageFactory(parent=home, title="Section")
    make_private(section)
    move_below(parent, section)
    return lambda: move_below(parent, home)


def _hide_by_another_root(page: Page) -> Callable[[], object]:
    site = Site.objects.get(is_default_site=True)
    old_root, site.root_page = site.root_page, HomePageFactory()
    site.save()

    def restore() -> None:
        site.root_page = old_root
        site.save()

    return restore


def _hide_by_another_default_site(page: Page) -> Callable[[], object]:
    Site.objects.filter(is_default_site=True).update(is_default_site=False)
    other = Site.objects.create(
        hostname="other.example", root_page=HomePageFactory(), is_default_site=True
    )

    def restore() -> None:
        Site.objects.filter(hostname="localhost").update(is_default_site=True)
        other.delete()

    return restore


def _hide_for_good(page: Page) -> Callable[[], object]:
    load(page).delete()
    return lambda: None


def _hide_for_good_with_its_section(page: Page) -> Callable[[], object]:
    load(page.get_parent()).delete()
    return lambda: None


@pytest.mark.parametrize(
    "hide",
    [
        _hide_by_privacy,
        _hide_by_privacy_above,
        _hide_by_unpublishing,
        _hide_by_expiry,
        _hide_by_moving,
        _hide_by_moving_the_section,
        _hide_by_another_root,
        _hide_by_another_default_site,
        _hide_for_good,
        _hide_for_good_with_its_section,
    ],
)
def test_page__that_is_hidden__is_unknown_at_once__and_found_when_it_is_back(
    secret: ConditionPage, hide: Callable[[Page], Callable[[], object]]
) -> None:
    assert_found(secret)

    show = hide(secret)
    assert_unknown(secret)

    show()
    if Page.objects.filter(pk=secret.pk).exists():
        assert_found(secret)


def test_page__that_was_never_published__is_unknown(index: ConditionIndexPage) -> None:
    page = build_condition(index, "Zorbitis", symptoms=["Vimmelling"], live=False)
    page.save_revision()

    assert_unknown(page)


def test_draft_of_a_live_page__is_unknown_until_it_is_published(
    index: ConditionIndexPage,
) -> None:
    page = build_condition(index, "Oldname", text="Oldword.", also={"Oldalias": "synonym"})
    draft = load(page)
    draft.condition_name = draft.title = "Zorbitis"
    draft.also_known_as.set([AlsoKnownAs(term="Quaxel")])
    draft.summary = "Plonkering is what people with it notice first."
    draft.save_revision()

    assert_unknown(page)
    for query in ("oldname", "oldword", "oldalias"):
        assert find_ids(query) == [page.pk]

    draft.latest_revision.publish()

    for query in ("zorbitis", "quaxel", "plonkering"):
        assert find_ids(query) == [page.pk]
    assert find_ids("oldname") == find_ids("oldalias") == []
    assert find_words_of_index(("oldname", "oldalias")) == set()


def test_copy__of_a_live_page__is_found_by_all_that_was_copied(secret: ConditionPage) -> None:
    copied = load(secret).copy(update_attrs={"slug": "copied", "title": "Copied"}, keep_live=True)

    assert set(find_ids("quaxel")) == {secret.pk, copied.pk}
    assert set(find_ids("quaxel", body_system="wobblers")) == {secret.pk, copied.pk}


def test_page__hidden_past_wagtail__is_in_no_results_nor_suggestions(
    secret: ConditionPage,
) -> None:
    Page.objects.filter(pk=secret.pk).update(live=False)

    for query in QUERIES:
        assert secret.pk not in find_ids(query)
    for beginning in BEGINNINGS:
        assert ask("search/suggest/", beginning)["suggestions"] == []

    rebuild_index()

    assert_unknown(secret)


def test_words__that_a_public_page_shares__are_still_corrected_to(secret: ConditionPage) -> None:
    make_private(secret)

    assert ask("search/", "fatigu")["results"][0]["name"] == "Gout"
    assert ask("search/", "fattigue")["corrected_query"] == "fatigue"


def test_form_of_a_word__that_a_private_page_alone_has__is_not_corrected_to(
    index: ConditionIndexPage,
) -> None:
    build_condition(index, "Gout", text="Unlike a neuropathy.")
    secret = build_condition(index, "Zorbitis", text="Several neuropathies.")

    assert ask("search/", "nueropathies")["corrected_query"] == "neuropathies"

    make_private(secret)

    assert ask("search/", "nueropathies")["corrected_query"] is None
