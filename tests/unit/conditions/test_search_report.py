"""What editors see of readers' searches, and how a search becomes a name of a page."""

import datetime
from html import unescape
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from cms.conditions.choices import TermKind
from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.conditions.search_report import describe_missed, find_named_pages, summarize_searches
from cms.conditions.search_report_names import (
    ADD_NAME_ACTION,
    NameRefusedError,
    Outcome,
    add_name,
)
from cms.conditions.search_report_views import disarm_formula
from cms.search.models import SearchCount
from cms.search.words import fold
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.logins import build_login
from tests.factories.pages import StandardPageFactory

pytestmark = pytest.mark.django_db

REPORT_URL = "/admin/searches/"
ADD_URL = "/admin/searches/add-name/"


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    """A page that readers see, with no newer draft."""
    page: ConditionPage = ConditionPageFactory(
        parent=index, live=False, condition_name="Parkinson's disease", title="Parkinson's"
    )
    page.save_revision(clean=False).publish()
    return fetch(page)


@pytest.fixture
def moderator(index: ConditionIndexPage, client: Client) -> AbstractUser:
    user = build_login("Moderators")
    client.force_login(user)
    return user


def fetch(page: ConditionPage) -> ConditionPage:
    stored: ConditionPage = ConditionPage.objects.get(pk=page.pk)
    return stored


def count_search(
    term: str,
    searches: int,
    nothing: int = 0,
    corrected: int = 0,
    days_ago: int = 0,
    lacking: int = 0,
) -> None:
    SearchCount.objects.create(
        day=timezone.localdate() - datetime.timedelta(days=days_ago),
        key=" ".join(fold(term)),
        text=term,
        searches=searches,
        found_nothing=nothing,
        lacked_words=lacking,
        corrected=corrected,
    )


def list_terms(days: int = 30) -> list[str]:
    return [row["term"] for row in summarize_searches(days)]


def get_names(page: ConditionPage) -> list[tuple[str, str]]:
    return list(page.also_known_as.values_list("term", "kind"))


def get_draft_names(page: ConditionPage) -> list[str]:
    draft = fetch(page).get_latest_revision_as_object()
    return [name.term for name in draft.also_known_as.all()]


def build_outsider() -> AbstractUser:
    """Somebody who may enter the admin, and edit a page that is no condition."""
    group = Group.objects.create(name="Elsewhere")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=StandardPageFactory(parent=ConditionIndexPage.objects.get().get_parent()),
        permission=Permission.objects.get(codename="change_page"),
    )
    user = build_login("Editors")
    user.groups.set([group])
    return user


# The queries


def test_searches__that_found_nothing__come_first__then_those_that_lacked_a_word() -> None:
    count_search("lupus rash", 3, lacking=3)
    count_search("measles", 4, corrected=4, lacking=4)
    # No guide had the word then, and one has it now.
    count_search("mumps rash", 8, lacking=8, days_ago=1)
    count_search("mumps rash", 1)
    count_search("gout", 9)
    count_search("sciatica", 20)
    count_search("shaky hands", 2, nothing=2)
    count_search("wobbly", 5, nothing=5)

    assert list_terms() == [
        "wobbly",
        "shaky hands",
        "measles",
        "lupus rash",
        "sciatica",
        "gout",
        "mumps rash",
    ]


def test_searches__of_several_days__are_added_up() -> None:
    count_search("gout", 1, days_ago=0)
    count_search("Gout", 2, corrected=1, days_ago=1)
    count_search("gout", 4, days_ago=60)

    [row] = summarize_searches(30)
    assert (row["total"], row["corrections"], row["nothing"]) == (3, 1, 0)
    assert row["last_day"] == timezone.localdate()
    assert [row["total"] for row in summarize_searches(90)] == [7]


@pytest.mark.parametrize(("days", "expected"), [(7, [6]), (30, [6, 29]), (90, [6, 29, 89])])
def test_searches__of_a_period__begin_with_its_first_day(days: int, expected: list[int]) -> None:
    for days_ago in (6, 7, 29, 30, 89, 90):
        count_search(f"term {days_ago}", 1, days_ago=days_ago)

    found = {int(term.removeprefix("term ")) for term in list_terms(days)}
    assert found >= set(expected)
    assert max(found) == expected[-1]


