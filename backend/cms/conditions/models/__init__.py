"""Condition pages, their index, and the snippets that they refer to."""

from cms.conditions.models.condition_index_page import ConditionIndexPage
from cms.conditions.models.condition_page import AlsoKnownAs, ConditionPage
from cms.conditions.models.explore_choice import ExploreChoice
from cms.conditions.models.snippets import BodySystem, Person

__all__ = [
    "AlsoKnownAs",
    "BodySystem",
    "ConditionIndexPage",
    "ConditionPage",
    "ExploreChoice",
    "Person",
]
