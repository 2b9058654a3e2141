"""More to explore: what is chosen by the content, what an editor wishes, and what it costs."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.conditions.choices import ExploreWish
from cms.conditions.models import BodySystem, ConditionIndexPage, ConditionPage, ExploreChoice
from cms.previews.models import SnapshotKind
from cms.search import traits
from cms.search.explore import fetch_more_to_explore
from cms.search.models import IndexedPage, PageSymptom, Symptom
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionPageFactory,
    build_block,
    build_guidance,
    build_index,
    build_phase,
)
from tests.factories.drafts import build_api_url, build_snapshot
from tests.factories.editor_forms import build_editor_data
from tests.factories.images import SiteImageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def build_symptoms(*texts: str) -> dict[str, Any]:
    items = [{"text": text, "note": ""} for text in texts]
    return build_block("symptoms", heading="Symptoms", items=items, diagnosis_note="Ask.")


def build_condition(
    index: ConditionIndexPage,
    *symptoms: str,
    systems: Sequence[BodySystem] = (),
    **fields: Any,
) -> ConditionPage:
    """A live page with these symptoms and body systems."""
    body = [build_guidance(build_phase(**fields.pop("phase", {}))), build_symptoms(*symptoms)]
    page: ConditionPage = ConditionPageFactory(parent=index, body=body, **fields)
    page.body_systems.set(systems)
    page.save()
    return page


def choose(page: ConditionPage, wish: ExploreWish, *others: Page) -> None:
    for other in others:
        page.explore_choices.add(ExploreChoice(page=other, wish=wish))


def resolve(client: Client, page: ConditionPage) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/api/v2/resolve/", {"path": page.public_path}).json()
    return answer


def list_reasons(page: ConditionPage, related: Sequence[Any] = ()) -> dict[int, str]:
    cards = fetch_more_to_explore(page, related).cards
    return {card["page"]["id"]: card["reason"]["text"] for card in cards}


def list_ids(page: ConditionPage) -> list[int]:
    return list(list_reasons(page))


# Chosen by the content


def test_symptoms__a_rare_one__counts_more_than_a_common_one(index: ConditionIndexPage) -> None:
    page = build_condition(index, "Fatigue", "Tremor")
    tired = [build_condition(index, "Fatigue") for _ in range(3)]
    shaky = build_condition(index, "Tremor")

    assert list(list_reasons(page).items()) == [
        (shaky.pk, "Both: tremor"),
        *((other.pk, "Both: fatigue") for other in tired),
    ]


def test_symptoms__in_another_form_and_with_lay_words__are_the_same(
    index: ConditionIndexPage,
) -> None:
    page = build_condition(index, "Tremor (shaky hands)", "ECG changes")
    other = build_condition(index, "Tremors", "ECG changes [heart]")

    assert list_reasons(page) == {other.pk: "Both: ECG changes, tremor"}


def test_reason__of_many_symptoms__names_the_rarest(index: ConditionIndexPage) -> None:
    symptoms = ["Fatigue", "Cough", "Fever", "Rash", "Tremor"]
    page = build_condition(index, *symptoms)
    other = build_condition(index, *symptoms)
    build_condition(index, "Fatigue", "Fever")

    assert list_reasons(page)[other.pk] == "Both: cough, rash, tremor, and 2 more"


def test_reason__without_shared_symptoms__is_the_body_system_or_else_a_caution(
    index: ConditionIndexPage,
) -> None:
    nerves, skin = (BodySystemFactory(name=name) for name in ("Nervous system", "Skin"))
    warm = {"phase": {"heat": "avoid"}}
    page = build_condition(index, "Tremor", systems=[nerves, skin], **warm)
    both = build_condition(index, "Rash", systems=[nerves, skin])
    one = build_condition(index, "Cough", systems=[nerves], **warm)
    caution = build_condition(index, "Fever", **warm)
    build_condition(index, "Fatigue")

    assert list_reasons(page) == {
        both.pk: "Same body systems: skin, nervous system",
        one.pk: "Same body system: nervous system",
        caution.pk: "Shares a caution: heat",
    }


def test_reasons__are_the_same_on_both_pages(index: ConditionIndexPage) -> None:
    nerves = BodySystemFactory(name="Nervous system")
    pages = [
        build_condition(index, "Tremor (shaking)", "Fatigue", systems=[nerves]),
        build_condition(index, "Tiredness (fatigue)", "Tremors", systems=[nerves]),
        build_condition(index, "fatigue", systems=[nerves], phase={"heat": "avoid"}),
        build_condition(index, "Cough", systems=[nerves], phase={"heat": "avoid"}),
    ]
    reasons = {page.pk: list_reasons(page) for page in pages}

    assert all(len(others) == 3 for others in reasons.values())
    for page_id, others in reasons.items():
        for other_id, text in others.items():
            assert reasons[other_id][page_id] == text


def test_cards__are_at_most_six_others_with_something_in_common(index: ConditionIndexPage) -> None:
    page = build_condition(index, "Tremor")
    build_condition(index, "Fever")
    alike = {build_condition(index, "Tremor").pk for _ in range(9)}

    found = list_ids(page)

    assert len(found) == 6
    assert set(found) <= alike


def test_page__that_is_no_condition__has_none(client: Client, index: ConditionIndexPage) -> None:
    build_condition(index, "Tremor")

    answer = client.get("/api/v2/resolve/", {"path": index.public_path}).json()

    assert answer["more_to_explore"] == []


def test_related_conditions__are_not_shown_again(client: Client, index: ConditionIndexPage) -> None:
    related, other = build_condition(index, "Tremor"), build_condition(index, "Tremor")
    page = build_condition(index, "Tremor")
    items = [{"page": related.pk, "reason": "shares tremor"}]
    see_also = build_block("related_conditions", heading="See also", items=items)
    page.body = [build_guidance(), build_symptoms("Tremor"), see_also]
    page.save()

    answer = resolve(client, page)

    assert [card["id"] for card in answer["related"]] == [related.pk]
    assert [card["page"]["id"] for card in answer["more_to_explore"]] == [other.pk]


def test_pages__that_readers_may_not_see__are_left_out(
    client: Client, index: ConditionIndexPage
) -> None:
    page = build_condition(index, "Tremor")
    shown, unpublished, private, unindexed = (build_condition(index, "Tremor") for _ in range(4))
    draft = build_condition(index, "Tremor", live=False)
    choose(page, ExploreWish.PIN, draft, private)
    page.save()
    unpublished.unpublish()
    make_private(private)
    # As if the index had missed it.
    Page.objects.filter(pk=unindexed.pk).update(live=False)

    answer = resolve(client, page)

    assert [card["page"]["id"] for card in answer["more_to_explore"]] == [shown.pk]
    # They are looked for all the same: once public, they belong here.
    assert {f"page:{other.pk}" for other in (shown, draft, private, unindexed)} <= set(
        answer["tags"]
    )
    assert "listing:explore" in answer["tags"]


def test_answer__names_the_pictures_of_its_cards(client: Client, index: ConditionIndexPage) -> None:
    page = build_condition(index, "Tremor")
    other = build_condition(index, "Tremor", hero_image=SiteImageFactory())

    answer = resolve(client, page)

    assert answer["more_to_explore"][0]["page"]["image"]["id"] == other.hero_image_id
    assert f"image:{other.hero_image_id}" in answer["tags"]


# What an editor wishes


def test_pinned_pages__come_first_in_order_and_without_a_reason(
    client: Client, index: ConditionIndexPage
) -> None:
    page = build_condition(index, "Tremor")
    alike = build_condition(index, "Tremor")
    first, second = build_condition(index, "Fever"), build_condition(index, "Cough")
    choose(page, ExploreWish.PIN, first, second, page, second)
    page.save()

    cards = resolve(client, page)["more_to_explore"]

    assert [card["page"]["id"] for card in cards] == [first.pk, second.pk, alike.pk]
    assert cards[0]["reason"] == {"kind": "pinned", "text": ""}
    assert cards[2]["reason"] == {"kind": "symptoms", "text": "Both: tremor"}


def test_pages__left_out_here__are_shown_elsewhere(index: ConditionIndexPage) -> None:
    page, other, third = (build_condition(index, "Tremor") for _ in range(3))
    choose(page, ExploreWish.LEAVE_OUT, other)
    page.save()

    assert list_ids(page) == [third.pk]
    assert set(list_ids(third)) == {page.pk, other.pk}


def test_pinned_pages__that_are_deleted__drop_out_of_page_and_draft(
    index: ConditionIndexPage,
) -> None:
    page, other = build_condition(index, "Tremor"), build_condition(index, "Fever")
    choose(page, ExploreWish.PIN, other)
    page.save_revision(clean=False).publish()
    snapshot = build_snapshot(page)
    other.delete()

    page = ConditionPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()

    assert list_ids(page) == list_ids(draft) == []
    assert list(draft.explore_choices.all()) == []
    assert Client().get(build_api_url(snapshot)).json()["more_to_explore"] == []


def test_preview__shows_the_wishes_and_the_content_of_the_draft(
    client: Client, index: ConditionIndexPage
) -> None:
    page = build_condition(index, "Tremor")
    tremor, cough, fever = (build_condition(index, name) for name in ("Tremor", "Cough", "Fever"))
    page.body = [build_guidance(), build_symptoms("Cough")]
    choose(page, ExploreWish.PIN, fever)
    page.save_revision(clean=False)

    draft = client.get(build_api_url(build_snapshot(page))).json()

    assert [card["page"]["id"] for card in draft["more_to_explore"]] == [fever.pk, cough.pk]
    assert "More to explore" in [change["what"] for change in draft["draft"]["changes"]]
    live = resolve(client, page)["more_to_explore"]
    assert [card["page"]["id"] for card in live] == [tremor.pk]


def test_preview__of_a_page_never_saved__finds_what_it_has_in_common(
    client: Client, index: ConditionIndexPage
) -> None:
    other = build_condition(index, "Tremor")
    draft = ConditionPage(title="New", slug="new")
    draft.body = draft.body.stream_block.to_python([build_symptoms("Tremor")])
    writer = User.objects.create_superuser("writer")
    snapshot = build_snapshot(
        draft, kind=SnapshotKind.EDITOR, created_by=writer, parent_object_id=str(index.pk)
    )

    answer = client.get(build_api_url(snapshot)).json()

    assert [card["page"]["id"] for card in answer["more_to_explore"]] == [other.pk]


def test_editor__saves_wishes_and_a_row_without_a_page_waits(
    index: ConditionIndexPage, admin_client: Client
) -> None:
    page, other = build_condition(index, "Tremor"), build_condition(index, "Fever")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = build_editor_data(page)
    for place, page_id in enumerate([other.pk, ""]):
        row = {"id": "", "page": page_id, "wish": "pin", "ORDER": place + 1, "DELETE": ""}
        data |= {f"explore_choices-{place}-{name}": value for name, value in row.items()}
    data["explore_choices-TOTAL_FORMS"] = "2"

    assert admin_client.post(address, data).status_code == 302
    draft = ConditionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [row.page_id for row in draft.explore_choices.all()] == [other.pk, None]
    refused = admin_client.post(address, {**data, "action-publish": "1"})
    assert refused.status_code == 200
    complete = {**data, "explore_choices-1-DELETE": "1", "action-publish": "1"}
    assert admin_client.post(address, complete).status_code == 302
    assert list_ids(ConditionPage.objects.get(pk=page.pk)) == [other.pk]


# What it costs


def test_queries__do_not_grow_with_the_pages(client: Client, index: ConditionIndexPage) -> None:
    systems = [BodySystemFactory()]
    page = build_condition(index, "Tremor", "Fatigue", systems=systems)
    counts = []
    for _ in range(2):
        for _ in range(7):
            picture = SiteImageFactory()
            build_condition(index, "Tremor", "Fatigue", systems=systems, hero_image=picture)
        client.get("/api/v2/resolve/", {"path": page.public_path})
        with CaptureQueriesContext(connection) as queries:
            answer = resolve(client, page)
        assert len(answer["more_to_explore"]) == 6
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST_QUERIES


def test_work__for_a_symptom_of_very_many_pages__is_bounded(
    index: ConditionIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = build_condition(index, "Fatigue", "Tremor")
    rare = build_condition(index, "Tremor")
    add_indexed_pages(page, "Fatigue", 600)
    read: list[int] = []

    def count_rows(sql: str, *parameters: Any) -> Any:
        rows = fetch_rows(sql, *parameters)
        read.append(len(rows))
        return rows

    fetch_rows = traits.fetch_rows
    monkeypatch.setattr(traits, "fetch_rows", count_rows)
    found = list_reasons(page)

    assert next(iter(found)) == rare.pk
    assert list(found.values()) == ["Both: tremor"] + ["Both: fatigue"] * 5
    assert len(read) == 3
    assert sum(read) <= 300


def add_indexed_pages(like: ConditionPage, symptom: str, count: int) -> None:
    """Pages like one, which are in the index with nothing but a symptom."""
    known = IndexedPage.objects.get(pk=like.pk)
    row = Symptom.objects.get(text=symptom)
    names = [field.attname for field in Page._meta.concrete_fields]
    last = Page.objects.order_by("-path").values_list("path", flat=True)[0]
    fields = {name: getattr(like, name) for name in names} | {"id": None}
    pages = Page.objects.bulk_create(
        Page(**fields | {"path": f"{last}_{number:03}", "translation_key": uuid4()})
        for number in range(count)
    )
    for page in pages:
        ConditionPage(**{name: getattr(page, name) for name in names}, page_ptr=page).save_base(
            raw=True, force_insert=True
        )
    IndexedPage.objects.bulk_create(
        IndexedPage(page_id=page.pk, type=known.type, version=known.version) for page in pages
    )
    PageSymptom.objects.bulk_create(
        PageSymptom(page_id=page.pk, symptom=row, position=0) for page in pages
    )