def test_a_search__that_finds_something_by_now__is_no_longer_missed() -> None:
    count_search("shaky hands", 9, nothing=9, days_ago=2)
    count_search("shaky hands", 1, days_ago=1)
    count_search("wobbly", 1, days_ago=2)
    count_search("wobbly", 1, nothing=1, days_ago=1)

    missed = {row["term"]: row["is_missed"] for row in summarize_searches(30)}
    assert missed == {"shaky hands": False, "wobbly": True}


def test_missed__are_named_on_the_first_screen__without_what_is_a_name_by_now(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    for number, term in enumerate(("a b", "c d", "e f", "g h", "i j")):
        count_search(term, 9 - number, nothing=9 - number)
    count_search("parkinsons disease", 9, nothing=9)
    count_search("old", 9, nothing=9, days_ago=7)

    assert describe_missed() == "“a b”, “c d”, “e f” and 2 more"
    assert "“a b”, “c d”, “e f” and 2 more" in client.get("/admin/").content.decode()


def test_first_screen__nothing_missed__says_nothing(
    moderator: AbstractUser, client: Client
) -> None:
    count_search("gout", 9)

    assert "What readers did not find" not in client.get("/admin/").content.decode()


def test_first_screen__of_who_edits_no_condition__says_nothing(
    index: ConditionIndexPage, client: Client
) -> None:
    count_search("shaky hands", 9, nothing=9)
    client.force_login(build_outsider())

    assert "shaky hands" not in client.get("/admin/").content.decode()


# The screens


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_report__is_shown_to_who_edits_conditions(
    group: str, index: ConditionIndexPage, client: Client
) -> None:
    count_search("shaky <b>hands</b>", 2, nothing=2)
    count_search("gowt", 3, corrected=3)
    count_search("lupus rash", 1, lacking=1)
    count_search("", 7)
    client.force_login(build_login(group))

    content = client.get(REPORT_URL).content.decode()
    assert "shaky &lt;b&gt;hands&lt;/b&gt;" in content
    assert "Pages for a corrected spelling" in content
    assert "Pages, but a word is in no guide" in content
    assert "7 more searches, not listed" in " ".join(content.split())
    assert f"{ADD_URL}?term=gowt&amp;kind=misspelling" in content
    assert "What readers searched for" in client.get("/admin/").content.decode()


def test_report__of_nobody__says_so(moderator: AbstractUser, client: Client) -> None:
    assert "Nobody has searched" in client.get(REPORT_URL).content.decode()


@pytest.mark.parametrize(("query", "shown"), [("", False), ("?days=90", True), ("?days=x", False)])
def test_report__by_period(
    query: str, shown: bool, moderator: AbstractUser, client: Client
) -> None:
    count_search("wobbly", 1, days_ago=60)

    for address in (REPORT_URL, f"{REPORT_URL}results/"):
        assert ("wobbly" in client.get(address + query).content.decode()) is shown


def test_report__searched_for_words__lists_those(moderator: AbstractUser, client: Client) -> None:
    count_search("wobbly", 1)
    count_search("gout", 1)

    content = client.get(f"{REPORT_URL}results/?q=wob").content.decode()
    assert "wobbly" in content
    assert "gout" not in content


def test_report__costs_the_same_for_one_search_and_for_forty(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{REPORT_URL}results/")
        return len(queries)

    count_search("parkinsons disease", 1)
    count_queries()
    few = count_queries()
    for number in range(40):
        count_search(f"term {number}", 1, nothing=1)

    assert count_queries() == few


def test_report__says_which_search_is_a_name_by_now(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    count_search("Parkinsons DISEASE", 1, nothing=1)

    assert find_named_pages(["parkinsons disease", "gout"]) == {"parkinsons disease": "Parkinson's"}
    content = unescape(client.get(REPORT_URL).content.decode())
    assert "Is a name of “Parkinson's” now" in content


@pytest.mark.parametrize("address", [REPORT_URL, f"{REPORT_URL}results/", ADD_URL])
def test_screens__of_who_edits_no_condition__are_refused(
    address: str, index: ConditionIndexPage, client: Client
) -> None:
    client.force_login(build_outsider())

    assert client.get(address).status_code == HTTPStatus.FOUND
    assert client.post(ADD_URL, {"term": "x"}).status_code == HTTPStatus.FOUND
    assert "What readers searched for" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("term", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1"])
def test_csv__carries_no_formula(term: str, moderator: AbstractUser, client: Client) -> None:
    count_search(f"{term} gout", 1, nothing=1)

    response = client.get(f"{REPORT_URL}?export=csv")
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert content.splitlines() == [
        "Search,Times,Found nothing,A word in no guide,Found after correcting the spelling,"
        "Last asked",
        f"'{term} gout,1,1,0,0,{timezone.localdate()}",
    ]
    assert disarm_formula("gout") == "gout"
    assert client.get(f"{REPORT_URL}?export=xlsx").status_code == HTTPStatus.OK


# Adding a name


def test_name__of_a_live_page__by_a_moderator__is_published_at_once(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    sent = {"term": "shaky hands", "kind": "lay_term", "page": condition.pk}
    response = client.post(ADD_URL, sent, follow=True)

    assert get_names(condition) == [("shaky hands", "lay_term")]
    assert not fetch(condition).has_unpublished_changes
    content = response.content.decode()
    assert "Readers find the page by it from now on" in content
    assert reverse("wagtailadmin_pages:edit", args=[condition.pk]) in content
    assert find_named_pages(["shaky hands"]) == {"shaky hands": "Parkinson's"}
    entry = PageLogEntry.objects.get(action=ADD_NAME_ACTION)
    assert entry.message == "Name added that readers searched for: “shaky hands”"
    assert PageLogEntry.objects.filter(page=condition, action="wagtail.publish").exists()


def test_name__by_an_editor__is_saved_as_a_draft(condition: ConditionPage, client: Client) -> None:
    client.force_login(build_login("Editors"))
    sent = {"term": "shaky hands", "kind": "lay_term", "page": condition.pk}
    content = client.post(ADD_URL, sent, follow=True).content.decode()

    assert get_names(condition) == []
    assert get_draft_names(condition) == ["shaky hands"]
    assert "once a moderator has published it" in content


def test_name__of_a_page_with_a_newer_draft__is_added_to_that_draft_alone(
    condition: ConditionPage, moderator: AbstractUser
) -> None:
    condition.summary = "What somebody is still writing, which readers must not see yet."
    condition.save_revision(clean=False)

    added = add_name(condition.pk, "shaky hands", TermKind.LAY_TERM, moderator)

    assert added.outcome == Outcome.HAS_NEWER_DRAFT
    assert get_names(condition) == []
    assert fetch(condition).summary != condition.summary
    assert get_draft_names(condition) == ["shaky hands"]
    assert fetch(condition).get_latest_revision_as_object().summary == condition.summary


def test_name__of_a_page_that_is_not_live__is_saved_as_a_draft(
    index: ConditionIndexPage, moderator: AbstractUser
) -> None:
    page = ConditionPageFactory(parent=index, live=False, summary="")

    added = add_name(page.pk, "shaky hands", TermKind.LAY_TERM, moderator)

    assert added.outcome == Outcome.NOT_LIVE
    assert not fetch(page).live
    assert get_draft_names(page) == ["shaky hands"]


def test_name__of_a_live_page_that_became_incomplete__is_not_published(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    ConditionPage.objects.filter(pk=condition.pk).update(reviewed_by=None)
    sent = {"term": "shaky hands", "kind": "lay_term", "page": condition.pk}
    content = client.post(ADD_URL, sent, follow=True).content.decode()

    assert get_names(condition) == []
    assert get_draft_names(condition) == ["shaky hands"]
    assert "because the page cannot be published" in content


@pytest.mark.parametrize("term", ["Shaky Hands", "shaky-hand", "PARKINSONS disease"])
def test_name__that_the_page_has__is_refused_kindly(
    term: str, condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    add_name(condition.pk, "shaky hands", TermKind.LAY_TERM, moderator)
    sent = {"term": term, "kind": "synonym", "page": condition.pk}
    content = unescape(client.post(ADD_URL, sent).content.decode())

    assert "“Parkinson's” has the name “" in content
    assert AlsoKnownAs.objects.count() == 1


def test_name__that_another_page_has__is_added_once_somebody_says_so(
    condition: ConditionPage, index: ConditionIndexPage, moderator: AbstractUser, client: Client
) -> None:
    other = ConditionPageFactory(
        parent=index, condition_name="Essential tremor", title="Massage for tremor"
    )
    other.also_known_as.add(AlsoKnownAs(term="Shaky-hands", kind="lay_term"))
    other.save()
    ask = unescape(client.get(f"{ADD_URL}?term=shaky hands").content.decode())
    sent = {"term": "shaky hands", "kind": "lay_term", "page": condition.pk}
    warned = unescape(client.post(ADD_URL, sent).content.decode())

    assert "Add it all the same" not in ask
    assert "“Massage for tremor” has this name already" in warned
    assert "Add it all the same" in warned
    assert get_names(condition) == []

    client.post(ADD_URL, {**sent, "is_shared": "on"})
    assert get_names(condition) == [("shaky hands", "lay_term")]


def test_name__that_the_page_itself_has__is_no_question_of_sharing(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    sent = {"term": "parkinsons disease", "kind": "lay_term", "page": condition.pk}

    assert "Add it all the same" not in client.post(ADD_URL, sent).content.decode()


def test_name__that_only_the_draft_has__says_what_to_do(
    condition: ConditionPage, moderator: AbstractUser
) -> None:
    add_name(condition.pk, "shaky hands", TermKind.LAY_TERM, build_login("Editors"))

    with pytest.raises(NameRefusedError, match="publish the page's newest draft"):
        add_name(condition.pk, "shaky hands", TermKind.LAY_TERM, moderator)


def test_name__of_signs_alone__is_refused(
    condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    sent = {"term": "?!", "kind": "synonym", "page": condition.pk}
    assert "A name needs letters or digits." in client.post(ADD_URL, sent).content.decode()
    with pytest.raises(NameRefusedError, match="needs letters or digits"):
        add_name(condition.pk, "?!", TermKind.LAY_TERM, moderator)


@pytest.mark.parametrize("state", ["locked", "in moderation", "scheduled"])
def test_name__of_a_page_that_is_not_free__is_refused(
    state: str, condition: ConditionPage, moderator: AbstractUser, client: Client
) -> None:
    if state == "locked":
        ConditionPage.objects.filter(pk=condition.pk).update(locked=True)
    elif state == "in moderation":
        condition.save_revision(clean=False)
        condition.get_workflow().start(condition, build_login("Editors"))
    else:
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        condition.save_revision(clean=False, approved_go_live_at=tomorrow)
    before = condition.revisions.count()

    sent = {"term": "shaky hands", "kind": "lay_term", "page": condition.pk}
    response = client.post(ADD_URL, sent)

    assert response.status_code == HTTPStatus.OK
    assert condition.revisions.count() == before
    assert get_draft_names(condition) == []


def test_name__of_a_page_that_one_may_not_edit__is_refused(
    condition: ConditionPage, index: ConditionIndexPage, client: Client
) -> None:
    own = ConditionPageFactory(parent=index)
    outsider = build_outsider()
    GroupPagePermission.objects.update_or_create(
        group=outsider.groups.get(), defaults={"page": own}
    )
    client.force_login(outsider)
    sent: dict[str, Any] = {"term": "shaky hands", "kind": "lay_term", "page": condition.pk}

    assert "You may not edit this page" in client.post(ADD_URL, sent).content.decode()
    with pytest.raises(PermissionDenied):
        add_name(condition.pk, "shaky hands", TermKind.LAY_TERM, outsider)
    assert get_draft_names(condition) == []


def test_form__opens_with_the_search(moderator: AbstractUser, client: Client) -> None:
    content = client.get(f"{ADD_URL}?term=gowt&kind=misspelling").content.decode()

    assert 'value="gowt"' in content
    assert '<option value="misspelling" selected>' in content


def test_form__incomplete__says_what_is_missing(moderator: AbstractUser, client: Client) -> None:
    content = client.post(ADD_URL, {"term": "gowt", "kind": "misspelling"}).content.decode()

    assert "Choose a condition." in content
