"""Condition pages that may be published, their index, people and body systems."""

import datetime
import uuid
from typing import Any

import factory
import wagtail_factories

from cms.conditions.models import BodySystem, ConditionIndexPage, ConditionPage, Person
from tests.factories.pages import SUMMARY, build_site


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody with credentials."""

    class Meta:
        model = Person

    name = factory.Sequence("Dana Demo {}".format)
    credentials = "BCTMB"
    role = "Massage therapist"


class BodySystemFactory(factory.django.DjangoModelFactory[BodySystem]):
    """A system of the body."""

    class Meta:
        model = BodySystem

    name = factory.Sequence("Nervous system {}".format)
    slug = factory.Sequence("nervous-system-{}".format)


class ConditionIndexPageFactory(wagtail_factories.PageFactory):
    """The A to Z. Give a `parent`, or use `build_index()`."""

    class Meta:
        model = ConditionIndexPage

    title = "Conditions"
    slug = "conditions"
    summary = SUMMARY


def build_index() -> ConditionIndexPage:
    """The A to Z below the front page of the default site."""
    index: ConditionIndexPage = ConditionIndexPageFactory(parent=build_site())
    return index


def build_block(name: str, **value: Any) -> dict[str, Any]:
    """A stored block, as it stands in `raw_data`."""
    return {"type": name, "id": str(uuid.uuid4()), "value": value}


def build_phase(**fields: Any) -> dict[str, Any]:
    """A row of massage guidance that contradicts nothing."""
    return {"phase": "any", "label": "At any time", "advice": "ask_first", **fields}


def build_guidance(*phases: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A stored massage guidance block that may be published."""
    complete = {
        "heading": "Is massage safe?",
        "summary": "Ask before you book.",
        "phases": list(phases) or [build_phase()],
        "areas": [],
        "pain_tolerance": "Stay within what is comfortable.",
        "see_doctor_first": "if_unsure",
    }
    return build_block("massage_guidance", **{**complete, **fields})


class ConditionPageFactory(wagtail_factories.PageFactory):
    """A page with everything that publishing asks for. Give the index as its `parent`."""

    class Meta:
        model = ConditionPage

    condition_name = factory.Sequence("Condition {}".format)
    title = factory.LazyAttribute(lambda page: f"Massage for {page.condition_name}")
    summary = SUMMARY
    author = factory.SubFactory(PersonFactory)
    reviewed_by = factory.SubFactory(PersonFactory)
    last_reviewed = datetime.date(2026, 1, 31)
    review_due = datetime.date(2027, 1, 31)
    body = factory.LazyFunction(lambda: [build_guidance()])
