"""`pages/`: what a listing holds, and what it refuses."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.conditions.models import ConditionIndexPage
from tests.factories.conditions import ConditionPageFactory, PersonFactory, build_index
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

CONDITIONS = "conditions.ConditionPage"


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def fetch_titles(client: Client, **query: Any) -> list[str]:
    response = client.get("/api/v2/pages/", query)
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


def test_listing__drafts_and_private_pages__are_left_out(
    client: Client, index: ConditionIndexPage
) -> None:
    ConditionPageFactory(parent=index, title="Seen")
    ConditionPageFactory(parent=index, title="Draft", live=False)
    make_private(ConditionPageFactory(parent=index, title="Private"))
    section = StandardPageFactory(parent=index.get_parent(), title="Section")
    StandardPageFactory(parent=section, title="In a private section")
    make_private(section)

    assert fetch_titles(client) == ["Home", "Conditions", "Seen"]
    assert fetch_titles(client, type=CONDITIONS) == ["Seen"]


def test_listing__pages_outside_of_the_site__are_left_out(
    client: Client, index: ConditionIndexPage
) -> None:
    StandardPageFactory(parent=Page.get_first_root_node(), title="Elsewhere")

    titles = fetch_titles(client)

    assert "Elsewhere" not in titles
    assert "Root" not in titles


@pytest.mark.parametrize("letter", ["m", "M", "Ḿ"])
def test_letter__in_any_case_or_accent__finds_the_conditions(
    client: Client, index: ConditionIndexPage, letter: str
) -> None:
    for name in ("Multiple Sclerosis", "Fibromyalgia", "Ménière's Disease", "22q11 deletion"):
        ConditionPageFactory(parent=index, condition_name=name, title=name)

    titles = fetch_titles(client, type=CONDITIONS, letter=letter, order="condition_name")

    assert set(titles) == {"Multiple Sclerosis", "Ménière's Disease"}
    assert fetch_titles(client, type=CONDITIONS, letter="#") == ["22q11 deletion"]


@pytest.mark.parametrize("letter", ["", "mm", "1", "é!", " m"])
def test_letter__anything_but_one_letter__is_refused(
    client: Client, index: ConditionIndexPage, letter: str
) -> None:
    response = client.get("/api/v2/pages/", {"type": CONDITIONS, "letter": letter})

    assert response.status_code == 400
    assert response.json()["parameters"] == ["letter"]


def test_letter__without_a_type_that_has_letters__says_what_to_add(
    client: Client, index: ConditionIndexPage
) -> None:
    response = client.get("/api/v2/pages/", {"letter": "m"})

    assert response.status_code == 400
    assert "type" in response.json()["detail"]


def test_fields__everything__gives_each_item_its_own_form(
    client: Client, index: ConditionIndexPage
) -> None:
    page = ConditionPageFactory(parent=index)
    query = {"type": CONDITIONS, "fields": "*"}

    (item,) = client.get("/api/v2/pages/", query).json()["items"]
    detail = client.get(f"/api/v2/pages/{page.pk}/").json()

    del detail["meta"]["parent"]
    assert item == detail


def test_order__by_name__is_kept_and_reversed(client: Client, index: ConditionIndexPage) -> None:
    for name in ("B", "A", "C"):
        ConditionPageFactory(parent=index, condition_name=name, title=name)

    assert fetch_titles(client, type=CONDITIONS, order="condition_name") == ["A", "B", "C"]
    assert fetch_titles(client, type=CONDITIONS, order="-condition_name") == ["C", "B", "A"]


def test_filter__by_a_person__finds_the_pages(client: Client, index: ConditionIndexPage) -> None:
    person = PersonFactory()
    ConditionPageFactory(parent=index, author=person, title="Theirs")
    ConditionPageFactory(parent=index, title="Another's")

    assert fetch_titles(client, type=CONDITIONS, author=person.pk) == ["Theirs"]


@pytest.mark.parametrize("name", ["path", "alias_of", "body", "also_known_as", "live", "owner"])
def test_filter__by_what_is_not_for_readers__is_an_unknown_parameter(
    client: Client, index: ConditionIndexPage, name: str
) -> None:
    response = client.get("/api/v2/pages/", {"type": CONDITIONS, name: "1"})

    assert response.status_code == 400
    assert response.json()["code"] == "unknown_parameter"


@pytest.mark.parametrize("name", ["child_of", "descendant_of", "ancestor_of"])
def test_tree_filter__of_a_private_page__answers_as_if_it_did_not_exist(
    client: Client, index: ConditionIndexPage, name: str
) -> None:
    private = StandardPageFactory(parent=index.get_parent())
    make_private(private)

    known = client.get("/api/v2/pages/", {name: private.pk})
    unknown = client.get("/api/v2/pages/", {name: 987654})

    assert known.status_code == 400
    assert known.content == unknown.content


def test_child_of__root__means_the_home_page_whatever_the_host(
    client: Client, index: ConditionIndexPage
) -> None:
    response = client.get("/api/v2/pages/", {"child_of": "root"}, headers={"host": "127.0.0.1"})

    assert [item["title"] for item in response.json()["items"]] == ["Conditions"]


def test_alias__of_a_private_page__does_not_name_it(
    client: Client, index: ConditionIndexPage
) -> None:
    home = index.get_parent()
    original = StandardPageFactory(parent=home, title="Secret")
    alias = original.create_alias(parent=home, update_slug="alias")

    public = client.get(f"/api/v2/pages/{alias.pk}/").json()
    make_private(original)
    private = client.get(f"/api/v2/pages/{alias.pk}/").json()

    assert public["meta"]["alias_of"]["title"] == "Secret"
    assert private["meta"]["alias_of"] is None


class TestSearch:
    @pytest.fixture(autouse=True)
    def conditions(self, index: ConditionIndexPage) -> None:
        for name in ("Multiple Sclerosis", "Parkinson's Disease", "Fibromyalgia"):
            ConditionPageFactory(parent=index, condition_name=name, title=f"Massage for {name}")

    def test_search__words__finds_the_page(self, client: Client) -> None:
        assert fetch_titles(client, search="sclerosis") == ["Massage for Multiple Sclerosis"]

    @pytest.mark.parametrize("text", ['"multiple sclerosis', "sclerosis:*", "(sclerosis)"])
    def test_search__syntax_of_a_search_backend__counts_as_a_space(
        self, client: Client, text: str
    ) -> None:
        assert fetch_titles(client, search=text) == ["Massage for Multiple Sclerosis"]

    def test_search__apostrophe__finds_the_page(self, client: Client) -> None:
        assert fetch_titles(client, search="parkinson's") == ["Massage for Parkinson's Disease"]

    @pytest.mark.parametrize("text", ["", "   ", '"', "''", "* : &|!", "😀", "%%%", "_"])
    def test_search__without_a_word__finds_nothing(self, client: Client, text: str) -> None:
        assert fetch_titles(client, search=text) == []

    def test_search__either_word__finds_both(self, client: Client) -> None:
        titles = fetch_titles(client, search="sclerosis fibromyalgia", search_operator="or")

        assert set(titles) == {"Massage for Multiple Sclerosis", "Massage for Fibromyalgia"}

    def test_search__with_filters_and_order__keeps_to_both(self, client: Client) -> None:
        query = {"type": CONDITIONS, "search": "massage", "order": "-condition_name"}

        assert fetch_titles(client, **query)[0] == "Massage for Parkinson's Disease"
        assert fetch_titles(client, **query, letter="f") == ["Massage for Fibromyalgia"]

    def test_search__private_and_draft_pages__are_not_found(
        self, client: Client, index: ConditionIndexPage
    ) -> None:
        make_private(ConditionPageFactory(parent=index, title="Hidden zebra"))
        ConditionPageFactory(parent=index, title="Draft zebra", live=False)

        assert fetch_titles(client, search="zebra") == []

    def test_search__thousands_of_words__is_cut_and_answered(self, client: Client) -> None:
        assert client.get("/api/v2/pages/", {"search": "a " * 5000}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=",
        "limit=1.5",
        "limit=%D9%A3",
        "offset=99999999999999999999",
        "offset=9" + "9" * 5000,
        "type=nonsense",
        "type=auth.User",
        "type=conditions.ConditionPage,auth.User",
        "type=a.b.c",
        "type=%00",
        "order=body",
        "order=--title",
        "order=-",
        "order=path",
        "order=random&offset=1",
        "type=conditions.ConditionPage&order=body_systems",
        "type=conditions.ConditionPage&body_systems=x",
        "type=conditions.ConditionPage&author=x",
        "type=conditions.ConditionPage&author=99999999999999999999999",
        "type=conditions.ConditionPage&last_reviewed=yesterday",
        "type=conditions.ConditionPage&is_demo=perhaps",
        "first_published_at=yesterday",
        "first_published_at=0001-01-01T00:00:00%2B23:00",
        "id=x",
        "child_of=x",
        "child_of=-5",
        "ancestor_of=root",
        "child_of=1&descendant_of=1",
        "fields=nonsense",
        "fields=title(",
        "fields=" + "a(" * 240,
        "fields=" + "a" * 5000,
        "fields=parent",
        "fields=*,title",
        "search_operator=not",
        "search=%00",
        "slug=%00",
        "title=a&title=b",
        "fields=title&fields=slug",
        "find=1",
        "format=json",
        "locale=en",
        "site=localhost",
    ],
)
def test_listing__parameter_that_cannot_be_read__is_refused_as_a_problem(
    client: Client, index: ConditionIndexPage, query: str
) -> None:
    response = client.get(f"/api/v2/pages/?{query}")

    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 400


def test_listing__far_offset__is_empty(client: Client, index: ConditionIndexPage) -> None:
    response = client.get("/api/v2/pages/", {"offset": 2**31 - 1})

    assert response.json()["items"] == []
    assert response.json()["meta"]["total_count"] == 2
