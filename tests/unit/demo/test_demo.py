"""The demo is whole, honest about what it is, and loaded into an empty site only."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from pytest_django import Settings
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.branding.models import BrandingSettings
from cms.conditions.models import ConditionPage, Person
from cms.config.env import REPOSITORY_ROOT
from cms.core.publishing import publish_problems
from cms.demo.content import read_file, read_folder
from cms.demo.loader import is_site_empty, load_demo
from cms.demo.logins import DEMO_PASSWORD, create_logins
from cms.pages.models import HomePage

MS = "multiple-sclerosis"
CONDITIONS = {content["slug"]: content for content in read_folder("conditions")}


def find_blocks(slug: str, name: str) -> list[dict[str, Any]]:
    return [block["value"] for block in CONDITIONS[slug]["body"] if block["type"] == name]


def read_text(slug: str) -> str:
    """Everything that the page says, in one string."""

    def iterate(node: Any) -> Any:
        if isinstance(node, dict):
            for child in node.values():
                yield from iterate(child)
        elif isinstance(node, list):
            for child in node:
                yield from iterate(child)
        elif isinstance(node, str):
            yield node

    return re.sub(r"\s+", " ", " ".join(iterate(CONDITIONS[slug]))).lower()


@pytest.mark.django_db
def test_load__an_empty_site__gets_everything_live(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {
        name: {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
        for name in ("default", "background")
    }
    assert is_site_empty()
    assert load_demo() == len(CONDITIONS)
    assert not is_site_empty()
    pages = ConditionPage.objects.all()
    assert {page.slug for page in pages} == set(CONDITIONS)
    for page in pages:
        assert page.live, page
        assert page.is_demo, page
        assert publish_problems(page) == []
    assert HomePage.objects.get().live
    branding = BrandingSettings.objects.get()
    assert (branding.name, branding.practitioner_name) == ("Massage Aha!", "Aaron Harris")
    assert branding.badge_label == "Transgender Ally Flag"
    assert get_image_model().objects.count() >= 1
    assert all("demo" in str(person).lower() for person in Person.objects.all())


@pytest.mark.django_db
def test_load__makes_logins_for_each_part_of_publishing_and_says_them(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DEBUG = True
    output = StringIO()
    call_command("load_demo", stdout=output)

    users = {user.username: user for user in get_user_model().objects.all()}
    assert set(users) == {"admin", "editor", "moderator"}
    assert DEMO_PASSWORD in output.getvalue()
    for username, user in users.items():
        assert username in output.getvalue()
        assert user.check_password(DEMO_PASSWORD)
        assert user.email == f"{username}@example.com"
    for username in ("editor", "moderator"):
        assert users[username].get_full_name().count(" ") == 1
        assert not users[username].is_superuser
    may_publish = {
        username
        for username, user in users.items()
        if policy_registry.get_by_type(Page).user_has_permission(user, "publish")
    }
    assert may_publish == {"admin", "moderator"}


@pytest.mark.django_db
def test_logins__of_somebody_of_that_name__stay_as_they_are() -> None:
    get_user_model().objects.create_superuser("boss", password="their own")
    get_user_model().objects.create_user("editor", password="their own")
    create_logins()

    users = {user.username: user for user in get_user_model().objects.all()}
    assert set(users) == {"boss", "editor", "moderator"}
    assert users["editor"].check_password("their own")
    assert not users["editor"].groups.exists()


@pytest.mark.django_db
def test_load__a_site_with_content__is_left_alone(settings: Settings) -> None:
    settings.DEBUG = True
    HomePage.add_root(title="Mine", slug="mine", live=False)
    call_command("load_demo")
    assert not ConditionPage.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_load__outside_of_development__is_refused(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="development only"):
        call_command("load_demo")
    assert is_site_empty()


def test_demo__has_at_least_twelve_conditions() -> None:
    assert len(CONDITIONS) >= 12
    named = {MS, "parkinsons-disease", "amyotrophic-lateral-sclerosis", "fibromyalgia"}
    assert named <= set(CONDITIONS)


@pytest.mark.parametrize("slug", sorted(CONDITIONS))
def test_demo_condition__has_what_every_guide_needs(slug: str) -> None:
    for name in ("overview", "symptoms", "diagnosis", "related_conditions", "red_flags"):
        assert find_blocks(slug, name), name
    [guidance] = find_blocks(slug, "massage_guidance")
    assert len(guidance["phases"]) >= 2
    assert CONDITIONS[slug]["also_known_as"]
    for block in find_blocks(slug, "sources"):
        assert block["items"]


@pytest.mark.parametrize("slug", sorted(CONDITIONS))
def test_demo_condition__each_source__is_kept_with_its_passage(slug: str) -> None:
    kept = (REPOSITORY_ROOT / f"docs/sources/{slug}.md").read_text(encoding="utf-8")
    for block in find_blocks(slug, "sources"):
        for source in block["items"]:
            assert source["url"] in kept, source["url"]


@pytest.mark.parametrize("slug", sorted(CONDITIONS))
def test_demo_condition__never_says_that_massage_treats_it(slug: str) -> None:
    # A question may ask it; its answer is "No".
    claim = r"[^.?!]*massage (?:can |may |will )?(?:cures?|treats?|heals?)\b[^.?!]*[.!]"
    assert re.findall(claim, read_text(slug)) == []


def test_demo_multiple_sclerosis__covers_what_it_has_to() -> None:
    text = read_text(MS)
    for words in (
        "myelin", "nerve", "remission", "inflam", "relapsing-remitting", "secondary progressive",
        "primary progressive", "clinically isolated syndrome", "energy work", "spasm",
        "warm room", "greater kansas city",
    ):  # fmt: skip
        assert words in text, words
    [symptoms] = find_blocks(MS, "symptoms")
    assert len(symptoms["items"]) >= 10
    related = {
        item["page"]: item["reason"]
        for block in find_blocks(MS, "related_conditions")
        for item in block["items"]
    }
    for slug in ("parkinsons-disease", "amyotrophic-lateral-sclerosis", "fibromyalgia"):
        assert related[slug]
    places = {place for block in find_blocks(MS, "experience") for place in block["places"]}
    assert {"home", "hospital", "hospice"} <= places


def test_demo_multiple_sclerosis__guidance__is_the_careful_one() -> None:
    [guidance] = find_blocks(MS, "massage_guidance")
    phases = {phase["phase"]: phase for phase in guidance["phases"]}
    assert phases["acute"]["advice"] == "avoid"
    for name in ("subacute", "remission"):
        assert phases[name]["speed"] == "slow"
        assert phases[name]["max_pressure"] <= 2
    assert {phase["heat"] for phase in guidance["phases"]} == {"avoid"}


def test_demo__people__are_plainly_made_up() -> None:
    for person in read_file("people.yaml"):
        assert "demo" in person["name"].lower()
