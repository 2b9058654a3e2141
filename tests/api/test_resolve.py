"""`resolve/`: what a reader finds at any path."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.contrib.redirects.models import Redirect

from cms.conditions.models import ConditionIndexPage, ConditionPage
from tests.factories.conditions import (
    ConditionPageFactory,
    build_block,
    build_guidance,
    build_index,
)
from tests.factories.images import SiteImageFactory
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

PATH = "/conditions/multiple-sclerosis/"
PATHS = ["paths"]
NOT_FOUND = {"type": "not_found", "tags": PATHS}


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    condition: ConditionPage = ConditionPageFactory(
        parent=index,
        title="Massage for Multiple Sclerosis",
        slug="multiple-sclerosis",
        hero_image=SiteImageFactory(),
    )
    return condition


def resolve(client: Client, path: str) -> Any:
    response = client.get("/api/v2/resolve/", {"path": path})
    assert response.status_code == 200, response.content
    return response.json()


def build_redirect(path: str, permanent: bool = True) -> dict[str, Any]:
    return {"type": "redirect", "location": path, "permanent": permanent, "tags": PATHS}


def test_resolve__live_page__answers_all_that_its_page_needs(
    client: Client, condition: ConditionPage
) -> None:
    answer = resolve(client, PATH)

    assert answer["type"] == "page"
    assert answer["page"] == client.get(f"/api/v2/pages/{condition.pk}/").json()
    assert answer["breadcrumbs"] == [
        {"title": "Home", "path": "/"},
        {"title": "Conditions", "path": "/conditions/"},
    ]
    assert answer["seo"] == {
        "title": "Massage for Multiple Sclerosis",
        "description": condition.summary,
        "canonical_url": f"http://localhost:3000{PATH}",
        "image": answer["page"]["hero_image"],
        "noindex": False,
    }


def test_resolve__home_and_index__are_pages_of_their_own(
    client: Client, condition: ConditionPage
) -> None:
    assert resolve(client, "/")["page"]["title"] == "Home"
    assert resolve(client, "/")["breadcrumbs"] == []
    assert resolve(client, "/conditions/")["page"]["title"] == "Conditions"


def test_resolve__editors_seo_texts__go_before_title_and_summary(
    client: Client, index: ConditionIndexPage
) -> None:
    ConditionPageFactory(
        parent=index, slug="gout", seo_title="Gout at night", search_description="In the big toe."
    )

    seo = resolve(client, "/conditions/gout/")["seo"]

    assert (seo["title"], seo["description"]) == ("Gout at night", "In the big toe.")


def test_resolve__related_conditions__are_cards_in_order_without_repeats_or_drafts(
    client: Client, index: ConditionIndexPage
) -> None:
    first, second = ConditionPageFactory(parent=index), ConditionPageFactory(parent=index)
    draft = ConditionPageFactory(parent=index, live=False)
    items = [{"page": other.pk, "reason": "r"} for other in (second, draft, first, second)]
    related = build_block("related_conditions", heading="Related", items=items)
    ConditionPageFactory(parent=index, slug="gout", body=[build_guidance(), related])

    answer = resolve(client, "/conditions/gout/")

    assert [card["id"] for card in answer["related"]] == [second.pk, first.pk]
    assert f"page:{draft.pk}" in answer["tags"]


def test_resolve__tags__name_all_that_was_read(client: Client, condition: ConditionPage) -> None:
    home = condition.get_parent().get_parent()

    assert set(resolve(client, PATH)["tags"]) >= {
        f"page:{home.pk}",
        f"page:{condition.get_parent().pk}",
        f"page:{condition.pk}",
        f"image:{condition.hero_image_id}",
        f"person:{condition.author_id}",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/conditions/multiple-sclerosis",
        "conditions/multiple-sclerosis/",
        "//conditions//multiple-sclerosis//",
        "/Conditions/Multiple-Sclerosis/",
        "/conditions/%6Dultiple-sclerosis/",
        "/conditions%2Fmultiple-sclerosis/",
        "/conditions/./multiple-sclerosis/",
        "/conditions/gout/../multiple-sclerosis/",
        "/../../conditions/multiple-sclerosis/",
        "/conditions/x/%2e%2e/multiple-sclerosis/",
    ],
)
def test_resolve__page_spelled_otherwise__redirects_to_its_own_path(
    client: Client, condition: ConditionPage, path: str
) -> None:
    assert resolve(client, path) == build_redirect(PATH)


def test_resolve__query__is_no_part_of_a_path_and_survives_a_redirect(
    client: Client, condition: ConditionPage
) -> None:
    assert resolve(client, f"{PATH}?utm_source=x")["type"] == "page"
    assert resolve(client, f"{PATH[:-1]}?a=1&b=%20") == build_redirect(f"{PATH}?a=1&b=%20")


@pytest.mark.parametrize("slug", ["ménière", "Morbus-Crohn"])
def test_resolve__slug_with_accents_or_capitals__is_a_page_in_each_encoding(
    client: Client, index: ConditionIndexPage, slug: str
) -> None:
    condition = ConditionPageFactory(parent=index, slug=slug)
    encoded = resolve(client, f"/CONDITIONS/{slug.lower()}")["location"]

    assert encoded.isascii()
    assert resolve(client, encoded)["page"]["id"] == condition.pk
    assert resolve(client, f"/conditions/{slug}/")["page"]["id"] == condition.pk


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/conditions/multiple-sclerosis/more/",
        "/conditions/multiple-sclerosis%00/",
        "/conditions/multiple-sclerosis\0/",
        "/\n/",
        "/%FF/",
        "/%/%zz/",
        "/" + "a" * 5000,
        "/" + "../" * 1600,
        "/conditions/multiple_sclerosis/",
        "/conditions/%/",
        "/front-0/",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/😀/",
        "/[",
        "/;a=b",
    ],
)
def test_resolve__path_that_nothing_has__is_not_found(
    client: Client, condition: ConditionPage, path: str
) -> None:
    assert resolve(client, path) == NOT_FOUND


def test_resolve__draft_and_private_pages__are_not_found(
    client: Client, index: ConditionIndexPage
) -> None:
    ConditionPageFactory(parent=index, slug="draft", live=False)
    make_private(ConditionPageFactory(parent=index, slug="private"))

    assert resolve(client, "/conditions/draft/") == NOT_FOUND
    assert resolve(client, "/conditions/private/") == NOT_FOUND


def test_resolve__without_a_path__is_a_bad_request(client: Client) -> None:
    response = client.get("/api/v2/resolve/")

    assert response.status_code == 400
    assert response.json()["code"] == "missing_parameter"


class TestRedirects:
    @pytest.fixture(autouse=True)
    def tree(self, condition: ConditionPage) -> None:
        """The page is there in every test."""

    def test_redirect__to_a_page__gives_its_path(
        self, client: Client, condition: ConditionPage
    ) -> None:
        Redirect.add_redirect("/ms", condition, is_permanent=False)

        for path in ("/ms", "/ms/", "/MS/", "//ms"):
            assert resolve(client, path) == build_redirect(PATH, permanent=False)

    def test_redirect__to_a_page_that_readers_may_not_see__is_none(
        self, client: Client, condition: ConditionPage
    ) -> None:
        Redirect.add_redirect("/ms", condition)
        make_private(condition)

        assert resolve(client, "/ms/") == NOT_FOUND

    def test_redirect__to_an_address__gives_it(self, client: Client) -> None:
        Redirect.add_redirect("/shop", "https://shop.example/x?y=1")

        assert resolve(client, "/shop/") == build_redirect("https://shop.example/x?y=1")

    @pytest.mark.parametrize(
        "link", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "", "data:text/html,x"]
    )
    def test_redirect__to_an_unsafe_address__is_none(self, client: Client, link: str) -> None:
        Redirect.objects.create(old_path="/bad", redirect_link=link)

        assert resolve(client, "/bad/") == NOT_FOUND

    @pytest.mark.parametrize("link", ["/loop/", "/loop", "http://localhost:3000/loop/"])
    def test_redirect__to_itself__is_none(self, client: Client, link: str) -> None:
        Redirect.objects.create(old_path="/loop", redirect_link=link)

        assert resolve(client, "/loop/") == NOT_FOUND

    def test_redirect__where_a_page_is__gives_way_to_it(self, client: Client) -> None:
        Redirect.add_redirect(PATH, "/elsewhere/")

        assert resolve(client, PATH)["type"] == "page"

    def test_redirect__with_a_query__goes_before_one_without(self, client: Client) -> None:
        Redirect.add_redirect("/old", "/without/")
        Redirect.add_redirect("/old?p=2&a=1", "/with/")

        assert resolve(client, "/old?a=1&p=2") == build_redirect("/with/")
        assert resolve(client, "/old?a=1") == build_redirect("/without/")

    @pytest.mark.parametrize("path", ["/old page.html", "/old%20page.html"])
    def test_redirect__from_a_path_with_a_space__is_found(self, client: Client, path: str) -> None:
        Redirect.add_redirect("/old page.html", "/new/")

        assert resolve(client, path) == build_redirect("/new/")

    def test_redirect__after_a_new_slug__is_there_by_itself(
        self, client: Client, condition: ConditionPage, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            condition.slug = "ms"
            condition.save_revision().publish()

        assert resolve(client, PATH) == build_redirect("/conditions/ms/")

    def test_redirect__after_a_move__is_there_for_everything_below(
        self, client: Client, condition: ConditionPage, index: ConditionIndexPage
    ) -> None:
        section = StandardPageFactory(parent=index.get_parent(), slug="library")
        index.move(section, "last-child")

        assert resolve(client, PATH) == build_redirect("/library/conditions/multiple-sclerosis/")


class ResolveAnything(TestCase):
    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(st.text(alphabet=st.sampled_from("aA/.%2eF0?#;\\ \0\né߷😀:@[]&=+~'\""), max_size=60))
    def test_resolve__any_text__has_an_answer(self, path: str) -> None:
        answer = resolve(self.client, path)

        assert answer["type"] in {"page", "redirect", "gone", "not_found"}


@pytest.mark.parametrize(
    ("link", "location"),
    [
        ("/ok path/ü", "/ok%20path/%C3%BC"),
        ("/ok%20path/?q=ü b#ä", "/ok%20path/?q=%C3%BC%20b#%C3%A4"),
        ("/100%/", "/100%25/"),
        ("https://example.org/ü?a=1&b=%20", "https://example.org/%C3%BC?a=1&b=%20"),
    ],
)
def test_resolve__redirect_with_characters_of_all_kinds__is_percent_encoded(
    client: Client, index: ConditionIndexPage, link: str, location: str
) -> None:
    Redirect.add_redirect("/old/", link)

    assert resolve(client, "/old/") == build_redirect(location)


@pytest.mark.parametrize("steps", [1, 2, 3, 12])
def test_resolve__redirects_in_a_circle__are_not_found(
    client: Client, index: ConditionIndexPage, caplog: pytest.LogCaptureFixture, steps: int
) -> None:
    for step in range(steps):
        Redirect.add_redirect(f"/step-{step}/", f"/step-{(step + 1) % steps}/")

    answers = [resolve(client, f"/step-{step}/") for step in range(steps)]

    assert answers == [NOT_FOUND] * steps
    assert steps == 1 or "lead in a circle" in caplog.text


def test_resolve__redirects_that_follow_each_other_to_an_end__are_answered(
    client: Client, condition: ConditionPage, settings: Any
) -> None:
    Redirect.add_redirect("/first/", f"{settings.SITE_URL}/second/")
    Redirect.add_redirect("/second/", PATH)
    Redirect.add_redirect("/away/", "https://example.org/away/")

    assert resolve(client, "/first/")["location"] == f"{settings.SITE_URL}/second/"
    assert resolve(client, "/second/") == build_redirect(PATH)
    assert resolve(client, "/away/") == build_redirect("https://example.org/away/")
